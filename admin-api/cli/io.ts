import type { DialHost } from "../../client/dial/dial-types.ts";

/** The world as pacctl sees it; tests hand in another one. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** All of standard input. */
  readonly stdin: () => Promise<string>;
  /** Text of a file; throws as `node:fs` does. */
  readonly readFile: (path: string) => Promise<string>;
  readonly now: () => Date;
  /** What `dial` makes its tunnel with. */
  readonly host: DialHost;
  /** Calls back at each Ctrl-C or SIGTERM, which then do not end the process. */
  readonly onInterrupt: (task: () => void) => void;
  /** Version of pacctl. */
  readonly version: string;
}
