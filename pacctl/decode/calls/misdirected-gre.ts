import { looseGre } from "../../../server/gre/gre-fields.ts";
import { decodeFrame } from "../../../server/ppp/frame.ts";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import type { GrePacket, Side } from "../../capture/captured.ts";
import { opposite } from "../side.ts";
import type { Call } from "./call.ts";
import type { CallOfSender, CallsBetween } from "./calls-between.ts";
import type { Route } from "./routes.ts";
import type { GreFlow } from "./unassigned-gre.ts";

/** Ours: GRE may overtake the reply that allows it, in nanoseconds. */
const OVERTAKES = 1e9;

/**
 * The call whose GRE this is, but that it comes from another address than its control connection: its
 * receiver has given this ID, and has no GRE so far. `routes`: to that receiver with that ID.
 */
export function fromElsewhere(
  { source, destination }: GrePacket,
  routes: readonly Route[],
  between: CallsBetween,
): Route | undefined {
  if (between.withSender(source, destination).length > 0) return undefined;
  const found = routes.filter(({ call, from }) => call[from] !== source && awaitsGre(call, from));
  return found.length === 1 ? found[0] : undefined;
}

/**
 * The call whose GRE this is, but that it carries other call IDs than its control connection agreed on: it is
 * between the same two, negotiates a link, and there is one call that has none. Undefined where that is not
 * so, or may be said of several.
 */
export function withOtherIds(flow: GreFlow, between: CallsBetween): CallOfSender | undefined {
  const { at } = flow.packets[0]!.when;
  if (!flow.packets.some(({ octets }) => isLcp(octets))) return undefined;
  const found = between
    .withSender(flow.first, flow.second)
    .filter(
      ({ call, sender }) =>
        awaitsGre(call, sender) &&
        (flow.secondId === undefined || awaitsGre(call, opposite(sender))) &&
        at >= call.facts.control.acceptedAt! - OVERTAKES &&
        at <= (call.facts.endings.first?.at ?? Number.POSITIVE_INFINITY),
    );
  return found.length === 1 ? found[0] : undefined;
}

/** The call was accepted, and nothing of this side has come through the tunnel. */
const awaitsGre = ({ facts, finished }: Call, from: Side): boolean =>
  !finished && facts.control.acceptedAt !== undefined && facts.gre[from] === 0;

function isLcp(gre: Uint8Array): boolean {
  const { payload } = looseGre(gre);
  const frame = payload === undefined ? undefined : decodeFrame(payload);
  return frame?.ok === true && frame.value.protocol === PROTOCOL.lcp;
}
