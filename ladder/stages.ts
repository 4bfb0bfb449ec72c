import type { StageName } from "./ladder-types.ts";

/** As people read them. */
export const STAGE_TITLES: Readonly<Record<StageName, string>> = {
  tcp: "TCP connection",
  control: "Control connection and call",
  lcp: "Link options (LCP)",
  auth: "Log-in",
  ccp: "Encryption (CCP)",
  ipcp: "Address (IPCP)",
};

const STAGE_OF_LAYER = new Map<string, StageName>([
  ["tcp", "tcp"],
  ["pptp", "control"],
  ["lcp", "lcp"],
  ["pap", "auth"],
  ["chap", "auth"],
  ["eap", "auth"],
  ["ccp", "ccp"],
  ["ipcp", "ipcp"],
]);

/** The stage that a message of this layer opens; undefined for what belongs to none. */
export const stageOf = (layer: string): StageName | undefined => STAGE_OF_LAYER.get(layer);
