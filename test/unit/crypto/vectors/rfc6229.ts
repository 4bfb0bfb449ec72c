import type { Vector } from "./vector.ts";

/** RFC 6229: RC4 keystreams. */
export const rfc6229: readonly Vector[] = [
  {
    id: "rfc6229-0102030405-0",
    source: "RFC 6229 §2",
    inputs: { key: "0102030405", offset: 0 },
    expected: { keystream: "b2396305f03dc027ccc3524a0a1118a8" },
  },
  {
    id: "rfc6229-0102030405-16",
    source: "RFC 6229 §2",
    inputs: { key: "0102030405", offset: 16 },
    expected: { keystream: "6982944f18fc82d589c403a47a0d0919" },
  },
  {
    id: "rfc6229-0102030405-240",
    source: "RFC 6229 §2",
    inputs: { key: "0102030405", offset: 240 },
    expected: { keystream: "28cb1132c96ce286421dcaadb8b69eae" },
  },
  {
    id: "rfc6229-0102030405-1008",
    source: "RFC 6229 §2",
    inputs: { key: "0102030405", offset: 1008 },
    expected: { keystream: "45129048e6a0ed0b56b490338f078da5" },
  },
  {
    id: "rfc6229-01020304050607-0",
    source: "RFC 6229 §2",
    inputs: { key: "01020304050607", offset: 0 },
    expected: { keystream: "293f02d47f37c9b633f2af5285feb46b" },
  },
  {
    id: "rfc6229-0102030405060708-0",
    source: "RFC 6229 §2",
    inputs: { key: "0102030405060708", offset: 0 },
    expected: { keystream: "97ab8a1bf0afb96132f2f67258da15a8" },
  },
  {
    id: "rfc6229-0102030405060708090a0b0c0d0e0f10-0",
    source: "RFC 6229 §2",
    inputs: { key: "0102030405060708090a0b0c0d0e0f10", offset: 0 },
    expected: { keystream: "9ac7cc9a609d1ef7b2932899cde41b97" },
  },
];
