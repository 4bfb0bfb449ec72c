import { AppError } from "../../../server/errors/app-error.ts";
import type { Connection } from "../../../server/platform/tcp.ts";
import { innerMtu } from "../../../server/ppp/inner-mtu.ts";
import { type PeerCallId, toPeerCallId } from "../../../server/wire/call-id.ts";
import { formatIpv4, type Ipv4, parseIpv4 } from "../../../server/wire/ipv4.ts";
import { lengthOfTime } from "../../../server/wire/length-of-time.ts";
import { type Millis, millis } from "../../../server/wire/units.ts";
import type { FailureCode } from "../../../verdicts/register.ts";
import type { LinkStage, Stage } from "../../../verdicts/stages.ts";
import { CLOSING_WAIT } from "../control/limits.ts";
import type { PnsEnd } from "../control/pns-types.ts";
import { controlFailure, hasHungUp } from "../failures/control-failure.ts";
import type { Failure } from "../failures/failure.ts";
import { hostSentence } from "../failures/host-failure.ts";
import { linkFailure } from "../failures/link-failure.ts";
import { tcpFailure } from "../failures/tcp-failure.ts";
import { timeoutFailure } from "../failures/timeout-failure.ts";
import type { LinkEnd, LinkFailure, Network } from "../link/link-types.ts";
import { MRU } from "../tunnel/limits.ts";
import { Tunnel } from "../tunnel/tunnel.ts";
import { agreed, greeting, whoIsThere } from "./agreed.ts";
import { ControlConnection } from "./control-connection.ts";
import type { DialEvents, DialHost, DialSettings, GrePort } from "./dial-types.ts";
import { LATE_GRE, UNHEARD_AFTER } from "./limits.ts";
import { LinkRunner } from "./link-runner.ts";
import { networksOf, swallowing } from "./routes.ts";

/**
 * One dial from the first TCP segment to the end of its TCP connection. Events come while a port is read or a
 * timer runs.
 */
export class Dial {
  readonly #host: DialHost;
  readonly #settings: DialSettings;
  readonly #events: DialEvents;
  readonly #began: Millis;
  #stageBegan: Millis;
  /** When the tunnel came up. */
  #upSince = millis(0);
  #stage: Stage = "tcp";
  readonly #callId: PeerCallId;
  #gre: GrePort | undefined;
  #tunnel: Tunnel | undefined;
  #control: ControlConnection | undefined;
  #link: LinkRunner | undefined;
  #cancelTimeout = () => {};
  #cancelWait = () => {};
  #cancelLate = () => {};
  /** "closing": we are hanging up, and nothing is told any more but `over`. */
  #at: "dialling" | "up" | "closing" | "over" = "dialling";
  #tcp: Connection | undefined;
  #greeting = "";

  constructor(host: DialHost, settings: DialSettings, events: DialEvents) {
    this.#host = host;
    this.#settings = settings;
    this.#events = events;
    this.#callId = toPeerCallId(host.u16());
    this.#began = host.clock.now();
    this.#stageBegan = this.#began;
  }

