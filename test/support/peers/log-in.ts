import { chapMd5Response } from "../../../server/crypto/chap-md5.ts";
import { desEncrypt } from "../../../server/crypto/des.ts";
import { msChapV1StartKey128 } from "../../../server/crypto/mppe-keys.ts";
import { challengeResponse } from "../../../server/crypto/ms-chap-v1.ts";
import { ntResponse } from "../../../server/crypto/ms-chap-v2.ts";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { Rc4 } from "../../../server/crypto/rc4.ts";
import { msChapV2StartKeys } from "../../../server/crypto/start-keys.ts";
import { Decryptor } from "../../../server/mppe/decryptor.ts";
import { Encryptor } from "../../../server/mppe/encryptor.ts";
import { CHAP, optionsOf, type PppPacket } from "./ppp-bytes.ts";

export const PAP = 0xc023;

const RESPONSE = 2;
const CHANGE_PASSWORD = 7;

export interface Who {
  readonly user: string;
  readonly password: string;
  /** What it says when its password has expired; without one it does nothing then. */
  readonly newPassword?: string | undefined;
}

/** How a client proves who it is: by whatever the server asks for in LCP. */
export class LogIn {
  encryptor: Encryptor | undefined;
  decryptor: Decryptor | undefined;
  #keys: { readonly send: Uint8Array; readonly receive: Uint8Array } | undefined;
  #who: Who;
  /** Option 3 of the server's LCP request. */
  #asked = "";

  constructor(who: Who) {
    this.#who = who;
  }

  /** 128 bits with the keys of this log-in, from the first packet on; nothing where it gave none. */
  encrypt(stateless: boolean): void {
    if (this.#keys === undefined) return;
    this.encryptor = new Encryptor({ key: this.#keys.send, strength: 128, stateless });
    this.decryptor = new Decryptor({ key: this.#keys.receive, strength: 128, stateless });
  }

  /** Logs in as somebody else from now on. */
  as(who: Who): void {
    this.#who = who;
  }

  /**
   * What the client says of itself once it has acknowledged this LCP request: it speaks first with PAP alone.
   * The request says by Authentication-Protocol, option 3, how the server wants it to log in.
   */
  first(request: PppPacket): PppPacket | undefined {
    this.#asked = Buffer.from(optionsOf(request.data).get(3) ?? []).toString("hex");
    if (this.#asked !== "c023") return undefined;
    const { user, password } = this.#who;
    return { protocol: PAP, code: 1, id: 1, data: Buffer.concat([sized(user), sized(password)]) };
  }

  /** What answers a Challenge. */
  response(challenge: PppPacket): PppPacket {
    const { user, password } = this.#who;
    const value = challenge.data.slice(1, 1 + challenge.data[0]!);
    const answer = { ...challenge, code: RESPONSE };
    if (this.#asked === "c22305") {
      const digest = chapMd5Response(challenge.id, Buffer.from(password), value);
      return { ...answer, data: Buffer.concat([Buffer.from([16]), digest, Buffer.from(user)]) };
    }
    if (this.#asked === "c22380")
      return { ...answer, data: this.#msChapV1(Buffer.concat([value, Buffer.alloc(8)]).subarray(0, 8)) };
    const { data, send, receive } = chapResponse(user, password, value);
    this.#proved(send, receive);
    return { ...answer, data };
  }

  /** What answers a Failure: a new password after E=648 (RFC 2759 §7). */
  change(failure: PppPacket): PppPacket | undefined {
    const { user, password, newPassword } = this.#who;
    const [, challenge] = /^E=648 R=1 C=([0-9A-F]{32})/.exec(Buffer.from(failure.data).toString()) ?? [];
    if (challenge === undefined || newPassword === undefined) return undefined;
    this.#who = { user, password: newPassword };
    const { data, send, receive } = chapResponse(user, newPassword, Buffer.from(challenge, "hex"));
    this.#proved(send, receive);
    const oldHash = ntPasswordHash(password);
    const newHash = ntPasswordHash(newPassword);
    const block = Buffer.alloc(516, 0xa5);
    const text = Buffer.from(newPassword, "utf16le");
    block.set(text, 512 - text.length);
    block.writeUInt32LE(text.length, 512);
    new Rc4(oldHash).apply(block);
    const encryptedHash = [
      desEncrypt(newHash.subarray(0, 7), oldHash.subarray(0, 8)),
      desEncrypt(newHash.subarray(7, 14), oldHash.subarray(8, 16)),
    ];
    // Peer-Challenge, eight reserved octets and NT-Response stand as in a Response.
    const rest = [data.subarray(1, 49), Buffer.alloc(2)];
    return {
      protocol: CHAP,
      code: CHANGE_PASSWORD,
      id: (failure.id + 1) & 0xff,
      data: Buffer.concat([block, ...encryptedHash, ...rest]),
    };
  }

  /** RFC 2433 §5, the LAN Manager half empty. */
  #msChapV1(challenge: Uint8Array): Uint8Array {
    const { user, password } = this.#who;
    const hash = ntPasswordHash(password);
    const key = msChapV1StartKey128(hash, challenge);
    this.#proved(key, key);
    const value = [Buffer.alloc(24), challengeResponse(challenge, hash), Buffer.from([1])];
    return Buffer.concat([Buffer.from([49]), ...value, Buffer.from(user)]);
  }

  #proved(send: Uint8Array, receive: Uint8Array): void {
    this.#keys = { send, receive };
    this.encrypt(true);
  }
}

/** What a client answers to an MS-CHAPv2 Challenge (RFC 2759 §4), and its MPPE start keys. */
function chapResponse(user: string, password: string, authenticatorChallenge: Uint8Array) {
  const name = new Uint8Array(Buffer.from(user, "utf8"));
  const peerChallenge = Buffer.alloc(16, 0x5a);
  const hash = ntPasswordHash(password);
  const response = Uint8Array.from(ntResponse({ name, authenticatorChallenge, peerChallenge }, hash));
  const server = msChapV2StartKeys(hash, response)[128];
  const value = [Buffer.from([49]), peerChallenge, Buffer.alloc(8), response, Buffer.from([0]), name];
  return { data: Buffer.concat(value), send: server.receive, receive: server.send };
}

const sized = (text: string): Uint8Array => Buffer.from([Buffer.byteLength(text), ...Buffer.from(text)]);
