import { onAuth } from "./authenticate.ts";
import { onClosingLcp } from "./closing.ts";
import { ccpExpired } from "./encrypt.ts";
import { establish, onLcp } from "./establish.ts";
import { onSilence } from "./keepalive.ts";
import type { LinkTimer } from "./link-types.ts";
import { onCcpRestart, onIpcpRestart } from "./lost-packets.ts";
import { ipcpExpired } from "./network.ts";
import type { Phase, PhaseNext } from "./phase.ts";

const timeout = { type: "timeout" } as const;

/** A timer that was armed expired. In a phase that has no use for it nothing moves. */
export function onTimer(phase: Phase, timer: LinkTimer): PhaseNext {
  switch (timer) {
    case "first-frame":
      return phase.at === "waiting" ? establish(phase, true) : [phase];
    case "lcp-restart":
      return "lcp" in phase && phase.at !== "closing" ? onLcp(phase, timeout) : [phase];
    case "auth":
      return phase.at === "authenticating" ? onAuth(phase, timeout) : [phase];
    case "ccp-restart":
      return phase.at === "encrypting" ? onCcpRestart(phase) : [phase];
    case "ccp-deadline":
      return phase.at === "encrypting" ? ccpExpired(phase) : [phase];
    case "ipcp-restart":
      return "ipcp" in phase ? onIpcpRestart(phase) : [phase];
    case "ipcp-deadline":
      return phase.at === "networking" ? ipcpExpired(phase) : [phase];
    case "echo":
      return phase.at === "up" ? onSilence(phase) : [phase];
    case "terminate":
      return phase.at === "closing" ? onClosingLcp(phase, timeout) : [phase];
  }
}
