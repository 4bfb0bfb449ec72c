import { ControlConnection } from "../../../pacctl/client/dial/control-connection.ts";
import { createLink, type LinkState, link } from "../../../pacctl/client/link/link.ts";
import type { LinkEffect, LinkEvent, LinkTimer, Network } from "../../../pacctl/client/link/link-types.ts";
import { MRU } from "../../../pacctl/client/tunnel/limits.ts";
import type { GreHeader } from "../../../server/gre/header.ts";
import { Runner } from "../../../server/machine/runner.ts";
import { systemClock } from "../../../server/platform/clock.ts";
import { randomBytes, randomU32 } from "../../../server/platform/random.ts";
import { dialTcp } from "../../../server/platform/tcp-dialer.ts";
import { TimerSet } from "../../../server/platform/timer-set.ts";
import type { MppeKeys } from "../../../server/ppp/link-common/mppe-keys.ts";
import { toPeerCallId } from "../../../server/wire/call-id.ts";
import { parseIpv4 } from "../../../server/wire/ipv4.ts";
import { seconds } from "../../../server/wire/units.ts";
import type { GreCall, SharedGre } from "./shared-gre.ts";

/** Of pacd in the bench. */
const PORT = 1723;
const PATIENCE = seconds(10);

export interface DialEvents {
  /** What packets would be encrypted with, before the session is up. */
  armed?(keys: MppeKeys): void;
  /** A PPP frame of data has come, encrypted or not, for who wants it; its octets are his. */
  data?(frame: Uint8Array): void;
  /** The session is up, so many milliseconds after the first segment. */
  up(ms: number, network: Network): void;
  /** The last one; `failure` in one word, undefined where we hung up. */
  over(failure: string | undefined): void;
}

export interface Account {
  readonly server: string;
  readonly user: string;
  readonly password: string;
}

/**
 * A whole dial on the product's own client machines, without a packet loop: thousands fit into one process.
 * It answers keep-alives inside the tunnel and sends none, as a pppd without options does. Frames that
 * overtake the Outgoing-Call-Reply are asked for again by who sent them; a veth has none.
 */
export class LightDial {
  readonly #events: DialEvents;
  readonly #gre: GreCall;
  readonly #timers = new TimerSet<LinkTimer>(systemClock);
  readonly #began = performance.now();
  readonly #runner: Runner<LinkState, LinkEvent, LinkEffect>;
  #control: ControlConnection | undefined;
  #failure: string | undefined;

  constructor(shared: SharedGre, { server, user, password }: Account, events: DialEvents) {
    this.#events = events;
    this.#gre = shared.call((frame) => this.#received(frame));
    const settings = { mru: MRU, authentication: ["ms-chap-v2"], strengths: [128], user, password } as const;
    const seeds = { magic: randomU32(), peerChallenge: randomBytes(16) };
    this.#runner = new Runner(link, [createLink(settings, seeds)], {
      perform: (effect) => this.#perform(effect),
      failed: (error) => {
        throw error;
      },
    });
    this.#start(server).catch((error: NodeJS.ErrnoException) => {
      this.#gre.close();
      events.over(error.code ?? error.message);
    });
  }

  /** Fills in the GRE header of the next data packet, for who sends some himself; returns it. */
  number(header: GreHeader, payloadLength: number): GreHeader {
    return this.#gre.number(header, payloadLength);
  }

  /** Sends a PPP frame as it stands. */
  send(frame: Uint8Array): void {
    this.#gre.send(frame);
  }

  hangUp(): void {
    this.#runner.feed({ type: "close" });
  }

  async #start(server: string): Promise<void> {
    const tcp = await dialTcp(server, PORT, PATIENCE);
    this.#control = new ControlConnection(
      systemClock,
      tcp,
      { callId: toPeerCallId(this.#gre.id), serialNumber: 0 },
      {
        greeted() {},
        callUp: (serverCallId) => {
          this.#gre.connect(parseIpv4(server)!, serverCallId);
          this.#runner.feed({ type: "start" });
        },
        ended: ({ code }) => {
          this.#timers.clear();
          this.#gre.close();
          tcp.end();
          this.#events.over(this.#failure ?? (code === "hung-up" ? undefined : code));
        },
      },
    );
    this.#control.start();
  }

  #received(frame: Uint8Array): void {
    const protocol = frame[frame[0] === 0xff ? 2 : 0] ?? 0;
    // An odd octet is a whole protocol number (RFC 1661 §6.5), and one of data.
    if (protocol % 2 === 0 && protocol >= FIRST_CONTROL) this.#runner.feed({ type: "frame", frame });
    else this.#events.data?.(frame);
  }

  #perform(effect: LinkEffect): void {
    switch (effect.do) {
      case "send":
        this.#gre.send(effect.frame);
        return;
      case "arm":
        if (effect.timer === "echo") return;
        this.#timers.arm(effect.timer, effect.after, () =>
          this.#runner.feed({ type: "timer", timer: effect.timer }),
        );
        return;
      case "disarm":
        this.#timers.disarm(effect.timer);
        return;
      case "set-keys":
        this.#events.armed?.(effect.keys);
        return;
      case "reached":
        return;
      case "open-network":
        this.#events.up(performance.now() - this.#began, effect.network);
        return;
      case "failed":
        this.#failure = effect.cause.code;
        return;
      case "ended":
        this.#timers.clear();
        if (effect.cause.code !== "closed") this.#failure = effect.cause.code;
        this.#control?.hangUp();
        return;
      default:
        effect satisfies never;
    }
  }
}

/** First octet of a protocol that is no data: LCP, CCP, IPCP and authentication are above. */
const FIRST_CONTROL = 0x40;
