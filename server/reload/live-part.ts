import type { Config } from "../config/config-types.ts";
import type { ConfigKey, OpenSectionName } from "../config/key-values.ts";

/** A part of the running server that can be given another configuration. */
export interface LivePart {
  /** For the log. */
  readonly name: string;
  /**
   * The keys that concern it: it is asked only where one of them differs. "any key": where anything does that
   * can change while pacd serves. "every reload": also where nothing differs, for what stands outside of the
   * configuration, such as a certificate in a file of its own.
   */
  readonly keys: readonly (ConfigKey | OpenSectionName)[] | "any key" | "every reload";
  /**
   * Throws or rejects with an AppError where it could not go over to `next`, as far as that can be seen
   * without a change to anything; a dry run asks no more than this.
   */
  check?(next: Config, now: Config): void | Promise<void>;
  /**
   * Goes over. Throws or rejects with an AppError where that is refused, with everything as it was before.
   */
  apply(next: Config, now: Config): Applied | Promise<Applied>;
}

/** What a part that has gone over can still do. */
export interface Applied {
  /** Sentences for whoever asked. */
  readonly notes?: readonly string[];
  /** Goes back, since another part was refused. */
  undo(): void | Promise<void>;
  /** All parts have gone over: what was kept in case of `undo` goes now. Must not throw. */
  finish?(): void | Promise<void>;
}
