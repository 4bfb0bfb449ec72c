/** A real dial of Windows 7 to pptpd, its packets decrypted and checked by their inner checksums. */

/** The login. */
export const win7Login = {
  user: "lulu",
  password: "password",
  authChallenge: "95a87fa62ebcd2e3c8b09e1b448a6c72",
  peerChallenge: "e2ae0995eaac6ceff0d9757428b51509",
  ntResponse: "ed8cc90fd40faa2d6bcd0abd0b1f562fd777df6c5609c98b",
  ntHash: "8846f7eaee8fb117ad06bdd830b7586c",
  ntHashHash: "166a9e32f11580c1c0b62f9cd0bda633",
  challengeHash: "ba75eb14efbfbf25",
  authenticatorResponse: "S=460874E1CADF35FBD9F6E80C01A1ADC5746F0B6A",
  masterKey: "01e3368b81a41d667d97ea8d822bbb4f",
} as const;

/** The first encrypted frame from the client. */
export const win7FirstFrame = {
  direction: "client->server",
  bits: 128,
  stateless: true,
  startKey: "f47f7460117d0275ea0af343fcd3092f",
  initialSessionKey: "2351dc20b825403bdad41193b5b64650",
  firstPacketCount: 0,
  firstPacketRc4Key: "1a0320b4a2f9183502d82ddb4991f214",
  firstPacketFrame: 60,
  firstCipherHex: "e79c9730a73cebec643fe09dea0a49396bf88c208aced654b3c65c23b1d838a5b98a61290219d4812e14",
  firstPlainHex: "0021460000280000000001028127c0a802eae0000016940400002200ea030000000104000000effffffa",
} as const;
