import type { DataPlaneEvents, TunnelCounters, TunnelFault } from "../data-plane/data-plane.ts";
import { Call, type ControlLine, type HangUp } from "./call.ts";
import type { CallIds } from "./call-ids.ts";
import { CallSession } from "./call-session.ts";
import type { CallOrigin, CallServices } from "./call-types.ts";
import { MAX_PENDING_CALLS } from "./limits.ts";
import type { Ending } from "./verdicts/ending.ts";

/** RFC 2637 §2.8, Result Code of an Outgoing-Call-Reply. */
export const GENERAL_ERROR = 2;
export const BUSY = 4;

export type Placed =
  | { readonly ok: true; readonly callId: number; readonly call: Call }
  | { readonly ok: false; readonly result: number; readonly error: number };

const NO_TRAFFIC: TunnelCounters = {
  rxPackets: 0,
  rxBytes: 0,
  txPackets: 0,
  txBytes: 0,
  drops: 0,
  lastActivity: 0,
};

/** Finds a place for each call: an ID, room among the sessions, a tunnel in the data plane. Knows every call by its ID. */
export class Placement {
  readonly #services: CallServices;
  readonly #ids: CallIds;
  readonly #maxSessions: number;
  readonly #calls = new Map<number, Call>();

  constructor(services: CallServices, ids: CallIds, maxSessions: number) {
    this.#services = services;
    this.#ids = ids;
    this.#maxSessions = maxSessions;
  }

  /** Resolves when GRE packets for the call are accepted, or says what the Outgoing-Call-Reply shall say. */
  async place(
    from: Omit<CallOrigin, "callId">,
    hangUp: HangUp,
    early: readonly ControlLine[],
  ): Promise<Placed> {
    const refusal = await this.#refusal();
    if (refusal !== undefined) return this.#refuse(from, refusal, BUSY);
    const callId = this.#ids.take();
    if (callId === undefined) return this.#refuse(from, full("All call IDs are in use."), BUSY);
    const origin = { ...from, callId };
    const call = new Call(this.#services, origin, hangUp);
    for (const line of early) call.note(line);
    this.#calls.set(callId, call);
    try {
      await this.#services.plane.addTunnel(origin);
    } catch (error) {
      this.#services.log.error({ err: error, callId }, "The data plane took no tunnel");
      call.fail();
      this.release(callId);
      return { ok: false, result: GENERAL_ERROR, error: GENERAL_ERROR };
    }
    return { ok: true, callId, call };
  }

  /** The call is over and its ID free. */
  release(callId: number): void {
    if (this.#calls.delete(callId)) this.#ids.release(callId);
  }

  /** Where the data plane's events go. */
  readonly events: Pick<DataPlaneEvents, "control" | "broken"> = {
    control: (callId: number, frame: Uint8Array) => this.#calls.get(callId)?.frame(frame),
    broken: (callId: number, fault: TunnelFault) => this.#calls.get(callId)?.broken(fault),
  };

  async #refusal(): Promise<Ending | undefined> {
    const { sessions, leases, users } = this.#services;
    if (sessions.count >= this.#maxSessions) return full(`All ${this.#maxSessions} sessions are in use.`);
    if (this.#calls.size - sessions.count >= MAX_PENDING_CALLS) {
      return full(`${MAX_PENDING_CALLS} dials are under way at once.`);
    }
    // With the pool empty only users with an address of their own can get in; who it is shows after authentication.
    if (leases.free > 0 || (await users.staticAddresses()).length > 0) return undefined;
    return { verdict: "no-address", evidence: `All ${leases.total} addresses of the pool are in use.` };
  }

  #refuse(from: Omit<CallOrigin, "callId">, ending: Ending, result: number): Placed {
    const session = new CallSession(this.#services, { ...from, callId: 0 }, () => Promise.resolve());
    session.finish(ending, NO_TRAFFIC);
    return { ok: false, result, error: 0 };
  }
}

const full = (evidence: string): Ending => ({ verdict: "server-full", evidence });
