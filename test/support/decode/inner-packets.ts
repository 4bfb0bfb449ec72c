/** The packets of a little-endian pcap file with nanoseconds whose packets begin with their IP header. */
export function readPcapPackets(file: Uint8Array): { time: bigint; octets: Uint8Array; length: number }[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.readUInt32LE(0) !== 0xa1b23c4d || bytes.readUInt32LE(20) !== 101)
    throw new Error("not such a file");
  const packets = [];
  for (let at = 24; at < bytes.length; ) {
    const captured = bytes.readUInt32LE(at + 8);
    packets.push({
      time: BigInt(bytes.readUInt32LE(at)) * 1_000_000_000n + BigInt(bytes.readUInt32LE(at + 4)),
      octets: bytes.subarray(at + 16, at + 16 + captured),
      length: bytes.readUInt32LE(at + 12),
    });
    at += 16 + captured;
  }
  return packets;
}