  /** Resolves when TCP is there or has failed; all that follows comes as events. */
  async start(): Promise<void> {
    const { server, port, timeout } = this.#settings;
    try {
      this.#gre = this.#host.openGre(this.#callId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#fail("host-refused", hostSentence(error), "host");
      return;
    }
    this.#cancelTimeout = this.#host.clock.after(timeout, () => this.#timedOut());
    try {
      this.#connected(await this.#host.connect(server, port, timeout));
    } catch (error) {
      if (this.#at !== "dialling") return;
      this.#fail(...tcpFailure(error, server, port));
    }
  }

  /** What passed through the tunnel so far. */
  get counters() {
    return this.#tunnel?.counters;
  }

  /** Hangs up in order: LCP, the call, the control connection. Harmless at any time. */
  hangUp(): void {
    if (this.#at === "closing" || this.#at === "over") return;
    this.#close();
    if (this.#link?.live) this.#link.close();
    else this.#hangUpControl();
  }

  #connected(tcp: Connection): void {
    if (this.#at !== "dialling") {
      tcp.destroy();
      return;
    }
    this.#tcp = tcp;
    const callId = this.#callId;
    const peer = parseIpv4(tcp.remoteAddress)!;
    const local = parseIpv4(tcp.localAddress)!;
    const swallowed = swallowing(this.#settings.tun?.routes ?? [], peer);
    if (swallowed !== undefined) {
      this.#fail("route-swallows-server", swallowed, "host");
      return;
    }
    this.#done("tcp", whoIsThere(tcp), "control");
    const { clock } = this.#host;
    const tunnel = new Tunnel(
      {
        gre: this.#gre!,
        clock,
        mppe: this.#host.mppe(),
        events: {
          control: (frame) => this.#link?.frame(frame),
          broken: () => this.#fail("encryption-lost", "Too many packets in a row had an impossible count."),
        },
      },
      { callId, peer, local },
    );
    this.#tunnel = tunnel;
    const seeds = { magic: this.#host.u32(), peerChallenge: this.#host.bytes(16) };
    this.#link = new LinkRunner(
      clock,
      tunnel,
      { ...this.#settings, seeds },
      {
        reached: (stage) => {
          // Not before: GRE of this call that comes from elsewhere would never be seen, and could not be
          // named.
          if (stage.name === "lcp") this.#gre!.keepTo(local, peer);
          this.#done(stage.name, agreed(stage), NEXT[stage.name]);
          if (stage.name === "auth" && this.#settings.strengths.length === 0) this.#stage = "ipcp";
        },
        open: (network) => this.#up(network),
        failed: (cause) => {
          this.#linkFailed(cause);
          this.#close();
        },
        ended: (cause) => this.#linkEnded(cause),
      },
    );
    const call = { callId, serialNumber: 0 };
    this.#control = new ControlConnection(clock, tcp, call, {
      greeted: (hostName, vendorName) => {
        this.#greeting = greeting(hostName, vendorName);
      },
      callUp: (serverCallId) => {
        this.#done("control", this.#greeting, "lcp");
        tunnel.connect(serverCallId);
        this.#link!.start();
      },
      ended: (cause) => this.#controlEnded(cause),
    });
    this.#control.start();
  }

  /** IPCP is done. */
  #up(network: Network): void {
    const { address, server, dns, encryption, acfc, pfc, peerMru } = network;
    const encrypted = encryption !== "none";
    const mtu = innerMtu(MRU, peerMru, encrypted);
    this.#tunnel!.openNetwork({ mtu, acfc, pfc, encrypted });
    this.#cancelTimeout();
    this.#at = "up";
    this.#upSince = this.#host.clock.now();
    const { tun } = this.#settings;
    if (tun !== undefined) {
      const routes = networksOf(tun.routes, server);
      try {
        this.#tunnel!.attach(this.#host.openTun(tun.name, { local: address, mtu, routes }));
      } catch (error) {
        this.#fail("tun-refused", (error as Error).message, "host");
        return;
      }
    }
    this.#events.connected({ address, server, dns, encryption, mtu, elapsed: this.#since(this.#began) });
  }

  #done(stage: Stage, words: string, next: Stage): void {
    this.#events.done({ stage, elapsed: this.#since(this.#stageBegan), agreed: words });
    this.#stageBegan = this.#host.clock.now();
    this.#stage = next;
  }

  #timedOut(): void {
    const seconds = `${this.#settings.timeout / 1000} s`;
    const answered = { start: this.#greeting !== "", lcp: this.#link?.answered === true };
    this.#fail(timeoutFailure(this.#stage, answered), `The dial was not up after ${seconds}.`);
  }

  #linkEnded(cause: LinkEnd): void {
    if (cause.code !== "closed") this.#linkFailed(cause);
    this.#close();
    if (cause.code === "peer-terminated") this.#waitForTheServer();
    else this.#hangUpControl();
  }

