import type { Stage } from "./stages.ts";

/**
 * Who can see a cause: the server (docs/verdicts.md), the client at the other end, which is `pacctl dial`
 * (docs/dial.md), and the reader of a capture where neither of them could say it (docs/decode.md).
 */
export type Side = "server" | "client" | "capture";

/** What is said of a cause. */
export interface Words {
  /** What happened, one sentence. */
  readonly cause: string;
  /** Error numbers that a Windows user sees; empty where Windows shows none. */
  readonly windowsErrors: readonly number[];
  /** What to do, one or two sentences. */
  readonly remedy: string;
}

/** A cause as one side sees it. */
export interface View {
  /**
   * The code under which this side shows the cause, where that is not the cause's own. Such codes are older
   * than this register; scripts know them, so they stay.
   */
  readonly code?: string;
  readonly cause: string;
  /** Where they are not those of the cause. */
  readonly windowsErrors?: readonly number[];
  readonly remedy: string;
  /**
   * What the reader of a capture is told instead where the server in it is not pacd, because the words above
   * speak of pacctl or of pacd's configuration.
   */
  readonly foreign?: { readonly cause?: string; readonly remedy: string };
}

/** Why a dial failed, how a session ended, or that it has not. One declaration each, for all sides. */
export interface Cause {
  /** Where a dial breaks off for it; absent: before the first stage, at any, or once the session was up. */
  readonly stage?: Stage;
  readonly windowsErrors: readonly number[];
  /**
   * Nothing is wrong with that: always, or where it ends a session that had come up, which has to end
   * somehow. Absent: a failure, and shown as one.
   */
  readonly orderly?: "always" | "once-up";
  readonly server?: View;
  readonly client?: View;
  readonly capture?: View;
}
