import { createInterface } from "node:readline";
import { Decryptor } from "../../../server/mppe/decryptor.ts";
import { Encryptor } from "../../../server/mppe/encryptor.ts";
import { HEADER_OCTETS } from "../../../server/mppe/header.ts";
import type { MppeKeys } from "../../../server/ppp/link-common/mppe-keys.ts";
import { type Ipv4, parseIpv4 } from "../../../server/wire/ipv4.ts";
import { ping } from "./inner-packet.ts";
import { LightDial } from "./light-dial.ts";
import { SharedGre } from "./shared-gre.ts";

// SERVER USER PASSWORD COUNT TARGET CALL-ID: so many sessions, whose call IDs are from that one on, each of
// which pings TARGET ten times a second through its tunnel and looks at every answer. Says {"ready":true}
// when all are up. For each line on standard input: asks no more until the answers are here or none comes any
// more, and says how many were asked, answered and over since the line before; then it goes on.

const [server, user, password, count, target, first] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const TARGET = parseIpv4(target)!;
const EVERY = 100;
const AT_ONCE = 16;

/** Milliseconds without an answer after which none comes any more. */
const SILENCE = 1500;

/** FF 03, the protocol of MPPE, its header, and within it the protocol of IPv4. */
const HEAD = Uint8Array.of(0xff, 0x03, 0x00, 0xfd, 0, 0, 0x00, 0x21);
const MPPE_AT = 4;
const ECHO_REPLY = 0;
const IPV4_HEADER = 20;

const gre = new SharedGre(Number(first));
const tally = { asked: 0, answered: 0, over: 0 };
const failures = new Set<string>();
let answeredAt = performance.now();

/** One session, from its dial to its end. */
class Pinger {
  readonly #number: number;
  #dial: LightDial | undefined;
  #seal: Encryptor | undefined;
  #open: Decryptor | undefined;
  #address: Ipv4 | undefined;
  #sequence = 0;
  readonly #waiting = new Set<number>();

  constructor(number: number) {
    this.#number = number;
  }

  /** Resolves when the session is up, or will not be. */
  begin(): Promise<void> {
    return new Promise((resolve) => {
      this.#dial = new LightDial(
        gre,
        { server, user, password },
        {
          armed: (keys: MppeKeys) => {
            this.#seal = new Encryptor(keys.send);
            this.#open = new Decryptor(keys.receive);
          },
          up: (_ms, network) => {
            this.#address = network.address;
            resolve();
          },
          data: (frame) => this.#received(frame),
          over: (failure) => {
            this.#address = undefined;
            // What nobody will answer any more was not lost.
            tally.asked -= this.#waiting.size;
            tally.over += 1;
            if (failure !== undefined) failures.add(failure);
            resolve();
          },
        },
      );
    });
  }

  ask(): void {
    if (this.#address === undefined) return;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const inner = ping(this.#address, TARGET, this.#number, this.#sequence);
    const frame = new Uint8Array(HEAD.length + inner.length);
    frame.set(HEAD);
    frame.set(inner, HEAD.length);
    this.#seal!.seal(frame, MPPE_AT, frame.length);
    this.#waiting.add(this.#sequence);
    tally.asked += 1;
    this.#dial!.send(frame);
  }

  /** Answers that have not come are lost. */
  giveUp(): void {
    this.#waiting.clear();
  }

  #received(frame: Uint8Array): void {
    const from = frame[0] === 0xff ? 2 : 0;
    const mppeAt = frame[from] === 0xfd ? from + 1 : from + 2;
    if (this.#open?.open(frame, mppeAt, frame.length) !== "ok") return;
    const protocolAt = mppeAt + HEADER_OCTETS;
    const icmpAt = protocolAt + (frame[protocolAt] === 0x21 ? 1 : 2) + IPV4_HEADER;
    const view = new DataView(frame.buffer, frame.byteOffset + icmpAt);
    if (view.getUint8(0) !== ECHO_REPLY || view.getUint16(4) !== this.#number) return;
    if (!this.#waiting.delete(view.getUint16(6))) return;
    tally.answered += 1;
    answeredAt = performance.now();
  }
}

const pingers = Array.from({ length: Number(count) }, (_, number) => new Pinger(number + 1));
const next = pingers.values();
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (const pinger of next) await pinger.begin();
  }),
);
process.stdout.write(`${JSON.stringify({ ready: true, over: tally.over, failures: [...failures] })}\n`);

let asking = true;
let turn = 0;
/** Turns since the last line; after ten of them each has asked. */
let turns = 0;
setInterval(() => {
  turns += 1;
  // A tenth of them in each turn, so that they do not all come at once.
  for (let i = turn; asking && i < pingers.length; i += 10) pingers[i]!.ask();
  turn = (turn + 1) % 10;
}, EVERY / 10);

createInterface({ input: process.stdin }).on("line", () => {
  const look = setInterval(() => {
    if (turns < 10) return;
    if (asking) answeredAt = performance.now();
    asking = false;
    if (tally.answered < tally.asked && performance.now() - answeredAt < SILENCE) return;
    clearInterval(look);
    process.stdout.write(`${JSON.stringify(tally)}\n`);
    Object.assign(tally, { asked: 0, answered: 0, over: 0 });
    for (const pinger of pingers) pinger.giveUp();
    asking = true;
    turns = 0;
  }, 20);
});