  /** Whoever ended PPP also clears the call (RFC 1661 §4.4); ours would overtake our own Terminate-Ack. */
  #waitForTheServer(): void {
    this.#cancelWait = this.#host.clock.after(CLOSING_WAIT, () => this.#hangUpControl());
  }

  /** A server that wants encryption says so by hanging up after the log-in, or by Windows' number for it. */
  #linkFailed(cause: LinkFailure): void {
    const [code, seen] = linkFailure(cause, this.#at === "up");
    const inClear =
      this.#settings.strengths.length === 0 && this.#stage === "ipcp" && this.#at === "dialling";
    const overEncryption = code === "mppe-refused" || code === "hung-up-by-server";
    if (inClear && overEncryption) this.#say("mppe-demanded", seen, "ccp");
    else this.#say(code, seen);
  }

  /**
   * A server says why in PPP, whose packets may come later than those of TCP that were sent behind them:
   * RRAS clears the call right after its Terminate-Request.
   */
  #controlEnded(cause: PnsEnd): void {
    const mayStillSay = this.#at === "dialling" && this.#link?.live === true && hasHungUp(cause);
    if (!mayStillSay) this.#controlOver(cause);
    else this.#cancelLate = this.#host.clock.after(LATE_GRE, () => this.#controlOver(cause));
  }

  #controlOver(cause: PnsEnd): void {
    if (cause.code !== "hung-up") {
      const [code, seen] = controlFailure(cause);
      // A server that hears us answers our first request at once: whoever hangs up later than that has heard
      // nothing.
      const unheard = this.#stage === "lcp" && this.#tunnel?.heard === true && this.#link?.answered === false;
      if (unheard && this.#since(this.#stageBegan) >= UNHEARD_AFTER)
        this.#say("gre-blocked", `${seen} GRE packets of the server had come, but it answered none of ours.`);
      else this.#say(code, seen);
    }
    this.#over();
  }

  /** Tells the reason, and hangs up. */
  #fail(code: FailureCode, seen: string, stage: Failure["stage"] = this.#stage): void {
    this.#say(code, seen, stage);
    this.hangUp();
  }

  /** The first reason stands. Without a single GRE packet there is one reason, whoever gave up first. */
  #say(code: FailureCode, seen: string, stage: Failure["stage"] = this.#stage): void {
    if (this.#at === "closing" || this.#at === "over") return;
    if (this.#stage === "lcp" && this.#tunnel?.heard === false) {
      this.#events.failed({ stage, ...this.#withoutGre(seen, this.#tunnel.elsewhere) });
    } else if (this.#at === "up" && stage !== "host") {
      const up = lengthOfTime(this.#since(this.#upSince));
      this.#events.failed({ code, stage: "tunnel", seen: `The tunnel was up for ${up}. ${seen}` });
    } else this.#events.failed({ code, stage, seen });
  }

  #withoutGre(seen: string, elsewhere: Ipv4 | undefined): Omit<Failure, "stage"> {
    if (elsewhere === undefined) return { code: "gre-blocked", seen: `${seen} No GRE packet came before.` };
    const both = `GRE packets of this call came from ${formatIpv4(elsewhere)}, and none from ${this.#tcp!.remoteAddress}.`;
    return { code: "gre-from-elsewhere", seen: `${seen} ${both}` };
  }

  #close(): void {
    this.#cancelTimeout();
    if (this.#at !== "over") this.#at = "closing";
  }

  #hangUpControl(): void {
    if (this.#control === undefined) this.#over();
    else this.#control.hangUp();
  }

  #over(): void {
    if (this.#at === "over") return;
    this.#at = "over";
    this.#cancelTimeout();
    this.#cancelWait();
    this.#cancelLate();
    this.#link?.stop();
    if (this.#tunnel === undefined) this.#gre?.close();
    this.#tunnel?.close();
    this.#tcp?.end();
    this.#events.over();
  }

  #since(moment: Millis): Millis {
    return millis(this.#host.clock.now() - moment);
  }
}

const NEXT: Readonly<Record<LinkStage, Stage>> = {
  lcp: "auth",
  auth: "ccp",
  ccp: "ipcp",
  ipcp: "ipcp",
};
