import { ntResponse } from "../../../server/crypto/ms-chap-v2.ts";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { msChapV2StartKeys } from "../../../server/crypto/start-keys.ts";

/** What a client answers to an MS-CHAPv2 Challenge (RFC 2759 §4), and its MPPE start keys. */
export function chapResponse(user: string, password: string, authenticatorChallenge: Uint8Array) {
  const name = new Uint8Array(Buffer.from(user, "utf8"));
  const peerChallenge = Buffer.alloc(16, 0x5a);
  const hash = ntPasswordHash(password);
  const response = Uint8Array.from(ntResponse({ name, authenticatorChallenge, peerChallenge }, hash));
  const server = msChapV2StartKeys(hash, response)[128];
  const value = [Buffer.from([49]), peerChallenge, Buffer.alloc(8), response, Buffer.from([0]), name];
  return { data: Buffer.concat(value), send: server.receive, receive: server.send };
}
