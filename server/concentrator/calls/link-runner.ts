import { Runner } from "../../machine/runner.ts";
import { TimerSet } from "../../platform/timer-set.ts";
import type { Credentials } from "../../ppp/auth/credentials.ts";
import { innerMtu } from "../../ppp/inner-mtu.ts";
import { isLcpConfigureReply, isLcpConfigureRequest } from "../../ppp/lcp/configure-reply.ts";
import { closingCause, createLink, type LinkState, link } from "../../ppp/link/link.ts";
import type { LinkEffect, LinkEnd, LinkEvent, LinkTimer } from "../../ppp/link/link-types.ts";
import { isStoreUnavailable } from "../../store/store-unavailable.ts";
import { millis } from "../../wire/units.ts";
import { trafficPolicy } from "../policy/traffic-policy.ts";
import { type DialFacts, type Ending, endingWithoutGre } from "../records/ending.ts";
import type { CallSession } from "./call-session.ts";
import type { CallOrigin, CallServices } from "./call-types.ts";
import { CHALLENGES, GRE_BLOCKED_AFTER } from "./limits.ts";

/** The call around a link: it decides, the link only asks. */
export interface LinkOwner {
  readonly services: CallServices;
  readonly origin: CallOrigin;
  readonly session: CallSession;
  /** A client proves itself; answered with `verified`. */
  verify(credentials: Credentials): Promise<void>;
  /** It needs an address; answered with `assigned`. */
  assign(): Promise<void>;
  /** IPCP is open; also after LCP was negotiated anew. */
  up(): void;
  /** The link has ended; nothing follows. */
  ended(cause: LinkEnd): void;
  /** It cannot go on, and there is nobody to say goodbye to: no GRE, or a mistake of ours. */
  failed(ending: Ending): void;
}

/**
 * Runs the machine of one PPP link: frames and timers in; data plane, timers and the call's decisions out.
 */
export class LinkRoom {
  readonly #owner: LinkOwner;
  readonly #timers: TimerSet<LinkTimer | "gre">;
  readonly #runner: Runner<LinkState, LinkEvent, LinkEffect>;
  #stage: DialFacts["stage"];
  #framed = false;
  #asked = false;
  #answered = false;
  #rxSeen = 0;
  #frames = 0;

  constructor(owner: LinkOwner) {
    const { clock, ticks, random, policy } = owner.services;
    this.#owner = owner;
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

  /** Why we are saying goodbye; undefined: we are not. */
  get closing(): LinkEnd | undefined {
    return closingCause(this.#runner.state);
  }

  /** The Outgoing-Call-Reply has gone out. */
  start(): void {
    this.#timers.arm("gre", GRE_BLOCKED_AFTER, () => this.#silent());
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
    this.#owner.session.frame("client", frame);
    this.feed({ type: "frame", frame });
  }

  /** Goes up with everything that comes from the client, control frames and inner packets. */
  signsOfLife(): number {
    return this.#frames + this.#owner.services.plane.counters(this.#owner.origin.callId).rxPackets;
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

  /** The call is over, or has nothing left but its goodbye. */
  stop(): void {
    this.#runner.stop();
    this.#timers.clear();
  }

  facts(): DialFacts {
    const { services, session, origin } = this.#owner;
    const { heard, elsewhere } = services.plane.counters(origin.callId);
    return {
      stage: this.#stage,
      greSeen: this.#framed || heard,
      elsewhere,
      from: origin.peerAddress,
      asked: this.#asked,
      answered: this.#answered,
      up: session.lasted,
      elapsed: millis(services.clock.now() - session.startedAt),
    };
  }

  /**
   * No control frame has come. Where other GRE has, it is not blocked, and what is missing are the client's
   * answers in LCP.
   */
  #silent(): void {
    const facts = this.facts();
    if (!facts.greSeen) this.#owner.failed(endingWithoutGre(WAITED, facts));
  }

  #perform(effect: LinkEffect): void {
    const { services, origin, session } = this.#owner;
    const { plane } = services;
    switch (effect.do) {
      case "send":
        session.frame("server", effect.frame);
        plane.sendControl(origin.callId, effect.frame);
        return;
      case "arm":
        this.#timers.arm(effect.timer, effect.after, () => this.#expired(effect.timer));
        return;
      case "disarm":
        this.#timers.disarm(effect.timer);
        return;
      case "verify":
        this.#later(this.#owner.verify(effect.credentials));
        return;
      case "assign-address":
        this.#later(this.#owner.assign());
        return;
      case "set-keys":
        plane.setKeys(origin.callId, effect.keys);
        return;
      case "flush-encryption":
        plane.flushEncryption(origin.callId);
        return;
      case "open-network":
        this.#openNetwork(effect.network);
        return;
      case "close-network":
        plane.closeNetwork(origin.callId);
        return;
      case "reached":
        this.#stage = effect.stage;
        if (effect.stage === "ipcp") this.#owner.up();
        return;
      case "ended":
        this.#owner.ended(effect.cause);
        return;
      default:
        effect satisfies never;
    }
  }

  #openNetwork(network: Extract<LinkEffect, { do: "open-network" }>["network"]): void {
    const { services, origin, session } = this.#owner;
    const { address, peerMru, acfc, pfc, encryption } = network;
    const encryptionRequired = encryption !== "none";
    const mtu = innerMtu(services.mtu, peerMru, encryptionRequired);
    session.known.mtu = mtu;
    session.known.encryption = encryption;
    const traffic = trafficPolicy(session.loggedIn());
    services.plane.openNetwork(origin.callId, { address, mtu, acfc, pfc, encryptionRequired, traffic });
  }

  #expired(timer: LinkTimer): void {
    if (timer === "echo") {
      // Inner packets are as good a sign of life as an Echo-Reply.
      const { rxPackets } = this.#owner.services.plane.counters(this.#owner.origin.callId);
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
      this.#owner.failed({ verdict: "store-unavailable", evidence: error.message });
      return;
    }
    const { callId } = this.#owner.origin;
    this.#owner.services.log.error({ err: error, callId }, "A call ended by a mistake of pacd");
    this.#owner.failed({ verdict: "internal-error", evidence: "The log has the details." });
  }
}

const WAITED = `within ${GRE_BLOCKED_AFTER / 1000} s of the call reply`;
