import type { Side } from "../capture/captured.ts";
import { Endings } from "./endings.ts";
import { EncryptionLoss } from "./link/encryption-loss.ts";
import type { LinkWatch } from "./link/link-watch.ts";
import { type BySide, bySide } from "./side.ts";

/** An ICMP error about packets of a call. */
export interface IcmpFact {
  /** About what, and who had sent that. */
  readonly about: "tcp" | "gre";
  readonly sender: Side;
  /** Who complains. */
  readonly by: string;
  /** `protocol unreachable`. */
  readonly says: string;
  /** In nanoseconds of the capture. */
  readonly at: number;
  /** The packet could not be delivered, and no later one will be. */
  readonly final: boolean;
}

/** Echo-Requests in a row. Times in nanoseconds of the capture. */
export interface EchoRow {
  count: number;
  since: number;
  last: number;
}

const noEchoes = (): EchoRow => ({ count: 0, since: 0, last: 0 });

/** What a side sent in the place of a control message. */
export interface ControlFault {
  /** What it is, behind "sent". */
  readonly what: string;
  /** In nanoseconds of the capture. */
  readonly at: number;
  /** That side had sent no message before. */
  readonly first: boolean;
}

/** What a reply of the control connection says. */
interface ControlReply {
  readonly result: number | undefined;
  readonly error: number | undefined;
}

/** What was seen of a call besides its PPP link. */
export interface CallFacts {
  /** TCP: whether the connection was seen from its beginning, and how it went on. */
  readonly tcp: {
    connection: "none" | "mid-stream" | "syn" | "syn-ack";
    synAcked: boolean;
    established: boolean;
    /** The server answered a SYN by RST. */
    refused: boolean;
    /** Initial sequence numbers; undefined: not in the capture. */
    readonly initial: BySide<number | undefined>;
    readonly fin: BySide<boolean>;
    /** When a segment of any kind came last from each side; undefined: no connection is in the capture. */
    heard: Readonly<BySide<number>> | undefined;
    /** Segments that were sent again. */
    readonly resent: BySide<number>;
    again: number;
    holes: number;
    /** Octets that the other side got and that are not in the capture. */
    readonly missed: BySide<number>;
  };
  readonly control: {
    messages: number;
    /** The same by sender. */
    readonly said: BySide<number>;
    /** The first thing that each side sent in the place of a message; undefined: nothing. */
    readonly faults: BySide<ControlFault | undefined>;
    startRequest: boolean;
    /** The Start-Control-Connection-Reply has the vendor name of pacd. */
    ofPacd: boolean;
    /** Results that are undefined in a message that was seen were cut by the capture. */
    startReply: ControlReply | undefined;
    callRequest: boolean;
    callReply: ControlReply | undefined;
    /**
     * When the call was accepted, in nanoseconds of the capture; undefined: it was not, or that is not there.
     */
    acceptedAt: number | undefined;
    /** Character maps that only PPP knows: LCP has opened, though the capture may not show it. */
    linkInfo: boolean;
    /** A Set-Link-Info of the client was seen, and its character maps were not. */
    linkInfoCut: boolean;
    /** Octets of messages whose types the capture cut away; when those came that may have ended the call. */
    readonly unread: BySide<number>;
    readonly unreadEnds: number[];
    /** When the last of them came from each side; -Infinity: none. */
    readonly unreadAt: BySide<number>;
  };
  /** Echo-Requests that nobody answered so far, by who asked. */
  readonly echoes: Readonly<Record<"control" | "lcp", BySide<EchoRow>>>;
  /** When something came last from each side, in nanoseconds of the capture; -Infinity: never. */
  readonly heardAt: BySide<number>;
  /** The same of GRE alone. */
  readonly greHeardAt: BySide<number>;
  /** What either side did to the encryption of a session that was up. */
  readonly encryption: EncryptionLoss;
  /** What either side did to end the call. */
  readonly endings: Endings;
  readonly gre: BySide<number>;
  /** Packets of each side that the other acknowledges and that are not in the capture. */
  readonly unseen: BySide<number>;
  /** How many packets of each side are in the capture that the other acknowledges. */
  readonly confirmed: BySide<number>;
  /** Where GRE of each side comes from, where that is not where its control connection does. */
  readonly elsewhere: BySide<string | undefined>;
  /** Call IDs in GRE, by whose they should be, where the control connection gave others. */
  readonly otherIds: BySide<number | undefined>;
  /** GRE packets of each side that came so. */
  readonly astray: BySide<number>;
  /** Number of another call between the same two that has GRE of both sides. */
  otherCall: number | undefined;
  /** GRE that is not PPTP's, or is not allowed. */
  malformedGre: number;
  readonly icmp: IcmpFact[];
  /** One of the two got an ICMP error, and the capture cut away what about. */
  icmpCut: boolean;
  /** Packets of which the capture kept the beginning alone. */
  cut: number;
  /** GRE packets by sender whose contents are not in the capture. */
  readonly unreadFrames: BySide<number>;
  /** PPP frames by sender. */
  readonly ppp: BySide<number>;
  /** Users' packets by sender, encrypted or in clear, since IPCP began. */
  readonly passed: BySide<number>;
  clear: number;
  encrypted: number;
  decrypted: number;
  readonly undecrypted: Record<string, number>;
  /** By the same reasons, the number of the first such packet in the capture. */
  readonly firstUndecrypted: Record<string, number>;
}

