/** The six stages of a dial, in their usual order. */
export const STAGES = ["tcp", "control", "lcp", "auth", "ccp", "ipcp"] as const;

export type Stage = (typeof STAGES)[number];

/** Those of the PPP link: LCP open, logged in, encryption agreed, address agreed (the session is up). */
export type LinkStage = Exclude<Stage, "tcp" | "control">;

const STAGE_OF_LAYER: ReadonlyMap<string, Stage> = new Map([
  ["tcp", "tcp"],
  ["pptp", "control"],
  ["lcp", "lcp"],
  ["pap", "auth"],
  ["chap", "auth"],
  ["eap", "auth"],
  ["ccp", "ccp"],
  ["ipcp", "ipcp"],
]);

/** The stage that a message of this layer belongs to; undefined for what belongs to none. */
export const stageOfLayer = (layer: string): Stage | undefined => STAGE_OF_LAYER.get(layer);
