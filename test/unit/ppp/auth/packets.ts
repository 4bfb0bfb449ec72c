import { ascii, bytes } from "../../../support/bytes.ts";

/** Data of a Challenge, as pptpd sent it to Windows 7. */
export const challenge = bytes`
  10                                Value-Size 16
  95a87fa62ebcd2e3c8b09e1b448a6c72  Value
  7070747064                        Name "pptpd"
`;

/** Data of Windows 7's Response to it, with the flag of Windows 98. */
export const msChapV2Response = bytes`
  31                                Value-Size 49
  e2ae0995eaac6ceff0d9757428b51509  Peer-Challenge
  0000000000000000                  Reserved
  ed8cc90fd40faa2d6bcd0abd0b1f562fd777df6c5609c98b  NT-Response
  04                                Flags
  6c756c75                          Name "lulu"
`;

/** Data of an MS-CHAPv1 Response; the NT response is that of RFC 2433 §B.2. */
export const msChapV1Response = bytes`
  31                                Value-Size 49
  000000000000000000000000000000000000000000000000  LAN Manager response, not given
  4e9d3c8f9cfd385d5bf4d3246791956ca4c351ab409a3d61  NT response
  01                                "Use the NT response"
  6c756c75                          Name "lulu"
`;

/** Data of a CHAP Response with MD5. */
export const chapMd5Response = bytes`
  10                                Value-Size 16
  fdfdad5277812ae40956a66f3db23308  Value
  6c756c75                          Name "lulu"
`;

/** Data of a PAP Authenticate-Request. */
export const papRequest = bytes`
  04                                Peer-ID Length
  6c756c75                          Peer-ID "lulu"
  06                                Passwd-Length
  733363726574                      Password
`;

/** Data of a Change-Password packet (RFC 2759 §7); every field of one octet of its own. */
export const changePassword = bytes`
  ${new Uint8Array(516).fill(0xe1)}  Encrypted-Password
  ${new Uint8Array(16).fill(0xe2)}   Encrypted-Hash
  ${new Uint8Array(16).fill(0xe3)}   Peer-Challenge
  0000000000000000                   Reserved
  ${new Uint8Array(24).fill(0xe4)}   NT-Response
  0000                               Flags
`;

export const lulu = ascii("lulu");
