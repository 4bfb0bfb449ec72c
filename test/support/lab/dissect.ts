import type { CapturedPacket } from "./pcap.ts";

/** What a dial shows on the wire, one line each: control messages (RFC 2637 §2) and PPP control frames. */
export interface Seen {
  readonly at: number;
  readonly from: string;
  readonly to: string;
  /** For example "Outgoing-Call-Request", "LCP Configure-Request", "CHAP Success". */
  readonly what: string;
  /** The identifier of a PPP control frame. */
  readonly id?: number;
  /** Of a PPP control frame: the call ID that its GRE header carries. */
  readonly callId?: number;
  /** The octets after the header of the message or frame. */
  readonly body: Buffer;
}

const MESSAGES: Readonly<Record<number, string>> = {
  1: "Start-Control-Connection-Request",
  2: "Start-Control-Connection-Reply",
  3: "Stop-Control-Connection-Request",
  4: "Stop-Control-Connection-Reply",
  5: "Echo-Request",
  6: "Echo-Reply",
  7: "Outgoing-Call-Request",
  8: "Outgoing-Call-Reply",
  12: "Call-Clear-Request",
  13: "Call-Disconnect-Notify",
  14: "WAN-Error-Notify",
  15: "Set-Link-Info",
};

const PROTOCOLS: Readonly<Record<number, string>> = {
  49185: "LCP",
  49187: "PAP",
  49699: "CHAP",
  33021: "CCP",
  32801: "IPCP",
  32855: "IPV6CP",
  253: "MPPE",
  33: "IPv4",
};

const CODES: readonly string[] = [
  "?",
  "Configure-Request",
  "Configure-Ack",
  "Configure-Nak",
  "Configure-Reject",
  "Terminate-Request",
  "Terminate-Ack",
  "Code-Reject",
  "Protocol-Reject",
  "Echo-Request",
  "Echo-Reply",
  "Discard-Request",
  "Identification",
  "Time-Remaining",
  "Reset-Request",
  "Reset-Ack",
];

/** Of the protocols that have codes of their own. */
const OWN_CODES: Readonly<Record<string, readonly string[]>> = {
  CHAP: ["?", "Challenge", "Response", "Success", "Failure"],
  PAP: ["?", "Authenticate-Request", "Authenticate-Ack", "Authenticate-Nak"],
};

/** Protocols whose frames have no code. */
const DATA: readonly string[] = ["MPPE", "IPv4"];

/** All messages and frames in the order they passed. Knows nothing of the server's own codecs. */
export function dissect(packets: readonly CapturedPacket[]): Seen[] {
  return packets.flatMap((packet) => (packet.protocol === 6 ? messages(packet) : frame(packet)));
}

/** Our peers send each message in a segment of its own, or several whole ones. */
function messages(packet: CapturedPacket): Seen[] {
  const seen: Seen[] = [];
  let rest = packet.payload.subarray((packet.payload[12]! >> 4) * 4);
  while (rest.length >= 12 && rest.readUInt32BE(4) === 0x1a2b3c4d) {
    const what = MESSAGES[rest.readUInt16BE(8)] ?? `message ${rest.readUInt16BE(8)}`;
    const { at, from, to } = packet;
    seen.push({ at, from, to, what, body: rest.subarray(12, rest.readUInt16BE(0)) });
    rest = rest.subarray(rest.readUInt16BE(0));
  }
  return seen;
}

function frame(packet: CapturedPacket): Seen[] {
  const { at, from, to, payload: gre } = packet;
  if (gre.length < 8 || gre.readUInt16BE(2) !== 0x880b) return [];
  const header = 8 + (gre[0]! & 0x10 ? 4 : 0) + (gre[1]! & 0x80 ? 4 : 0);
  let ppp = gre.subarray(header, header + gre.readUInt16BE(4));
  if (ppp.length === 0) return []; // an acknowledgement alone
  if (ppp[0] === 0xff && ppp[1] === 0x03) ppp = ppp.subarray(2);
  const short = (ppp[0]! & 1) === 1;
  const protocol = short ? ppp[0]! : ppp.readUInt16BE(0);
  const name = PROTOCOLS[protocol] ?? `protocol ${protocol.toString(16)}`;
  const rest = ppp.subarray(short ? 1 : 2);
  const callId = gre.readUInt16BE(6);
  if (DATA.includes(name) || rest.length < 4) return [{ at, from, to, what: name, callId, body: rest }];
  const code = (OWN_CODES[name] ?? CODES)[rest[0]!] ?? `code ${rest[0]}`;
  return [
    {
      at,
      from,
      to,
      what: `${name} ${code}`,
      callId,
      id: rest[1]!,
      body: rest.subarray(4, rest.readUInt16BE(2)),
    },
  ];
}
