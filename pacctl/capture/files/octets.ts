// Fields of captures and packets at a known place. Whoever calls has seen to it that they are there.

/** Two octets in network order. */
export const u16 = (bytes: Uint8Array, at: number): number => (bytes[at]! << 8) | bytes[at + 1]!;

/** Three octets in network order. */
export const u24 = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;

/** Four octets in network order, unsigned. */
export const u32 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;

/** Two octets, the least significant first. */
export const u16le = (bytes: Uint8Array, at: number): number => bytes[at]! | (bytes[at + 1]! << 8);

/** Four octets, the least significant first, unsigned. */
export const u32le = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;

/** How a file was written: both pcap and pcapng leave that to the host. */
export type ByteOrder = "big" | "little";

export const u16of = (order: ByteOrder, bytes: Uint8Array, at: number): number =>
  order === "big" ? u16(bytes, at) : u16le(bytes, at);

export const u32of = (order: ByteOrder, bytes: Uint8Array, at: number): number =>
  order === "big" ? u32(bytes, at) : u32le(bytes, at);
