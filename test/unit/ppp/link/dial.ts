import type { LogInOutcome } from "../../../../server/ppp/auth/log-in-outcome.ts";
import { describeFrame } from "../../../../server/ppp/describe/describe-frame.ts";
import { decodeFrame, encodeFrame } from "../../../../server/ppp/frame.ts";
import type { Assignment } from "../../../../server/ppp/ipcp/assignment.ts";
import { createLink, link } from "../../../../server/ppp/link/link.ts";
import type {
  LinkEffect,
  LinkEvent,
  LinkPolicy,
  LinkSeeds,
  LinkTimer,
} from "../../../../server/ppp/link/link-types.ts";
import { encodeOptions } from "../../../../server/ppp/option-list.ts";
import { decodePacket, encodePacket, type Packet } from "../../../../server/ppp/packet.ts";
import { PROTOCOL } from "../../../../server/ppp/protocols.ts";
import { type Termination, terminateText } from "../../../../server/ppp/terminate-data.ts";
import { formatIpv4, type Ipv4, parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { octets, seconds } from "../../../../server/wire/units.ts";
import { ascii, fromHex } from "../../../support/bytes.ts";

export const policy: LinkPolicy = {
  mru: octets(1400),
  name: "pacd",
  authentication: ["ms-chap-v2"],
  mppeStrengths: [128],
  mppeStateful: false,
  echoInterval: seconds(30),
  echoFailures: 2,
};

export const ip = (text: string): Ipv4 => parseIpv4(text)!;

export const assignment: Assignment = {
  local: ip("10.77.0.1"),
  remote: ip("10.77.0.10"),
  dns: [ip("10.77.0.53")],
  wins: [],
};

export const right: Extract<LogInOutcome, { ok: true }> = {
  ok: true,
  authenticatorResponse: new Uint8Array(20).fill(0xab),
  keys: { 128: { send: new Uint8Array(16).fill(1), receive: new Uint8Array(16).fill(2) } },
  encryptionRequired: true,
};

export const wrong: LogInOutcome = { ok: false, failure: 691 };

/** As one link gets them. */
export const seeds: LinkSeeds = {
  magic: 0xaa471106,
  challenges: [0x5c, 0x5d, 0x5e, 0x5f].map((octet) => new Uint8Array(16).fill(octet)),
};

export type OptionList = readonly (readonly [code: number, data: string])[];

/** A frame of a control protocol; options as code and hexadecimal data. */
export const packet = (
  protocol: "lcp" | "pap" | "chap" | "ccp" | "ipcp" | "ipv6cp" | "acscp",
  code: number,
  identifier: number,
  data: Uint8Array | OptionList = [],
): Uint8Array =>
  encodeFrame(
    PROTOCOL[protocol],
    encodePacket({
      code,
      identifier,
      data:
        data instanceof Uint8Array
          ? data
          : encodeOptions(data.map(([c, d]) => ({ code: c, data: fromHex(d) }))),
    }),
  );

/** A CHAP Response with a value of `length` octets. */
export const response = (identifier: number, { length = 49, flags = 0, name = "alice" } = {}): Uint8Array => {
  const value = new Uint8Array(length).fill(7);
  if (length > 0) value[length - 1] = flags;
  return packet("chap", 2, identifier, Uint8Array.of(length, ...value, ...ascii(name)));
};

/**
 * One link and what came out of it, each effect as a line. Frames in either direction are what
 * `describeFrame` makes of them, so that a dial reads like a trace.
 */
export class Dial {
  #state: ReturnType<typeof createLink>;
  /** Everything since the start. */
  readonly lines: string[] = [];
  readonly effects: LinkEffect[] = [];
  readonly armed = new Set<LinkTimer>();
  /** Questions that had no answer at one time, at most. */
  mostQuestions = 0;
  #questions: LinkEffect["do"][] = [];

  /** What comes of the client's log-in. */
  readonly login: Extract<LogInOutcome, { ok: true }>;

  constructor(overrides: Partial<LinkPolicy> = {}, login: Partial<Extract<LogInOutcome, { ok: true }>> = {}) {
    this.login = { ...right, ...login };
    this.#state = createLink({ ...policy, ...overrides }, seeds);
  }

  /** The phase that the link is in. */
  get at(): string {
    return this.#state.phase.at;
  }

  feed(event: LinkEvent): string[] {
    const [state, ...effects] = link(this.#state, event);
    this.#state = state;
    this.effects.push(...effects);
    if (event.type === "timer") this.armed.delete(event.timer);
    const answered = event.type === "verified" ? "verify" : event.type === "assigned" ? "assign-address" : "";
    this.#questions = this.#questions.filter((question) => question !== answered);
    for (const effect of effects) {
      if (effect.do === "verify" || effect.do === "assign-address") this.#questions.push(effect.do);
      this.mostQuestions = Math.max(this.mostQuestions, this.#questions.length);
      if (effect.do === "arm") this.armed.add(effect.timer);
      if (effect.do === "disarm") this.armed.delete(effect.timer);
    }
    const lines = effects.map(line);
    this.lines.push(...lines);
    return lines;
  }

  start = (): string[] => this.feed({ type: "start" });
  receive = (frame: Uint8Array): string[] => this.feed({ type: "frame", frame });
  expire = (timer: LinkTimer): string[] => this.feed({ type: "timer", timer });
  verified = (outcome: LogInOutcome): string[] => this.feed({ type: "verified", outcome });
  assigned = (given: Assignment | undefined = assignment): string[] =>
    this.feed({ type: "assigned", assignment: given });

  /** Acknowledges our latest Configure-Request of a protocol. */
  acknowledge(protocol: "lcp" | "ccp" | "ipcp"): string[] {
    const request = this.latest(protocol, 1);
    return this.receive(packet(protocol, 2, request.identifier, request.data));
  }

  /** Effects of one kind, in order. */
  did<D extends LinkEffect["do"]>(what: D): Extract<LinkEffect, { do: D }>[] {
    return this.effects.filter((effect): effect is Extract<LinkEffect, { do: D }> => effect.do === what);
  }

  /** The latest packet that we sent with this code. */
  latest(protocol: "lcp" | "pap" | "chap" | "ccp" | "ipcp", code: number): Packet {
    const found = this.#latest(protocol, code);
    if (found === undefined) throw new Error(`no ${protocol} packet with code ${code} was sent`);
    return found;
  }

  /** Did we send a packet with this code? */
  has(protocol: "lcp" | "pap" | "chap" | "ccp" | "ipcp", code: number): boolean {
    return this.#latest(protocol, code) !== undefined;
  }

  #latest(protocol: "lcp" | "pap" | "chap" | "ccp" | "ipcp", code: number): Packet | undefined {
    for (const effect of this.effects.toReversed()) {
      if (effect.do !== "send") continue;
      const frame = decodeFrame(effect.frame);
      if (!frame.ok || frame.value.protocol !== PROTOCOL[protocol]) continue;
      const found = decodePacket(frame.value.information);
      if (found.ok && found.value.code === code) return found.value;
    }
    return undefined;
  }
}

/** The stages of a dial, each with what a plain client does in it. */
export const reach = {
  lcp(dial: Dial): void {
    dial.start();
    dial.receive(packet("lcp", 1, 1, [[5, "0c6f3548"]]));
    dial.acknowledge("lcp");
  },
  verifying(dial: Dial): void {
    reach.lcp(dial);
    dial.receive(response(1));
  },
  assigning(dial: Dial): void {
    reach.verifying(dial);
    dial.verified(dial.login);
  },
  ccp(dial: Dial): void {
    reach.assigning(dial);
    dial.assigned();
  },
  ipcp(dial: Dial): void {
    reach.ccp(dial);
    dial.receive(packet("ccp", 1, 1, [[18, "01000040"]]));
    dial.acknowledge("ccp");
  },
  up(dial: Dial): void {
    reach.ipcp(dial);
    dial.receive(packet("ipcp", 1, 1, [[3, "0a4d000a"]]));
    dial.acknowledge("ipcp");
  },
} as const;

const inWords = (value: string | Termination): string =>
  typeof value === "string" ? value : `${value.protocol} ${terminateText(value.data)}`.trimEnd();

function line(effect: LinkEffect): string {
  switch (effect.do) {
    case "send": {
      const { layer, text } = describeFrame(effect.frame);
      return `${layer} ${text}`;
    }
    case "arm":
      return `arm ${effect.timer} ${effect.after}`;
    case "disarm":
      return `disarm ${effect.timer}`;
    case "open-network": {
      const { address, peerMru, acfc, pfc, encryption } = effect.network;
      return `open-network ${formatIpv4(address)} mru=${peerMru} acfc=${acfc} pfc=${pfc} encryption=${encryption}`;
    }
    case "reached":
      return `reached ${effect.stage}`;
    case "ended":
      return `ended ${Object.values(effect.cause).map(inWords).join(" ")}`;
    default:
      return effect.do;
  }
}

/** Our Terminate-Request, as the lines of a dial show it. */
export const terminateRequest = (identifier: number, text: string): string[] => [
  `lcp Terminate-Request id=${identifier} "${text}"`,
  "arm terminate 1000",
];
/** The client acknowledges our Terminate-Request. */
export const terminateAck = (dial: Dial): string[] =>
  dial.receive(packet("lcp", 6, dial.latest("lcp", 5).identifier));
