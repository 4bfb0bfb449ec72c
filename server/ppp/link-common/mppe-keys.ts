import type { MppeStrength } from "../../crypto/mppe-keys.ts";
import type { StartKeys } from "../../crypto/start-keys.ts";
import { type AgreedModes, agreedModes } from "../ccp/agreed-modes.ts";
import type { CcpPolicy } from "../ccp/ccp-policy.ts";
import { type MppeMode, mppeBits } from "../ccp/mppe.ts";
import { CODE } from "../codes.ts";
import type { Negotiation, NegotiationEffect } from "../negotiation/negotiation.ts";
import { happened } from "./effects.ts";

/** MPPE of one direction. `key`: the start key of that length. */
export interface MppeDirection {
  readonly key: Uint8Array;
  readonly strength: MppeStrength;
  readonly stateless: boolean;
}

/**
 * From the point of view of whoever sets them. Each side says in CCP how it wants to receive, so the two may
 * differ.
 */
export interface MppeKeys {
  readonly send: MppeDirection;
  readonly receive: MppeDirection;
}

/** As a session shows it; where the directions differ, the weaker one. */
export type LinkEncryption = "none" | `mppe-${MppeStrength}-${"stateless" | "stateful"}`;

/** Stands before the `send` of the CCP Ack that lets the peer encrypt; may come again until CCP is open. */
export interface SetKeys {
  readonly do: "set-keys";
  readonly keys: MppeKeys;
}

/** A link whose CCP negotiates. */
interface Keyed {
  readonly ccp: Negotiation<CcpPolicy>;
  readonly keys: StartKeys;
  /** The modes with which the keys are in the data plane. */
  readonly installed: AgreedModes | undefined;
}

/**
 * The keys stand in the data plane before the Ack that lets the peer encrypt, with the modes agreed so far.
 * Where CCP opens with others they are set again: the same keys, but no packet has passed yet, since IPCP
 * comes after.
 */
export function installKeys<Phase extends Keyed>(
  phase: Phase,
  effects: readonly NegotiationEffect[],
): readonly [Phase, ...SetKeys[]] {
  const acks = effects.some((effect) => effect.do === "send" && effect.packet.code === CODE.configureAck);
  if (!acks && !happened(effects, "up")) return [phase];
  const modes = agreedModes(phase.ccp);
  if (modes === undefined) throw new Error("CCP agreed to nothing");
  const { installed, keys } = phase;
  if (installed !== undefined && same(modes.send, installed.send) && same(modes.receive, installed.receive))
    return [phase];
  const send = direction(keys, modes, "send");
  const receive = direction(keys, modes, "receive");
  return [
    { ...phase, installed: modes },
    { do: "set-keys", keys: { send, receive } },
  ];
}

/** What a session shows of an open CCP, the weaker direction; "none" without one. */
export function encryptionOf(ccp: Negotiation<CcpPolicy> | undefined): LinkEncryption {
  const modes = ccp === undefined ? undefined : agreedModes(ccp);
  if (modes === undefined) return "none";
  const { strength, stateless } = rank(modes.send) < rank(modes.receive) ? modes.send : modes.receive;
  return `mppe-${strength}-${stateless ? "stateless" : "stateful"}`;
}

/** The length of the key counts for more than the mode. */
const rank = ({ strength, stateless }: MppeMode): number => strength * 2 + (stateless ? 1 : 0);

const same = (a: MppeMode, b: MppeMode): boolean => mppeBits(a) === mppeBits(b);

function direction(keys: StartKeys, modes: AgreedModes, way: keyof AgreedModes): MppeDirection {
  const { strength, stateless } = modes[way];
  const key = keys[strength]?.[way];
  if (key === undefined) throw new Error("CCP agreed to a strength without a key");
  return { key, strength, stateless };
}
