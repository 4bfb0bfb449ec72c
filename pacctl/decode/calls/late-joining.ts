import type { CutMessage } from "../../../server/pptp/messages/cut-message.ts";
import { START_RESULT } from "../../../server/pptp/messages/start-control-connection-reply.ts";
import type { Side, TcpConnection } from "../../capture/captured.ts";
import { LINGER } from "../limits.ts";
import { type BySide, opposite } from "../side.ts";
import type { Call } from "./call.ts";
import type { CallOfSender, CallsBetween } from "./calls-between.ts";
import { type NamedId, namedIds } from "./named-ids.ts";
import type { UnassignedGre } from "./unassigned-gre.ts";

/** A message is of this call, or it shows another one. */
type Found =
  | { readonly call: Call; readonly named: boolean }
  /** Its GRE was seen before its control connection. */
  | { readonly stray: Call }
  /** None that is known. */
  | { readonly unknown: NamedId };

/**
 * Control connections that a capture joined in their midst, and the calls on them: which GRE is theirs shows
 * in the call IDs of later messages, or in there being nothing else between the two addresses.
 */
export class LateJoining {
  readonly #between: CallsBetween;
  readonly #unassigned: UnassignedGre;

  constructor(between: CallsBetween, unassigned: UnassignedGre) {
    this.#between = between;
    this.#unassigned = unassigned;
  }

  /** The one call between the ends of a connection that had none, where nothing else may be meant. */
  strayOf({ client, server }: TcpConnection): Call | undefined {
    const calls = this.#between.of(client.address, server.address);
    const strays = calls.filter(isStray);
    const others =
      this.#unassigned.holdsAny(client.address, server.address) ||
      this.#unassigned.holdsAny(server.address, client.address);
    return strays.length === 1 && !others && !calls.some(lacksTunnel) ? strays[0] : undefined;
  }

  /** The same, where it was guessed which side is the server, and wrongly. */
  turnedStrayOf({ client, server }: TcpConnection): Call | undefined {
    const strays = this.#between.of(server.address, client.address).filter(isStray);
    const others = this.#between.of(client.address, server.address);
    return strays.length === 1 && strays[0]!.guessed && others.length === 0 ? strays[0] : undefined;
  }

  /** What a message on such a connection is about. `nearest`: the call that it would be of otherwise. */
  find(nearest: Call, from: Side, message: CutMessage): Found {
    const names = namedIds(from, message);
    if (names.length === 0) return { call: nearest, named: false };
    const sided = names.flatMap((named) => [
      named,
      ...(named.orOther ? [{ ...named, side: opposite(named.side) }] : []),
    ]);
    for (const { side, id } of sided) {
      if (nearest.ids[side] === id) return { call: nearest, named: true };
      const stray = this.#between
        .of(nearest.client, nearest.server)
        .find((call) => (isStray(call) || isOnTrust(call)) && call.ids[side] === id);
      if (stray !== undefined) return { stray };
    }
    const held = sided.find(({ side, id }) =>
      this.#unassigned.has(nearest[opposite(side)], nearest[side], id),
    );
    return { unknown: held ?? names[0]! };
  }

  /**
   * The call that a packet belongs to which no route knows: it lacks this very ID, as its control connection
   * was joined in its midst or there is none. Undefined where that may be said of several.
   */
  lacking(
    source: string,
    destination: string,
    fits: (candidate: CallOfSender, exactly: boolean) => boolean,
  ): CallOfSender | undefined {
    const candidates = this.#between
      .withSender(source, destination)
      .filter(({ call, sender }) => call.ids[opposite(sender)] === undefined && isJoinedLate(call));
    const fitting = candidates.filter((one) => fits(one, candidates.length > 1));
    return fitting.length === 1 ? fitting[0] : undefined;
  }

  /**
   * GRE that was seen before the control messages that give its IDs: octets that were missing before them
   * held these up. `find`: the call that a route leads to.
   */
  seenBefore(
    call: Call,
    find: (source: string, destination: string, callId: number) => Call | undefined,
  ): Call | undefined {
    if (call.finished || hasGre(call)) return undefined;
    for (const side of ["client", "server"] as const) {
      const id = call.ids[side];
      const stray = id === undefined ? undefined : find(call[opposite(side)], call[side], id);
      const other = call.ids[opposite(side)];
      const fits = other === undefined || (stray?.ids[opposite(side)] ?? other) === other;
      if (stray !== undefined && stray !== call && isStray(stray) && fits && follows(stray, call))
        return stray;
    }
    return undefined;
  }

