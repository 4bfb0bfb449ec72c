import { ipv4 } from "../../../server/wire/ipv4.ts";
import type { World } from "../../simulation/world.ts";
import { greFrame } from "../../support/peers/gre-bytes.ts";
import { CCP, IPCP, LCP, option } from "../../support/peers/ppp-bytes.ts";
import { CONTROL_FIXTURES } from "../../support/pptp/control-fixtures.ts";
import { changed } from "../changes.ts";
import { FRAMES, innerPackets, OUTSIDE } from "../seeds.ts";
import { Administrator } from "./administrator.ts";
import { Dialler } from "./dialler.ts";
import { type Habits, METHODS } from "./stateless-ppp.ts";
import type { Step, StepKind } from "./steps.ts";
import { USERS } from "./users.ts";

/** Where the clients dial from; one behind the other's NAT as well. */
const FROM = [0xc6336407, 0xc6336408, 0xc6336409, 0xcb007107];

/** Milliseconds that pass. */
const TIMES = [0, 1, 49, 100, 999, 3_000, 10_000, 20_000, 60_000, 130_000];
const SEGMENTS = [1, 2, 7, 16, 160, Number.POSITIVE_INFINITY];
const MPPE_BITS = ["01000040", "01000040", "00000040", "000000e0", "01000001", undefined];
const LAYERS = [LCP, CCP, IPCP];

const LCP_OPTIONS = [
  [option(5, "0c6f3548"), option(7, ""), option(8, "")],
  [option(1, "0578"), option(5, "0c6f3548"), option(7, ""), option(8, ""), option(13, "06")],
  [option(1, "0240"), option(2, "00000000"), option(5, "0c6f3549")],
];

/** The habits that an octet stands for. */
function habitsOf(octet: number): Habits {
  const { name, password } = USERS[octet % USERS.length]!;
  return {
    user: name,
    password: octet === 0xff ? "wrong" : password,
    method: METHODS[(octet >>> 2) % METHODS.length]!,
    mppe: MPPE_BITS[(octet >>> 4) % MPPE_BITS.length],
    lcp: LCP_OPTIONS[octet % LCP_OPTIONS.length]!,
  };
}

type Way = (client: Dialler, step: Step) => void;

const CONTROL = CONTROL_FIXTURES.map((fixture) => fixture.bytes);

/** One of them, spoilt. */
const one = (list: readonly Uint8Array[], { which, change }: Step): Uint8Array =>
  changed(list[which % list.length]!, change);

/** One dialogue: clients, and an administrator, between whom and the server the steps of an input happen. */
export class Dialogue {
  readonly administrator: Administrator;
  readonly diallers: Dialler[] = [];
  readonly #world: World;
  /** Frames that clients have sent in a good dial. */
  readonly #recorded: readonly Uint8Array[];

  /** What a step does that takes no time. */
  readonly #ways: Readonly<Record<Exclude<StepKind, "flow" | "time">, Way>> = {
    spoil: (client, { change }) => {
      const next = client.owed.shift();
      if (next !== undefined) client.send({ ...next, octets: changed(next.octets, change) });
    },
    drop: ({ owed }) => owed.shift(),
    twice: (client) => {
      const [next] = client.owed;
      if (next !== undefined) client.send(next);
    },
    swap: ({ owed }) => owed.push(...owed.splice(0, 1)),
    control: (client, step) => client.write(one(CONTROL, step)),
    frame: (client, step) => client.frame(one(this.#recorded, step)),
    gre: (client, { which, change }) => {
      if (change.value % 3 === 0) client.sequence += change.at;
      const frame = this.#recorded[which % this.#recorded.length]!;
      client.gre(changed(greFrame(client.serverCallId, client.sequence, frame), change));
    },
    data: (client, step) => client.frame(client.ppp.data(one(innerPackets(inside(client), OUTSIDE), step))),
    office: (client, step) => this.#world.tun.deliver(one(innerPackets(OUTSIDE, inside(client)), step)),
    close: (client) => client.close(),
    api: (_client, { which, change }) => this.administrator.act(which, change.value),
    dial: (client, { which, change }) => {
      if (which % 2 === 0 || this.diallers.length === FROM.length) client.call();
      else this.#dial(change.value);
    },
    again: (client, { which }) => client.ppp.negotiate(LAYERS[which % LAYERS.length]!),
    goodbye: (client, { which }) => client.end(which),
    segments: (client, { which }) => {
      client.segment = SEGMENTS[which % SEGMENTS.length]!;
    },
  };

  constructor(world: World, recorded: readonly Uint8Array[], habits: number) {
    this.#world = world;
    this.#recorded = [...recorded, ...FRAMES];
    this.administrator = new Administrator(world);
    this.#dial(habits);
  }

  /** So many messages of the first client that nothing befalls. */
  async begin(count: number): Promise<void> {
    await this.#flow(this.diallers[0]!, count);
  }

  async perform(step: Step): Promise<void> {
    const client = this.diallers.at(-1)!;
    if (step.kind === "flow") await this.#flow(client, (step.which % 8) + 1);
    else if (step.kind === "time") await this.#world.clock.advance(TIMES[step.which % TIMES.length]!);
    else this.#ways[step.kind](client, step);
    await this.#world.clock.advance(0);
  }

  /** The client sends what it owes, and what it comes to owe by the answers. */
  async #flow(client: Dialler, count: number): Promise<void> {
    for (let sent = 0; sent < count; sent += 1) {
      for (let turn = 0; turn < 4 && client.owed.length === 0; turn += 1) await this.#world.clock.advance(0);
      const next = client.owed.shift();
      if (next === undefined) return;
      client.send(next);
      await this.#world.clock.advance(0);
    }
  }

  #dial(habits: number): void {
    this.diallers.push(new Dialler(this.#world, FROM[this.diallers.length]!, habitsOf(habits)));
  }
}

const inside = ({ ppp: { address } }: Dialler) =>
  ipv4(((address[0]! << 24) | (address[1]! << 16) | (address[2]! << 8) | address[3]!) >>> 0);
