import type { DataPlane } from "../../data-plane/data-plane.ts";
import { Runner } from "../../machine/runner.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/log.ts";
import type { Random } from "../../platform/random.ts";
import type { SharedTicks } from "../../platform/shared-ticks.ts";
import { TimerSet } from "../../platform/timer-set.ts";
import type { Credentials } from "../../ppp/auth/credentials.ts";
import { innerMtu } from "../../ppp/inner-mtu.ts";
import { isLcpConfigureReply, isLcpConfigureRequest } from "../../ppp/lcp/configure-reply.ts";
import { type AgreedOptions, agreedOptions } from "../../ppp/link/agreed-options.ts";
import { closingCause, createLink, type LinkState, link } from "../../ppp/link/link.ts";
import type { LinkEffect, LinkEnd, LinkEvent, LinkPolicy, LinkTimer } from "../../ppp/link/link-types.ts";
import type { LinkEncryption } from "../../ppp/link-common/mppe-keys.ts";
import type { User } from "../../store/store-types.ts";
import { isStoreUnavailable } from "../../store/store-unavailable.ts";
import type { CallId } from "../../wire/call-id.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import { millis, type Octets } from "../../wire/units.ts";
import { trafficPolicy } from "../policy/traffic-policy.ts";
import type { DialRecord } from "../records/dial-record.ts";
import { type DialFacts, type Ending, endingWithoutGre } from "../records/ending.ts";
import { CHALLENGES, GRE_BLOCKED_AFTER } from "./limits.ts";

/** What the link of a call needs of the server around it. */
export interface LinkServices {
  readonly clock: Pick<Clock, "now" | "after">;
  /** For keep-alives, which thousands of sessions have and which may be late. */
  readonly ticks: SharedTicks;
  readonly log: Pick<Logger, "error">;
  readonly plane: Pick<
    DataPlane,
    "sendControl" | "counters" | "setKeys" | "flushEncryption" | "openNetwork" | "closeNetwork"
  >;
  readonly random: Pick<Random, "u32" | "bytes">;
  readonly policy: LinkPolicy;
  /** The largest inner packet, as configured. */
  readonly mtu: Octets;
}

/** The call around a link: it decides, the link only asks. */
export interface LinkedCall {
  readonly services: LinkServices;
  readonly callId: CallId;
  /** Where the client dials from. */
  readonly from: Ipv4;
  readonly record: Pick<DialRecord, "requestedAt" | "frame" | "lasted">;
  /** Who has logged in; somebody has. */
  loggedIn(): User;
  /** A client proves itself; answered with `verified`. */
  verify(credentials: Credentials): Promise<void>;
  /** It needs an address; answered with `assigned`. */
  assign(): Promise<void>;
  /** The network opens, with the largest inner packet and the encryption that were agreed. */
  networkOpens(mtu: Octets, encryption: LinkEncryption): void;
  /** IPCP is open; also after LCP was negotiated anew. */
  up(): void;
  /** The link has ended; nothing follows. */
  ended(cause: LinkEnd): void;
  /** It cannot go on, and nobody hears a Terminate-Request: no GRE, or a mistake of ours. */
  failed(ending: Ending): void;
}

/**
 * Runs the machine of one PPP link: frames and timers in; data plane, timers and the call's decisions out.
 */
export class LinkRunner {
  readonly #call: LinkedCall;
  readonly #timers: TimerSet<LinkTimer | "gre">;
  readonly #runner: Runner<LinkState, LinkEvent, LinkEffect>;
  #stage: DialFacts["stage"];
  #framed = false;
  #asked = false;
  #answered = false;
  #rxSeen = 0;
  #frames = 0;

