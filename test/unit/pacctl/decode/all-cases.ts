import type { Case } from "./cases.ts";
import { BREACH_CASES, CONTROL_CASES, FAULT_CASES } from "./control-cases.ts";
import { EAP_CASES } from "./eap-cases.ts";
import { ORDER_CASES } from "./ending-cases.ts";
import { GRE_CASES } from "./gre-cases.ts";
import { LINK_CASES } from "./link-cases.ts";
import { METHOD_CASES } from "./method-cases.ts";
import { NUMBER_CASES } from "./number-cases.ts";

/** Every dial that has a verdict: what holds for all of them is tried with these. */
export const ALL_CASES: readonly Case[] = [
  ...CONTROL_CASES,
  ...GRE_CASES,
  ...FAULT_CASES,
  ...BREACH_CASES,
  ...LINK_CASES,
  ...METHOD_CASES,
  ...EAP_CASES,
  ...ORDER_CASES,
  ...NUMBER_CASES,
];
