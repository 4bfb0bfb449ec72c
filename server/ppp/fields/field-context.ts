import type { AuthMethod } from "../auth/credentials.ts";

/** What the fields of a frame cannot know from its octets. */
export interface FieldContext {
  /** May passwords and what stands for them be shown? Otherwise their lengths alone. */
  readonly secrets: boolean;
  /** What LCP agreed on; undefined: not known. CHAP looks the same in all its kinds. */
  readonly method: AuthMethod | undefined;
}
