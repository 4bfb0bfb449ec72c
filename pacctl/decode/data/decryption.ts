import { Decryptor } from "../../../server/mppe/decryptor.ts";
import type { MppeDirection } from "../../../server/mppe/direction.ts";
import { COUNT_MASK, ENCRYPTED, FLAG, FLUSHED, HEADER_OCTETS, isFlag } from "../../../server/mppe/header.ts";
import { MppcDecompressor } from "../../../server/mppe/mppc-decompressor.ts";
import type { Opened } from "../../../server/mppe/mppe-types.ts";
import { PppHeader } from "../../../server/ppp/ppp-header.ts";
import { hex } from "../../../server/wire/bytes.ts";
import { ahead } from "../../../server/wire/sequence.ts";
import type { Side } from "../../capture/captured.ts";
import { FOLLOWED_IN_ALL, FOLLOWED_PER_PACKET, MAX_FOLLOWED } from "../limits.ts";
import type { LinkWatch } from "../link/link-watch.ts";
import { type BySide, bySide } from "../side.ts";
import { proofOf } from "./inner-proof.ts";

/** An encrypted frame whose turn it is. */
export interface Encrypted {
  readonly sequence: number;
  /** The PPP frame, which is overwritten. */
  readonly octets: Uint8Array;
  /** So many of its octets are in the capture; behind them it is filled up. */
  readonly captured: number;
}

/** Why a packet stays encrypted, with the words for it. */
export const UNDECRYPTED = {
  "no-password": "no password was given for this user",
  "cut-log-in": "the capture cut the log-in, from which the keys come",
  "no-log-in": "the log-in, from which the keys come, is not in the capture",
  "wrong-password": "the password that was given is not the one that the client used",
  "no-keys": "the log-in gives no keys that can be derived for this length",
  "no-mode": "how it is encrypted (CCP) is not in the capture",
  late: "it came after a later one, whose key had replaced its own",
  gap: "too many packets before it are missing",
  "out-of-step": "packets before it are missing, and stateful MPPE begins anew only with a flushed one",
  "not-flushed": "bit A (flushed) is clear, which every packet of stateless MPPE has set",
  astray: "its count does not follow those before it, and no packet is missing that would explain it",
  "not-encrypted": "it is marked as not encrypted",
  senseless: "what comes out is no packet that holds together, so the key is another one, or it was damaged",
  cut: "the capture kept too little of it to tell what comes out (tcpdump -s 0 keeps all)",
  malformed: "it is too short for MPPE",
} as const;

export type Undecrypted = keyof typeof UNDECRYPTED;

export type Opening =
  | { readonly ok: true; readonly protocol: number; readonly information: Uint8Array }
  | { readonly ok: false; readonly why: Undecrypted };

/** One direction: its keys and where it is. */
interface Direction {
  /** Start key and mode, as text: another one begins anew. */
  identity: string;
  /** How often CCP had opened when it began. */
  openings: number;
  decryptor: Decryptor;
  stateless: boolean;
  /** Count of the next packet if none is lost, and the sequence number of the last. */
  expected: number;
  lastSequence: number | undefined;
  /** Key changes for missing packets that may still be made. */
  credit: number;
  /** Stateful: the last count that nothing explained. */
  suspect: number | undefined;
  /** Of packets that are compressed, 8 KiB; undefined: none was so far. */
  mppc: MppcDecompressor | undefined;
  /** A compressed packet was not whole: what refers to it cannot be read. */
  historyLost: boolean;
  /** A packet has held together, and so many since then have not. */
  holds: boolean;
  senseless: number;
}

/** Where a packet is, by its count and by its sequence number: packets that are missing before it. */
interface Place {
  readonly counted: number;
  readonly room: number;
}

/** C: the packet is compressed; B: it goes to the front of the history (RFC 2118 §3.1). */
const COMPRESSED = 0x2000;
const TO_FRONT = 0x4000;

/** Ours: packets in a row of which one alone was damaged, or is somebody else's; two are of other keys. */
export const RUN = 2;

/** Ours: how far a missing packet is stepped over at once; the decryptor believes 960. */
const STEP = 900;

/** Opens encrypted packets of one call, each direction in the order in which it was sent. */
export class Decryption {
  readonly #link: LinkWatch;
  readonly #directions: BySide<Direction | undefined> = bySide(() => undefined);
  readonly #ppp = new PppHeader();
  readonly #dummy = new Uint8Array(HEADER_OCTETS);