/** A call as far as its verdict depends on it. Times in nanoseconds of the capture. */
export interface JudgedCall {
  readonly facts: CallFacts;
  readonly link: LinkWatch;
  readonly client: string;
  readonly server: string;
  /** Call IDs by whom they were given. */
  readonly ids: Readonly<BySide<number | undefined>>;
  readonly begunAt: number;
  /** Of the last packet. */
  readonly lastAt: number;
  /** When IPCP opened; undefined: never. */
  readonly upAt: number | undefined;
  /** When the dial came on last: a stage of it began or ended, or a question was answered. */
  readonly cameOnAt: number;
  /** Milliseconds since the call began. */
  since(at: number): number;
}

export const noFacts = (): CallFacts => ({
  tcp: {
    connection: "none",
    synAcked: false,
    established: false,
    refused: false,
    initial: bySide(() => undefined),
    fin: bySide(() => false),
    heard: undefined,
    resent: bySide(() => 0),
    again: 0,
    holes: 0,
    missed: bySide(() => 0),
  },
  control: {
    messages: 0,
    said: bySide(() => 0),
    faults: bySide(() => undefined),
    startRequest: false,
    ofPacd: false,
    startReply: undefined,
    callRequest: false,
    callReply: undefined,
    acceptedAt: undefined,
    linkInfo: false,
    linkInfoCut: false,
    unread: bySide(() => 0),
    unreadEnds: [],
    unreadAt: { client: Number.NEGATIVE_INFINITY, server: Number.NEGATIVE_INFINITY },
  },
  echoes: { control: bySide(noEchoes), lcp: bySide(noEchoes) },
  heardAt: bySide(() => Number.NEGATIVE_INFINITY),
  greHeardAt: bySide(() => Number.NEGATIVE_INFINITY),
  encryption: new EncryptionLoss(),
  endings: new Endings(),
  gre: bySide(() => 0),
  unseen: bySide(() => 0),
  confirmed: bySide(() => 0),
  elsewhere: bySide(() => undefined),
  otherIds: bySide(() => undefined),
  astray: bySide(() => 0),
  otherCall: undefined,
  malformedGre: 0,
  icmp: [],
  icmpCut: false,
  cut: 0,
  unreadFrames: bySide(() => 0),
  ppp: bySide(() => 0),
  passed: bySide(() => 0),
  clear: 0,
  encrypted: 0,
  decrypted: 0,
  undecrypted: {},
  firstUndecrypted: {},
});
