import { NO_COUNTERS } from "../../data-plane/counters.ts";
import type { DataPlaneEvents, TunnelFault } from "../../data-plane/data-plane.ts";
import { GENERAL_ERROR } from "../../pptp/messages/general-error.ts";
import { CALL_RESULT } from "../../pptp/messages/outgoing-call-reply.ts";
import { formatIpv4 } from "../../wire/ipv4.ts";
import type { Ending } from "../records/ending.ts";
import { Call } from "./call.ts";
import type { CallIds } from "./call-ids.ts";
import { CallSession } from "./call-session.ts";
import type { CallOrigin, CallServices, ControlLine, HangUp } from "./call-types.ts";
import { DialsUnderWay } from "./dials-under-way.ts";

/**
 * What the Outgoing-Call-Reply says where there is no place, and where pacd itself failed (RFC 2637 §2.8,
 * §2.16).
 */
const BUSY = { ok: false, result: CALL_RESULT.busy, error: GENERAL_ERROR.none } as const;
const FAILED = { ok: false, result: CALL_RESULT.generalError, error: GENERAL_ERROR.noResource } as const;

export type Placed =
  | { readonly ok: true; readonly callId: number; readonly call: Call }
  | { readonly ok: false; readonly result: number; readonly error: number };

/**
 * Finds a place for each call: an ID, room among the sessions, a tunnel in the data plane. Knows every call
 * by its ID.
 */
export class Placement {
  readonly #services: CallServices;
  readonly #ids: CallIds;
  readonly #calls = new Map<number, Call>();
  readonly #underWay = new DialsUnderWay();

  constructor(services: CallServices, ids: CallIds) {
    this.#services = services;
    this.#ids = ids;
  }

  /** Resolves when GRE packets for the call are accepted, or says what the Outgoing-Call-Reply shall say. */
  async place(
    from: Omit<CallOrigin, "callId">,
    hangUp: HangUp,
    early: readonly ControlLine[],
  ): Promise<Placed> {
    const exhausted = this.#services.patience.exhausted(formatIpv4(from.peerAddress));
    const settled = exhausted ? undefined : this.#underWay.begin(from.peerAddress);
    if (settled === undefined) {
      // Counted, not recorded: a stranger who begins dials without end shall not push real ones out of the
      // record.
      this.#services.tally.fault("too-many-dials");
      return BUSY;
    }
    try {
      const { plane } = this.#services;
      const refusal = await this.#noRoom();
      const callId = refusal === undefined ? this.#ids.take((id) => plane.balances(id)) : undefined;
      if (callId !== undefined) return await this.#open({ ...from, callId }, hangUp, early, settled);
      settled();
      return this.#refuse(from, refusal ?? NO_CALL_ID);
    } catch (error) {
      settled();
      this.#services.log.error({ err: error }, "A call could not be placed");
      return FAILED;
    }
  }

  /** Why nobody gets in now. Sessions whose clients have vanished are no reason. */
  async #noRoom(): Promise<Ending | undefined> {
    const { leases, deadSessions } = this.#services;
    const refusal = leases.exhausted();
    if (refusal === undefined) return undefined;
    await deadSessions.clear();
    return leases.exhausted();
  }

  async #open(
    origin: CallOrigin,
    hangUp: HangUp,
    early: readonly ControlLine[],
    settled: () => void,
  ): Promise<Placed> {
    const { callId } = origin;
    const call = new Call(this.#services, origin, hangUp, settled);
    this.#calls.set(callId, call);
    for (const line of early) call.note(line);
    try {
      await this.#services.plane.addTunnel(origin);
    } catch (error) {
      this.#services.log.error({ err: error, callId }, "The data plane took no tunnel");
      call.fail();
      this.release(callId);
      return FAILED;
    }
    return { ok: true, callId, call };
  }

  /** The call is over and its ID free. */
  release(callId: number): void {
    if (this.#calls.delete(callId)) this.#ids.release(callId);
  }

  /** Every call, up or not. */
  all(): readonly Call[] {
    return [...this.#calls.values()];
  }

  /** The calls that have logged in as this user, up or not. */
  ofUser(userId: string): readonly Call[] {
    return [...this.#calls.values()].filter((call) => call.userId === userId);
  }

  /** Every call that ends from here on without another reason has this one. */
  blame(ending: Ending): void {
    for (const call of this.#calls.values()) call.blame(ending);
  }

  /** Where the data plane's events go. */
  readonly events: Omit<DataPlaneEvents, "crashed"> = {
    control: (callId: number, frame: Uint8Array) => this.#calls.get(callId)?.frame(frame),
    coherencyLost: (callId: number) => this.#calls.get(callId)?.coherencyLost(),
    broken: (callId: number, fault: TunnelFault) => this.#calls.get(callId)?.broken(fault),
  };

  #refuse(from: Omit<CallOrigin, "callId">, ending: Ending): Placed {
    const session = new CallSession(this.#services, { ...from, callId: 0 }, () => Promise.resolve());
    session.finish(ending, NO_COUNTERS);
    return BUSY;
  }
}

const NO_CALL_ID: Ending = { verdict: "server-full", evidence: "All call IDs are in use." };