  /**
   * Pairs of a control connection without a tunnel and a tunnel without one that are alone between their
   * ends, or of which there are as many: these in the order in which they began.
   */
  leftAlone(groups = this.#between.groups()): readonly { readonly control: Call; readonly stray: Call }[] {
    return groups.flatMap((calls) => {
      const strays = calls.filter(isStray).toSorted(byBeginning);
      const late = calls.filter(lacksTunnel).toSorted(byBeginning);
      const pairs = strays.map((stray, i) => ({ control: late[i]!, stray }));
      if (late.length > 1 && late.length === strays.length && pairs.every(fit)) return pairs;
      // Which of them a connection belongs to that says nothing does not show, and makes no difference.
      const silent = late.filter(({ facts }) => facts.control.messages === 0 && !facts.endings.first);
      if (
        late.length > 0 &&
        strays.length > 1 &&
        silent.length === late.length &&
        late.length < strays.length
      )
        return silent.map((control, i) => ({ control, stray: strays[i]! })).filter(fit);
      const [stray] = strays;
      if (stray === undefined || strays.length > 1) return [];
      const controls = calls.filter(
        (call) =>
          (lacksTunnel(call) || (lostItsCall(call) && follows(stray, call))) && fit({ control: call, stray }),
      );
      return controls.length === 1 ? [{ control: controls[0]!, stray }] : [];
    });
  }

  /**
   * The control connection, joined in its midst, of a tunnel between these two: where there is one alone, and
   * no other tunnel that may be its.
   */
  controlOf({ client, server }: Readonly<BySide<string>>, ids: Ids, lastAt: number): Call | undefined {
    const calls = this.#between.of(client, server);
    const controls = calls.filter(
      (call) => lacksTunnel(call) && agree(call.ids, ids) && !isOutlived(call, lastAt),
    );
    const isAlone =
      controls.length === 1 &&
      !calls.some(isStray) &&
      !this.#unassigned.holdsAny(client, server) &&
      !this.#unassigned.holdsAny(server, client);
    return isAlone ? controls[0] : undefined;
  }
}

const byBeginning = (a: Call, b: Call): number => a.firstFrame - b.firstFrame;

type Ids = Readonly<BySide<number | undefined>>;

/** May these be of one call, as far as they are known? */
const agree = (one: Ids, other: Ids): boolean =>
  (["client", "server"] as const).every((side) => (one[side] ?? other[side]) === (other[side] ?? one[side]));

const fit = ({ control, stray }: { readonly control: Call; readonly stray: Call }): boolean =>
  agree(control.ids, stray.ids) && !isOutlived(control, stray.lastAt);

/** A tunnel does not outlive its control connection. */
const isOutlived = ({ facts }: Call, lastAt: number): boolean =>
  lastAt > (facts.endings.first?.at ?? Number.POSITIVE_INFINITY) + LINGER;

/** GRE alone. It may have said goodbye: the control connection often speaks up only then. */
const isStray = (call: Call): boolean => call.connection === undefined && !call.finished;

/** GRE that was taken for that of a control connection by its addresses: no message has named its IDs. */
const isOnTrust = (call: Call): boolean =>
  call.facts.tcp.connection === "mid-stream" && hasGre(call) && !call.named && !call.finished;

/** A control connection that was joined in its midst, and no GRE so far. */
export const lacksTunnel = ({ facts }: Call): boolean =>
  facts.tcp.connection === "mid-stream" && facts.gre.client + facts.gre.server === 0;

/** A control connection that was accepted and goes on: what placed the call on it is missing. */
const lostItsCall = (call: Call): boolean =>
  !hasGre(call) &&
  call.ids.client === undefined &&
  call.ids.server === undefined &&
  call.facts.control.startReply?.result === START_RESULT.ok &&
  call.facts.endings.first === undefined;

const hasGre = ({ facts }: Call): boolean => facts.gre.client + facts.gre.server > 0;

/** Ours: how far GRE may be written before its control connection, in nanoseconds. */
const OVERTAKES = 1e9;

/** Did the tunnel begin when the control connection was there? */
const follows = (stray: Call, control: Call): boolean => stray.begunAt >= control.begunAt - OVERTAKES;

function isJoinedLate({ facts }: Call): boolean {
  return facts.cut > 0 || (!facts.control.callRequest && facts.tcp.connection !== "syn");
}
