import { crackers } from "./crackers.ts";
import { freeradius } from "./freeradius.ts";
import { freerdp } from "./freerdp.ts";
import { john } from "./john.ts";
import { layeh } from "./layeh.ts";
import { pppd } from "./pppd.ts";
import { rfc2433 } from "./rfc2433.ts";
import { rfc2759 } from "./rfc2759.ts";
import { rfc3079 } from "./rfc3079.ts";
import { rfc6229 } from "./rfc6229.ts";
import type { Vector } from "./vector.ts";

/** Every published vector. */
export const published: readonly Vector[] = [
  ...crackers,
  ...freeradius,
  ...freerdp,
  ...john,
  ...layeh,
  ...pppd,
  ...rfc2433,
  ...rfc2759,
  ...rfc3079,
  ...rfc6229,
];
