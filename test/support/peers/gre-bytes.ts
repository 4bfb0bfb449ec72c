/** Enhanced GRE (RFC 2637 §4.1) by hand. */
export function greFrame(callId: number, sequence: number, payload: Uint8Array): Uint8Array {
  const packet = Buffer.alloc(12 + payload.length);
  packet.writeUInt32BE(0x3001880b, 0);
  packet.writeUInt16BE(payload.length, 4);
  packet.writeUInt16BE(callId, 6);
  packet.writeUInt32BE(sequence >>> 0, 8);
  packet.set(payload, 12);
  return packet;
}

/**
 * Sequence number and payload for one call; undefined for another call's packet and for a lone
 * acknowledgement.
 */
export function greOf(
  packet: Uint8Array,
  callId: number,
): { sequence: number; payload: Uint8Array } | undefined {
  const octets = Buffer.from(packet);
  const flags = octets.readUInt16BE(0);
  const length = octets.readUInt16BE(4);
  if (octets.readUInt16BE(6) !== callId || length === 0) return undefined;
  const at = 12 + (flags & 0x0080 ? 4 : 0);
  return { sequence: octets.readUInt32BE(8), payload: octets.subarray(at, at + length) };
}
