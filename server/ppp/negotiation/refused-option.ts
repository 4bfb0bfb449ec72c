import { type Option, option, reject } from "./option.ts";
import { opaque } from "./value-codec.ts";

/** An option that we know by name, never ask for and always reject. */
export function refused(code: number, name: string): Option<unknown> {
  return option({ code, name, value: opaque(), absent: undefined, judge: () => reject });
}
