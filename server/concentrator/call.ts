import { type TunnelFault, UNLIMITED } from "../data-plane/data-plane.ts";
import { describeFrame } from "../ppp/describe.ts";
import { createLink, link } from "../ppp/link/link.ts";
import type { Credentials, LinkEffect, LinkEvent, LinkStage, LinkTimer } from "../ppp/link/link-types.ts";
import type { CallEnd } from "../pptp/control/machine-types.ts";
import type { Millis } from "../wire/units.ts";
import { CallSession } from "./call-session.ts";
import type { CallOrigin, CallServices } from "./call-types.ts";
import { clientClears, resultOf } from "./goodbye.ts";
import { CALL_CLEAR_GRACE, CHALLENGES, GRE_BLOCKED_AFTER, sessionMtu } from "./limits.ts";
import { logIn } from "./log-in.ts";
import { TimerSet } from "./timer-set.ts";
import { type DialFacts, type Ending, endingOfCall, endingOfLink } from "./verdicts/ending.ts";

/** How the control connection is asked to end a call: RFC 2637 §2.13 result codes. */
export type HangUp = (callId: number, result: number) => void;

/** One decoded control message; `at` is the clock's time. */
export interface ControlLine {
  readonly at: number;
  readonly from: "client" | "server";
  readonly text: string;
}

type RoomTimer = LinkTimer | "gre" | "grace";

/**
 * One call: runs the PPP link's machine from the call reply to the last effect, and keeps what the dial was like. The
 * control connection tells it `start` and `down`; the data plane tells it `frame` and `broken`.
 */
export class Call {
  readonly #services: CallServices;
  readonly #origin: CallOrigin;
  readonly #hangUp: HangUp;
  readonly #settled: () => void;
  readonly #timers: TimerSet<RoomTimer>;
  readonly #session: CallSession;
  #link: ReturnType<typeof createLink>;
  #stage: LinkStage | undefined;
  #greSeen = false;
  /** Set once, by whoever first knows why this call ends. */
  #ending: Ending | undefined;
  #linkEnded = false;
  #released = false;
  #rxSeen = 0;
  readonly #whenReleased: (() => void)[] = [];

