/**
 * The Internet checksum (RFC 1071) of octets `from` up to, not including, `to`: the value for a checksum
 * field that is zero meanwhile. `sum` is what was added up before, for a pseudo header.
 */
export function internetChecksum(bytes: Uint8Array, from: number, to: number, sum = 0): number {
  let total = sum;
  let at = from;
  for (; at + 1 < to; at += 2) total += (bytes[at]! << 8) | bytes[at + 1]!;
  if (at < to) total += bytes[at]! << 8;
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
  return ~total & 0xffff;
}

/** The checksum after one of its 16-bit words changed from `before` to `after` (RFC 1624 §3, equation 3). */
export function adjustChecksum(checksum: number, before: number, after: number): number {
  let total = (~checksum & 0xffff) + (~before & 0xffff) + after;
  total = (total & 0xffff) + (total >>> 16);
  total = (total & 0xffff) + (total >>> 16);
  return ~total & 0xffff;
}