  constructor(link: LinkWatch) {
    this.#link = link;
  }

  open(from: Side, { octets, sequence, captured }: Encrypted): Opening {
    if (!this.#ppp.read(octets, 0, octets.length)) return refused("malformed");
    const at = this.#ppp.information;
    if (octets.length < at + HEADER_OCTETS) return refused("malformed");
    const header = (octets[at]! << 8) | octets[at + 1]!;
    const direction = this.#direction(from, header);
    if (typeof direction === "string") return refused(direction);
    const { lastSequence, expected, decryptor } = direction;
    const counted = ((header & COUNT_MASK) - expected) & COUNT_MASK;
    // Packets that are not there, and of which each may have had a count of its own.
    const room = lastSequence === undefined ? 0 : ahead(sequence, lastSequence) - 1;
    const fits = counted <= room;
    if (!fits && !this.#isBorneOut(direction, header)) return refused("astray");
    // A count that jumps may be nobody's: then keys and count go back to where they were.
    if (counted > 0) decryptor.checkpoint();
    const outcome = this.#decrypt(direction, { counted, room }, octets, at);
    const plainly = outcome === "not-encrypted" && this.#link.compresses(from);
    // A stateful receiver that has lost its place goes on counting.
    if (outcome === "ok" || plainly || outcome === "unsynchronised")
      Object.assign(direction, { lastSequence: sequence, expected: (header + 1) & COUNT_MASK });
    else if (fits) direction.lastSequence = sequence;
    if (outcome !== "ok" && !plainly)
      return refused((fits || lastSequence === undefined ? REASONS : ASTRAY)[outcome]);
    const plainAt = at + HEADER_OCTETS;
    const opening = this.#read(direction, header, octets.subarray(plainAt), captured - plainAt, from);
    if (opening.ok || opening.why !== "senseless" || counted === 0) return opening;
    decryptor.rollBack();
    Object.assign(direction, { lastSequence, expected });
    return opening;
  }

  /** The direction with the keys that hold now, or why there are none. */
  #direction(from: Side, header: number): Direction | Undecrypted {
    const { logIn, ccp } = this.#link;
    const known = this.#directions[from];
    // Who logs in once more, in mid-session, goes on with the keys that CCP opened with.
    if (known?.openings === ccp.openings) return known;
    const mode = this.#link.modeOf(from);
    if (logIn.password === "wrong") return "wrong-password";
    // Without its Challenge a Response says nothing.
    if (logIn.responses === 0 || logIn.password === "not-given") return "no-log-in";
    if (logIn.password === "not-checkable") return "no-keys";
    if (logIn.password === "not-checked") return "cut-log-in";
    if (logIn.password !== "right") return "no-password";
    if (mode === undefined) return "no-mode";
    const keys = logIn.keys[mode.strength];
    if (keys === undefined) return "no-keys";
    const mppe: MppeDirection = { ...mode, key: from === "server" ? keys.send : keys.receive };
    const identity = `${hex(mppe.key)} ${mode.strength} ${mode.stateless}`;
    // CCP was negotiated anew where the count begins again; a lost packet never makes it go back to 0.
    const anew =
      known !== undefined && (header & COUNT_MASK) === 0 && known.expected > 0 && this.#reopened(from);
    if (known?.identity === identity && !anew) {
      if (known.openings === 0) known.openings = ccp.openings;
      return known;
    }
    const made: Direction = {
      identity,
      openings: ccp.openings,
      decryptor: new Decryptor(mppe),
      stateless: mode.stateless,
      expected: 0,
      lastSequence: undefined,
      credit: FOLLOWED_IN_ALL,
      suspect: undefined,
      mppc: undefined,
      historyLost: false,
      holds: false,
      senseless: 0,
    };
    this.#directions[from] = made;
    return made;
  }

  #openings: BySide<number> = bySide(() => 0);

  /** Has CCP opened again since this was asked last? */
  #reopened(from: Side): boolean {
    const { openings } = this.#link.ccp;
    const before = this.#openings[from];
    this.#openings[from] = openings;
    return before !== openings && before > 0;
  }