  constructor(call: LinkedCall) {
    const { clock, ticks, random, policy } = call.services;
    this.#call = call;
    this.#timers = new TimerSet(clock, { echo: ticks });
    const seeds = {
      magic: random.u32(),
      challenges: Array.from({ length: CHALLENGES }, () => random.bytes(16)),
    };
    this.#runner = new Runner(link, [createLink(policy, seeds)], {
      perform: (effect) => this.#perform(effect),
      failed: (error) => this.#mistaken(error),
    });
  }

  /** Nothing that comes moves it any more. */
  get over(): boolean {
    return this.#runner.stopped;
  }

  /** Why we have sent a Terminate-Request; undefined: we have not. */
  get closing(): LinkEnd | undefined {
    return closingCause(this.#runner.state);
  }

  /** What was agreed with the client; undefined while the link is not up. */
  get agreed(): AgreedOptions | undefined {
    return agreedOptions(this.#runner.state);
  }

  /** The Outgoing-Call-Reply has gone out. */
  start(): void {
    this.#timers.arm("gre", GRE_BLOCKED_AFTER, () => this.#checkGre());
    this.feed({ type: "start" });
  }

  /** A PPP control frame came through GRE. */
  frame(frame: Uint8Array): void {
    if (this.over) return;
    this.#frames++;
    if (!this.#framed) {
      this.#framed = true;
      this.#timers.disarm("gre");
    }
    this.#asked ||= isLcpConfigureRequest(frame);
    this.#answered ||= isLcpConfigureReply(frame);
    this.#call.record.frame("client", frame);
    this.feed({ type: "frame", frame });
  }

  /** Goes up with everything that comes from the client, control frames and inner packets. */
  signsOfLife(): number {
    return this.#frames + this.#call.services.plane.counters(this.#call.callId).rxPackets;
  }

  /** Sends an LCP Echo-Request at once. */
  echo(): void {
    this.feed({ type: "probe" });
  }

  /** Any other event; one that comes from within an effect waits for the effects behind that one. */
  feed(event: LinkEvent): void {
    this.#runner.feed(event);
  }

  /** A mistake of ours ends this call and no other. */
  guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#mistaken(error);
    }
  }

  /** The call is over, or has nothing left but to be cleared. */
  stop(): void {
    this.#runner.stop();
    this.#timers.clear();
  }

  facts(): DialFacts {
    const { services, record, callId, from } = this.#call;
    const { heard, elsewhere } = services.plane.counters(callId);
    return {
      stage: this.#stage,
      greSeen: this.#framed || heard,
      elsewhere,
      from,
      asked: this.#asked,
      answered: this.#answered,
      up: record.lasted,
      elapsed: millis(services.clock.now() - record.requestedAt),
    };
  }

  /**
   * No control frame has come. Where other GRE has, it is not blocked, and what is missing are the client's
   * answers in LCP.
   */
  #checkGre(): void {
    const facts = this.facts();
    if (!facts.greSeen) this.#call.failed(endingWithoutGre(WAITED, facts));
  }

  #perform(effect: LinkEffect): void {
    const { services, callId, record } = this.#call;
    const { plane } = services;
    switch (effect.do) {
      case "send":
        record.frame("server", effect.frame);
        plane.sendControl(callId, effect.frame);
        return;
      case "arm":
        this.#timers.arm(effect.timer, effect.after, () => this.#expired(effect.timer));
        return;
      case "disarm":
        this.#timers.disarm(effect.timer);
        return;
      case "verify":
        this.#later(this.#call.verify(effect.credentials));
        return;
      case "assign-address":
        this.#later(this.#call.assign());
        return;
      case "set-keys":
        plane.setKeys(callId, effect.keys);
        return;
      case "flush-encryption":
        plane.flushEncryption(callId);
        return;
      case "open-network":
        this.#openNetwork(effect.network);
        return;
      case "close-network":
        plane.closeNetwork(callId);
        return;
      case "reached":
        this.#stage = effect.stage;
        if (effect.stage === "ipcp") this.#call.up();
        return;
      case "ended":
        this.#call.ended(effect.cause);
        return;
      default:
        effect satisfies never;
    }
  }

  #openNetwork(network: Extract<LinkEffect, { do: "open-network" }>["network"]): void {
    const { services, callId } = this.#call;
    const { address, peerMru, acfc, pfc, encryption } = network;
    const encryptionRequired = encryption !== "none";
    const mtu = innerMtu(services.mtu, peerMru, encryptionRequired);
    this.#call.networkOpens(mtu, encryption);
    const traffic = trafficPolicy(this.#call.loggedIn());
    services.plane.openNetwork(callId, { address, mtu, acfc, pfc, encryptionRequired, traffic });
  }

  #expired(timer: LinkTimer): void {
    if (timer === "echo") {
      // Inner packets are as good a sign of life as an Echo-Reply.
      const { rxPackets } = this.#call.services.plane.counters(this.#call.callId);
      if (rxPackets !== this.#rxSeen) {
        this.#rxSeen = rxPackets;
        this.feed({ type: "alive" });
        return;
      }
    }
    this.feed({ type: "timer", timer });
  }

  #later(work: Promise<void>): void {
    work.catch((error: unknown) => this.#mistaken(error));
  }

  #mistaken(error: unknown): void {
    // No mistake: what is wrong with the database is told once, by its condition, and to this dial's record.
    if (isStoreUnavailable(error)) {
      this.#call.failed({ verdict: "store-unavailable", evidence: error.message });
      return;
    }
    const { callId, services } = this.#call;
    services.log.error({ err: error, callId }, "A call ended by a mistake of pacd");
    this.#call.failed({ verdict: "internal-error", evidence: "The log has the details." });
  }
}

const WAITED = `within ${GRE_BLOCKED_AFTER / 1000} s of the call reply`;
