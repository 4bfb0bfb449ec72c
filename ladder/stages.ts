import type { Stage } from "../verdicts/stages.ts";

/** The stages of a dial as people read them. */
export const STAGE_TITLES: Readonly<Record<Stage, string>> = {
  tcp: "TCP connection",
  control: "Control connection and call",
  lcp: "Link options (LCP)",
  auth: "Log-in",
  ccp: "Encryption (CCP)",
  ipcp: "Address (IPCP)",
};
