import { NO_COUNTERS } from "../../data-plane/counters.ts";
import type { DataPlane } from "../../data-plane/data-plane.ts";
import { GENERAL_ERROR } from "../../pptp/messages/general-error.ts";
import { CALL_RESULT } from "../../pptp/messages/outgoing-call-reply.ts";
import { formatIpv4 } from "../../wire/ipv4.ts";
import type { Leases } from "../addresses/leases.ts";
import type { DialCounters } from "../records/dial-counters.ts";
import { DialRecord } from "../records/dial-record.ts";
import type { Ending } from "../records/ending.ts";
import type { ControlLine } from "../records/trace.ts";
import { Call } from "./call.ts";
import { CallIds } from "./call-ids.ts";
import type { CallOrigin, CallServices, HangUp } from "./call-types.ts";
import type { Calls } from "./calls.ts";
import { DialsUnderWay } from "./dials-under-way.ts";

/**
 * What the Outgoing-Call-Reply says where there is no place, and where pacd itself failed (RFC 2637 §2.8,
 * §2.16).
 */
const BUSY = { ok: false, result: CALL_RESULT.busy, error: GENERAL_ERROR.none } as const;
const FAILED = { ok: false, result: CALL_RESULT.generalError, error: GENERAL_ERROR.noResource } as const;

export type SetUp =
  | { readonly ok: true; readonly call: Call }
  | { readonly ok: false; readonly result: number; readonly error: number };

/** What a new call needs of the server around it. */
export interface SetupServices extends CallServices {
  readonly calls: Calls<Call>;
  readonly plane: CallServices["plane"] & Pick<DataPlane, "addTunnel" | "balances">;
  readonly leases: CallServices["leases"] & Pick<Leases, "exhausted">;
  readonly counters: CallServices["counters"] & Pick<DialCounters, "fault">;
}

/** Sets up a call where there is room for it: an ID, an entry in the registry, a tunnel in the data plane. */
export class CallSetup {
  readonly #services: SetupServices;
  readonly #ids: CallIds;
  readonly #underWay = new DialsUnderWay();

  constructor(services: SetupServices) {
    this.#services = services;
    this.#ids = new CallIds(services.calls, services.random.u16);
  }

  /**
   * Resolves when GRE packets for the call are accepted, or says what the Outgoing-Call-Reply shall say.
   * `early`: what the control connection said before, for the trace.
   */
  async begin(
    from: Omit<CallOrigin, "callId">,
    hangUp: HangUp,
    early: readonly ControlLine[],
  ): Promise<SetUp> {
    const { penalties, counters, plane, log } = this.#services;
    const refused = penalties.refuses(formatIpv4(from.peerAddress));
    const settled = refused ? undefined : this.#underWay.begin(from.peerAddress);
    if (settled === undefined) {
      // Counted, not recorded: a stranger who begins dials without end shall not push real ones out of the
      // record.
      counters.fault("too-many-dials");
      return BUSY;
    }
    try {
      const refusal = await this.#noRoom();
      const callId = refusal === undefined ? this.#ids.free((id) => plane.balances(id)) : undefined;
      if (callId !== undefined) return await this.#open({ ...from, callId }, hangUp, early, settled);
      settled();
      this.#recordRefusal(from, refusal ?? NO_CALL_ID);
      return BUSY;
    } catch (error) {
      settled();
      log.error({ err: error }, "A call could not be placed");
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
  ): Promise<SetUp> {
    const { calls, plane, log } = this.#services;
    const { callId } = origin;
    const call = new Call(this.#services, origin, hangUp, settled);
    calls.add(call);
    for (const line of early) call.record.controlLine(line);
    try {
      await plane.addTunnel(origin);
    } catch (error) {
      log.error({ err: error, callId }, "The data plane took no tunnel");
      call.fail(NO_TUNNEL);
      return FAILED;
    }
    return { ok: true, call };
  }

  #recordRefusal({ peerAddress, requestedAt }: Omit<CallOrigin, "callId">, ending: Ending): void {
    const { random, penalties } = this.#services;
    const clientAddress = formatIpv4(peerAddress);
    const ids = { sessionId: random.uuid(), attemptId: random.uuid() };
    const record = new DialRecord(this.#services, { ...ids, clientAddress, requestedAt });
    penalties.add(clientAddress);
    record.close(ending, undefined, NO_COUNTERS);
  }
}

const NO_TUNNEL: Ending = {
  verdict: "internal-error",
  evidence: "The data plane took no tunnel; the log has the details.",
};

const NO_CALL_ID: Ending = { verdict: "server-full", evidence: "All call IDs are in use." };
