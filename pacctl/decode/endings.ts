import { CODE } from "../../server/ppp/codes.ts";
import { decodeCutPacket, WINDOWS_LENGTH, wholePacket } from "../../server/ppp/cut-packet.ts";
import { decodeFrame } from "../../server/ppp/frame.ts";
import { PROTOCOL } from "../../server/ppp/protocols.ts";
import {
  decodeTerminateData,
  type TerminateData,
  type Termination,
} from "../../server/ppp/terminate-data.ts";
import { mostTelling, type ToldError } from "../../verdicts/ras-causes.ts";
import type { Moment, Side } from "../capture/captured.ts";
import { opposite } from "./side.ts";

/** What one side can do to end a call. */
export type Step =
  | ({
      readonly kind: "terminate";
      /** What the capture cut away of its data: nothing, or a number of Windows' perhaps. */
      readonly cut?: "text" | "number";
    } & Termination)
  | { readonly kind: "clear" }
  | {
      readonly kind: "notify";
      /** Here and below, undefined is what the capture cut away. */
      readonly result: number | undefined;
      readonly error: number | undefined;
      /** Of Q.931. */
      readonly cause: number | undefined;
      /** Call Statistics, safe to be quoted. */
      readonly statistics: string;
    }
  | { readonly kind: "stop"; readonly reason: number | undefined }
  | { readonly kind: "fin" | "reset" };

/** It, by whom and when: nanoseconds of the capture, and the packet. */
export type Ending = Step & {
  readonly from: Side;
  readonly at: number;
  readonly frame: number;
};

/** What one side says to an end that the other has asked for: Terminate-Ack of LCP, or a Stop-Reply. */
export interface Answer {
  readonly to: "terminate" | "stop";
  readonly from: Side;
  readonly at: number;
}

/** A Terminate-Request among them. */
type Terminated = Extract<Ending, { kind: "terminate" }>;

/**
 * Ours: what one side does to end a call comes within so many nanoseconds. pppd waits three seconds for a
 * Terminate-Ack, twice.
 */
const ONE_GOODBYE = 10e9;

const PROTOCOLS = new Map<number, Termination["protocol"]>([
  [PROTOCOL.lcp, "lcp"],
  [PROTOCOL.ccp, "ccp"],
  [PROTOCOL.ipcp, "ipcp"],
]);

/** Who ended a call, and how: everything that either side did to that end, in the order of time. */
export class Endings {
  readonly #all: Ending[] = [];
  /** In the order of the file; they tell of an end where the capture lacks what they answer. */
  readonly answers: Answer[] = [];

