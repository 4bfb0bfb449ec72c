import type { Trust } from "../server/platform/http-request.ts";
import type { Millis } from "../server/wire/units.ts";
import type { CaptureInput } from "./capture/input.ts";
import type { DialHost } from "./client/dial/dial-types.ts";

/** A file that is being written. */
export interface OutputFile {
  /** Throws as `node:fs` does. */
  write(octets: Uint8Array): void;
  close(): Promise<void>;
}

/** A folder that gets files. */
export interface OutputFolder {
  readonly path: string;
  /** A new file. Throws as `node:fs` does. */
  write(name: string, text: string): void;
}

/** A file with secrets that is being written. */
export interface PrivateFile {
  /** Throws as `node:fs` does; what it returns from is on the disk. */
  append(text: string): void;
  close(): void;
}

/** What was read of a file or of standard input. */
export interface Input {
  readonly octets: Uint8Array;
  /** May others than its owner read the file? */
  readonly open: boolean;
}

/** How far whoever reads standard output keeps up with it. */
export interface OutputPace {
  /** Nobody reads it any more, as behind `| head -1`. Of a pipe this is known before anything is written. */
  closed(): boolean;
  /** Undefined: more may be written. Otherwise settles once it may, or once nobody reads any more. */
  full(): Promise<void> | undefined;
}

/** The world as pacctl sees it; tests hand in another one. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As fetch; over TLS it believes `trust`, or the authorities that Node knows. */
  readonly fetch: (url: string, init: RequestInit, trust?: Trust) => Promise<Response>;
  /** Does somebody listen at the Unix socket of that path, and let this user in? */
  readonly canConnect: (path: string) => Promise<boolean>;
  readonly out: (text: string) => void;
  /** Of `out`, for commands that print more than memory holds. */
  readonly pace: OutputPace;
  readonly err: (text: string) => void;
  /** All of standard input. */
  readonly stdin: () => Promise<string>;
  /** Asks at the terminal, and shows nothing of what is typed; undefined where there is no terminal. */
  readonly askHidden?: (question: string) => Promise<string | undefined>;
  /** Asks at the terminal; undefined where there is none, and as an answer where it was left. */
  readonly askLine?: (question: string) => Promise<string | undefined>;
  /** A file that this user alone may read, its folder likewise; throws as `node:fs` does. */
  readonly writePrivate: (path: string, text: string) => Promise<void>;
  /** A new file that this user alone may read; throws as `node:fs` does, EEXIST where there is one. */
  readonly createPrivate: (path: string) => PrivateFile;
  /**
   * Octets of a file, or of standard input where the path is `-`. Throws as `node:fs` does, and AppError
   * usage where there are more than `limit`.
   */
  readonly readInput: (path: string, limit: number) => Promise<Input>;
  /** Text of a file; throws as `node:fs` does. */
  readonly readFile: (path: string) => Promise<string>;
  /**
   * Text of a file of a state directory, as `readFile`. A link there is refused: whom pacd runs as could
   * have root read another file, and send it as a token.
   */
  readonly readStateFile: (path: string) => Promise<string>;
  /** A capture file. Throws AppError `capture-unreadable`. */
  readonly openCapture: (path: string) => Promise<CaptureInput>;
  /** Standard input as a capture that comes bit by bit. */
  readonly stdinCapture: CaptureInput;
  /** An empty file, whatever was there before; throws as `node:fs` does. */
  readonly createFile: (path: string) => Promise<OutputFile>;
  /** An empty folder, made where it is missing. Throws as `node:fs` does, and where something is in it. */
  readonly createFolder: (path: string) => Promise<OutputFolder>;
  /** Characters of a line of the terminal, where standard output is one; whether errors go to one. */
  readonly screen: { readonly columns: number | undefined; readonly errIsTerminal: boolean };
  readonly now: () => Date;
  /** Waits. */
  readonly pause: (delay: Millis) => Promise<void>;
  /** What `dial` makes its tunnel with. */
  readonly host: DialHost;
  /** Calls back at each Ctrl-C or SIGTERM, which then do not end the process. */
  readonly onInterrupt: (task: () => void) => void;
  /** Version of pacctl. */
  readonly version: string;
}