  /** `settled` is called when the dial has come up or ended. */
  constructor(services: CallServices, origin: CallOrigin, hangUp: HangUp, settled: () => void) {
    this.#settled = settled;
    this.#services = services;
    this.#origin = origin;
    this.#hangUp = hangUp;
    this.#timers = new TimerSet(services.clock);
    this.#session = new CallSession(services, origin, () => this.disconnect());
    this.#link = createLink(services.policy, {
      magic: services.random.u32(),
      challenges: Array.from({ length: CHALLENGES }, () => services.random.bytes(16)),
    });
  }

  /** Who logged in; undefined before that. */
  get userId(): string | undefined {
    return this.#session.known.user?.id;
  }

  /** Has this dial come up, whatever became of it then? */
  get cameUp(): boolean {
    return this.#stage === "ipcp";
  }

  /** The Outgoing-Call-Reply has gone out. */
  start(): void {
    this.#timers.arm("gre", GRE_BLOCKED_AFTER, () => this.#guard(() => this.#greBlocked()));
    this.#feed({ type: "start" });
  }

  /** A PPP control frame came through GRE. */
  frame(frame: Uint8Array): void {
    if (this.#linkEnded) return;
    if (!this.#greSeen) {
      this.#greSeen = true;
      this.#timers.disarm("gre");
    }
    this.#noteFrame("client", frame);
    this.#feed({ type: "frame", frame });
  }

  /** Stateful MPPE from the client has lost its place. */
  coherencyLost(): void {
    this.#feed({ type: "coherency-lost" });
  }

  /** The data plane cannot go on with this tunnel. */
  broken(fault: TunnelFault): void {
    this.close(
      { verdict: fault, evidence: "100 packets in a row were out of step." },
      "encryption out of step",
    );
  }

  /** Ends the link from our side, telling the client why. The first reason given is the one that is kept. */
  close(ending: Ending, text: string): void {
    if (this.#linkEnded) return;
    this.#ending ??= ending;
    this.#feed({ type: "close", text });
  }

  /** As an administrator asks for it; resolves when the client has been told and the call is over. */
  disconnect(): Promise<void> {
    this.close(BY_ADMINISTRATOR, "disconnected by the administrator");
    return this.#released ? Promise.resolve() : new Promise((resolve) => this.#whenReleased.push(resolve));
  }

  /** There is no tunnel for this call: it never began. */
  fail(): void {
    this.#ending = {
      verdict: "internal-error",
      evidence: "The data plane took no tunnel; the log has the details.",
    };
    this.down("hung-up");
  }

  /** A line for the dial's trace from the control connection. */
  note(line: ControlLine): void {
    this.#session.trace.add(line.at, line.from, "pptp", line.text);
  }

  /** The call is over on the control connection: release everything. */
  down(end: CallEnd): void {
    if (this.#released) return;
    this.#released = true;
    this.#linkEnded = true;
    this.#timers.clear();
    this.#settled();
    this.#finish(this.#ending ?? endingOfCall(end, this.#facts()));
    for (const resolve of this.#whenReleased) resolve();
  }

  #feed(event: LinkEvent): void {
    if (this.#linkEnded) return;
    this.#guard(() => {
      const [next, ...effects] = link(this.#link, event);
      this.#link = next;
      for (const effect of effects) this.#perform(effect);
    });
  }

  /** A mistake of ours ends this call and no other. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#services.log.error(
        { err: error, callId: this.#origin.callId },
        "A call ended by a mistake of pacd",
      );
      const ending: Ending = { verdict: "internal-error", evidence: "The log has the details." };
      this.#end(ending);
    }
  }

  #perform(effect: LinkEffect): void {
    const { plane } = this.#services;
    switch (effect.do) {
      case "send":
        this.#noteFrame("server", effect.frame);
        plane.sendControl(this.#origin.callId, effect.frame);
        return;
      case "arm":
        this.#timers.arm(effect.timer, effect.after, () => this.#expired(effect.timer));
        return;
      case "disarm":
        this.#timers.disarm(effect.timer);
        return;
      case "verify":
        this.#later(this.#verify(effect.credentials));
        return;
      case "assign-address":
        this.#later(this.#assign());
        return;
      case "set-keys":
        plane.setKeys(this.#origin.callId, effect.keys);
        return;
      case "flush-encryption":
        plane.flushEncryption(this.#origin.callId);
        return;
      case "close-network":
        plane.closeNetwork(this.#origin.callId);
        return;
      case "open-network": {
        const { address, peerMru, acfc, pfc, encryption } = effect.network;
        const encrypted = encryption !== "none";
        const mtu = sessionMtu(this.#services.mtu, peerMru, encrypted);
        this.#session.known.mtu = mtu;
        this.#session.known.encrypted = encrypted;
        plane.openNetwork(this.#origin.callId, {
          address,
          mtu,
          acfc,
          pfc,
          encryptionRequired: encrypted,
          traffic: UNLIMITED,
        });
        return;
      }
      case "reached":
        this.#stage = effect.stage;
        if (effect.stage !== "ipcp") return;
        this.#settled();
        this.#session.up();
        return;
      case "ended": {
        const ending = this.#ending ?? endingOfLink(effect.cause, this.#facts());
        if (clientClears(effect.cause)) this.#endLink(ending, CALL_CLEAR_GRACE);
        else this.#end(ending);
        return;
      }
      default:
        effect satisfies never;
    }
  }

  #expired(timer: LinkTimer): void {
    if (timer === "echo") {
      // Inner packets are as good a sign of life as an Echo-Reply.
      const { rxPackets } = this.#services.plane.counters(this.#origin.callId);
      if (rxPackets !== this.#rxSeen) {
        this.#rxSeen = rxPackets;
        this.#feed({ type: "alive" });
        return;
      }
    }
    this.#feed({ type: "timer", timer });
  }

  async #verify(credentials: Credentials): Promise<void> {
    const { outcome, refusal } = await logIn(this.#services, this.#session, credentials);
    this.#ending ??= refusal;
    this.#feed({ type: "verified", outcome });
  }

  async #assign(): Promise<void> {
    const lease = await this.#services.leases.take(this.#session.loggedIn());
    if (!lease.ok) {
      this.#ending ??= lease.ending;
      this.#feed({ type: "assigned", assignment: undefined });
    } else if (this.#linkEnded) {
      this.#services.leases.release(lease.assignment.remote);
    } else {
      this.#session.known.address = lease.assignment.remote;
      this.#feed({ type: "assigned", assignment: lease.assignment });
    }
  }

  #later(work: Promise<void>): void {
    work.catch((error: unknown) =>
      this.#guard(() => {
        throw error;
      }),
    );
  }

  #greBlocked(): void {
    const evidence = "No GRE packet arrived within 10 s of the call reply.";
    const ending: Ending = { verdict: "gre-blocked", evidence };
    this.#end(ending);
  }

  #end(ending: Ending): void {
    this.#endLink(ending);
    if (!this.#released) this.#hangUp(this.#origin.callId, resultOf(ending));
  }

  /** The session is over and its address is free; the call itself may live on for its goodbye, for `grace` at most. */
  #endLink(ending: Ending, grace?: Millis): void {
    this.#linkEnded = true;
    this.#timers.clear();
    if (grace !== undefined) {
      this.#timers.arm("grace", grace, () => this.#hangUp(this.#origin.callId, resultOf(ending)));
    }
    this.#ending ??= ending;
    this.#finish(this.#ending);
  }

  #finish(ending: Ending): void {
    // The tunnel goes before the address is free for the next client. What was sent before still leaves first.
    this.#session.finish(ending, this.#services.plane.remove(this.#origin.callId));
  }

  #facts(): DialFacts {
    return {
      stage: this.#stage,
      greSeen: this.#greSeen,
      elapsed: this.#services.clock.now() - this.#session.startedAt,
    };
  }

  #noteFrame(from: "client" | "server", frame: Uint8Array): void {
    const { layer, text } = describeFrame(frame);
    this.#session.trace.add(this.#services.clock.now(), from, layer, text);
  }
}

const BY_ADMINISTRATOR: Ending = {
  verdict: "disconnected-by-administrator",
  evidence: "An administrator asked for it over the API.",
};
