import { ascii } from "../bytes.ts";
import { type FilePacket, START } from "./files.ts";
import { type TcpFields, tcp } from "./frames.ts";

/**
 * Initial sequence numbers are 1000 and 5000. Each side acknowledges the other's SYN where nothing else is
 * said.
 */
export const client = (seq: number, text = "", more: Partial<TcpFields> = {}): Uint8Array =>
  tcp({ seq, ack: 5001, ...more }, ascii(text));
export const server = (seq: number, text = "", more: Partial<TcpFields> = {}): Uint8Array =>
  tcp({ from: "server", seq, ack: 1001, ...more }, ascii(text));

/** So many seconds after the start. */
export const at = (seconds: number, octets: Uint8Array): FilePacket => ({
  octets,
  time: START + BigInt(Math.round(seconds * 1e9)),
});

export const SYN = tcp({ seq: 1000, flags: "S" });
export const SYN_ACK = tcp({ from: "server", seq: 5000, ack: 1001, flags: "SA" });
export const HANDSHAKE = [SYN, SYN_ACK, client(1001)];

/** What HANDSHAKE is told as. */
export const OPEN = ["1 seen syn", "1 syn client", "2 syn server", "3 established"];
