import type { Client } from "./network.ts";
import type { Stage } from "./stage.ts";
import type { Traffic } from "./traffic.ts";

/**
 * What is forged: "call", any call ID but one that is there; "peer", a call ID that is there, from a wrong
 * address; "sequence", a call ID and its client's address, and any sequence number.
 */
export const KINDS = ["call", "peer", "sequence"] as const;
export type Kind = (typeof KINDS)[number];

/** Octets of a forged packet: a small inner packet. */
const OCTETS = 100;

/** Somebody who forges GRE, and a host that nobody listens on. */
export interface Stranger {
  /**
   * Sends for so many seconds, `callId` being what pacd knows the tunnel as; resolves with how many packets a
   * second left.
   */
  flood(
    at: "pacd" | "nobody",
    kind: Kind,
    callId: number,
    seconds: number,
    perSecond: number,
  ): Promise<number>;
}

/** `victim` is the client whose tunnel is meant. */
export async function stranger(stage: Stage, traffic: Traffic, victim: Client): Promise<Stranger> {
  const { namespace, address, host } = await stage.network.client();
  const nobody = await stage.network.alone(namespace);
  return {
    async flood(at, kind, callId, seconds, perSecond) {
      const source = kind === "sequence" ? victim.address : address;
      const target = at === "pacd" ? ["eth0", source, host] : ["alone", source, nobody];
      const what = [`${callId}`, kind, "0", `${seconds}`, `${OCTETS}`, `${perSecond}`];
      const { sent, seconds: lasted } = await traffic.run(namespace, "flood", ...target, ...what).result;
      return sent! / lasted!;
    },
  };
}
