import { type Option, option, reject } from "./option.ts";
import { opaque, type ValueCodec } from "./value-codec.ts";

/** An option that we know by name, never ask for and always reject; `value`: how traces read it. */
export function refused<V>(code: number, name: string, value?: ValueCodec<V>): Option<unknown> {
  const shared = { code, name, absent: undefined, judge: () => reject };
  return value === undefined ? option({ ...shared, value: opaque() }) : option({ ...shared, value });
}