  /**
   * Each kind counts once by each side, at the earliest time: what is sent again says nothing new, wherever
   * it stands in the file.
   */
  add(from: Side, { at, frame }: Moment, step: Step): void {
    const known = this.#all.findIndex((one) => one.from === from && name(one) === name(step));
    if (known >= 0 && this.#all[known]!.at <= at) return;
    if (known >= 0) this.#all.splice(known, 1);
    this.#all.push({ ...step, from, at, frame });
    this.#all.sort((a, b) => a.at - b.at || a.frame - b.frame);
  }

  /** The first of its kind by each side. */
  answer(from: Side, { at }: Moment, to: Answer["to"]): void {
    if (!this.answers.some((one) => one.from === from && one.to === to)) this.answers.push({ to, from, at });
  }

  /**
   * A PPP frame: a Terminate-Request and its Ack, or a Configure-Request, which shows that its sender goes
   * on. CCP alone is terminated by whoever finds no compression, and the link goes on without it; a link may
   * also be negotiated anew. `isCut`: the beginning of a frame.
   */
  frame(from: Side, when: Moment, octets: Uint8Array, isCut = false): void {
    const frame = decodeFrame(octets);
    const protocol = frame.ok ? PROTOCOLS.get(frame.value.protocol) : undefined;
    if (!frame.ok || protocol === undefined) return;
    const packet = isCut ? decodeCutPacket(frame.value.information) : wholePacket(frame.value.information);
    if (packet === undefined) return;
    const { code, data, cut, length } = packet;
    if (code === CODE.terminateRequest)
      this.add(from, when, {
        kind: "terminate",
        protocol,
        data: lasting(decodeTerminateData(data)),
        ...(cut ? { cut: length === undefined || length === WINDOWS_LENGTH ? "number" : "text" } : {}),
      });
    else if (code === CODE.terminateAck && protocol === "lcp") this.answer(from, when, "terminate");
    else if (code === CODE.configureRequest) this.#goesOn(from, when.at, protocol);
  }

  /** What was seen of a call that turned out to be this one. */
  takeOver({ all, answers }: Endings): void {
    for (const ending of all) this.add(ending.from, { ...ending, interfaceId: 0 }, ending);
    this.answers.push(...answers);
  }

  /** Who was taken for the client is the server. */
  turn(): void {
    const turned = this.#all.map((one) => ({ ...one, from: opposite(one.from) }));
    this.#all.splice(0, this.#all.length, ...turned);
    const answers = this.answers.map((one) => ({ ...one, from: opposite(one.from) }));
    this.answers.splice(0, answers.length, ...answers);
  }

  /** What ended the call, the first step of whoever took one first; undefined: nobody has. */
  get first(): Ending | undefined {
    const ending = this.all[0];
    // Whoever closes TCP and says goodbye all the same has not gone without a word.
    if (ending?.kind !== "fin" && ending?.kind !== "reset") return ending;
    const said = this.all.find(
      ({ from, kind, at }) =>
        from === ending.from && kind !== "fin" && kind !== "reset" && at - ending.at < ONE_GOODBYE,
    );
    return said ?? ending;
  }

  /** In order. A Terminate-Request of CCP or IPCP alone ends nothing: it counts where the end follows. */
  get all(): readonly Ending[] {
    return this.#all.filter(
      (one) => !isPart(one) || this.#all.some((end) => !isPart(end) && isSoon(one, end)),
    );
  }

  /** Of what one side's Windows said at the end, that which tells the most. */
  told(from: Side): { readonly ending: Terminated; readonly told: ToldError } | undefined {
    const numbers = this.all.flatMap((ending) =>
      ending.kind === "terminate" && ending.from === from && ending.data.kind === "windows"
        ? [{ ending, protocol: ending.protocol, error: ending.data.error }]
        : [],
    );
    const best = mostTelling(numbers);
    return best === undefined ? undefined : { ending: best.ending, told: best };
  }

  #goesOn(from: Side, at: number, protocol: Termination["protocol"]): void {
    const goesOn = (one: Ending) =>
      one.kind === "terminate" && one.from === from && one.at <= at && ENDED_BY[protocol].has(one.protocol);
    for (let i = this.#all.length - 1; i >= 0; i -= 1) if (goesOn(this.#all[i]!)) this.#all.splice(i, 1);
  }
}

/** Which Terminate-Requests a later Configure-Request of the protocol takes back. */
const ENDED_BY: Readonly<Record<Termination["protocol"], ReadonlySet<Termination["protocol"]>>> = {
  lcp: new Set(["lcp", "ccp", "ipcp"]),
  ccp: new Set(["ccp"]),
  ipcp: new Set(["ccp", "ipcp"]),
};

const isPart = (one: Ending): boolean => one.kind === "terminate" && one.protocol !== "lcp";

const isSoon = (one: Ending, end: Ending): boolean => end.at >= one.at && end.at - one.at < ONE_GOODBYE;

const name = (step: Step): string => (step.kind === "terminate" ? step.protocol : step.kind);

/** In memory of its own: what was decoded looks into the capture. */
const lasting = (data: TerminateData): TerminateData =>
  data.kind === "text" ? { kind: "text", octets: data.octets.slice() } : data;