  /**
   * Stateful: a count that GRE's sequence numbers do not explain moves the place in the key stream away, and
   * is believed where it begins anew with this packet, or where the next one follows it.
   */
  #isBorneOut(direction: Direction, header: number): boolean {
    if (direction.stateless || (header & FLUSHED) !== 0 || isFlag(header)) return true;
    const { suspect } = direction;
    direction.suspect = header & COUNT_MASK;
    return suspect !== undefined && ((suspect + 1) & COUNT_MASK) === direction.suspect;
  }

  #decrypt(direction: Direction, place: Place, octets: Uint8Array, at: number): Opened {
    const { decryptor } = direction;
    const { counted, room } = place;
    const ring = COUNT_MASK + 1;
    const missing = counted + ring * Math.max(0, Math.floor((room - counted) / ring));
    if (missing <= room && missing > Math.min(MAX_FOLLOWED, direction.credit)) return "jump";
    if (missing > STEP && missing <= room) this.#follow(direction, missing);
    const outcome = decryptor.open(octets, at, octets.length, 0, {
      pays: (changes) => changes <= direction.credit,
    });
    if (outcome === "ok") direction.credit -= Math.min(missing, direction.credit);
    return outcome;
  }

  /** Moves the keys on as if packets had come: headers without anything behind them. */
  #follow({ decryptor, stateless, expected }: Direction, missing: number): void {
    for (let left = missing, count = expected; left > STEP; ) {
      // Not a flag packet: with it a stateful receiver would look for its place.
      const step = isFlag(count + STEP - 1) ? STEP - 1 : STEP;
      const dummy = ENCRYPTED | (stateless ? FLUSHED : 0) | ((count + step - 1) & COUNT_MASK);
      this.#dummy[0] = dummy >>> 8;
      this.#dummy[1] = dummy & FLAG;
      decryptor.open(this.#dummy, 0, HEADER_OCTETS);
      count = (count + step) & COUNT_MASK;
      left -= step;
    }
  }

  /** What was decrypted, where it holds together. `captured`: so many octets of it are real. */
  #read(direction: Direction, header: number, plain: Uint8Array, captured: number, from: Side): Opening {
    const inner = this.#link.compresses(from) ? decompressed(direction, header, plain, captured) : plain;
    if (inner === "cut") return refused("cut");
    const ppp = this.#ppp;
    if (inner === "senseless" || !ppp.readProtocol(inner, 0, inner.length)) return this.#senseless(direction);
    const real = inner === plain ? captured : inner.length;
    if (real < ppp.information) return refused("cut");
    const information = inner.subarray(ppp.information);
    const proof = proofOf(ppp.protocol, information, real - ppp.information);
    if (proof === "cut") return refused("cut");
    // What cannot be proven is believed where it was negotiated, of a stream that could be proven so far.
    const believed = direction.holds && direction.senseless === 0 && this.#link.mayCarry(ppp.protocol);
    if (proof === "senseless" || (proof === "unprovable" && !believed)) return this.#senseless(direction);
    direction.holds = true;
    direction.senseless = 0;
    direction.credit = Math.min(FOLLOWED_IN_ALL, direction.credit + FOLLOWED_PER_PACKET);
    return { ok: true, protocol: ppp.protocol, information };
  }

  #senseless(direction: Direction): Opening {
    direction.senseless += 1;
    // One that was damaged leaves the key stream where it is.
    if (direction.senseless >= RUN) direction.decryptor.distrust();
    return refused("senseless");
  }
}

/** What MPPC makes of it (RFC 2118 §3.1), or why it makes nothing. */
function decompressed(
  direction: Direction,
  header: number,
  plain: Uint8Array,
  captured: number,
): Uint8Array | "cut" | "senseless" {
  direction.mppc ??= new MppcDecompressor();
  const { mppc } = direction;
  if ((header & FLUSHED) !== 0) {
    mppc.reset();
    direction.historyLost = false;
  }
  if ((header & TO_FRONT) !== 0) mppc.toFront();
  if ((header & COMPRESSED) === 0) return plain;
  direction.historyLost ||= captured < plain.length;
  if (direction.historyLost) return "cut";
  const result = mppc.decompress(plain);
  return result.ok ? result.value : "senseless";
}

const refused = (why: Undecrypted): Opening => ({ ok: false, why });

const REASONS: Readonly<Record<Exclude<Opened, "ok">, Undecrypted>> = {
  late: "late",
  jump: "gap",
  far: "gap",
  "over-budget": "gap",
  desynchronised: "gap",
  unsynchronised: "out-of-step",
  "not-encrypted": "not-encrypted",
  "not-stateless": "not-flushed",
  truncated: "malformed",
};

/** Of a count that the sequence numbers of GRE do not explain. */
const ASTRAY: typeof REASONS = {
  ...REASONS,
  late: "astray",
  jump: "astray",
  far: "astray",
  desynchronised: "astray",
};
