import { chapMd5Response } from "../../../server/crypto/chap-md5.ts";
import { desEncrypt } from "../../../server/crypto/des.ts";
import { msChapV1StartKey128 } from "../../../server/crypto/mppe-keys.ts";
import { challengeResponse } from "../../../server/crypto/ms-chap-v1.ts";
import { ntPasswordHash } from "../../../server/crypto/nt-password-hash.ts";
import { Rc4 } from "../../../server/crypto/rc4.ts";
import { Decryptor } from "../../../server/mppe/decryptor.ts";
import { Encryptor } from "../../../server/mppe/encryptor.ts";
import { chapResponse } from "./chap-response.ts";
import { CHAP, type PppPacket } from "./ppp-bytes.ts";

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
export class ClientLogIn {
  encryptor: Encryptor | undefined;
  decryptor: Decryptor | undefined;
  #who: Who;
  /** Option 3 of the server's LCP request. */
  #asked = "";

  constructor(who: Who) {
    this.#who = who;
  }

  /** Logs in as somebody else from now on. */
  as(who: Who): void {
    this.#who = who;
  }

  /** The value of Authentication-Protocol, option 3 of LCP. */
  asked(option: Uint8Array | undefined): void {
    this.#asked = Buffer.from(option ?? []).toString("hex");
  }

  /** The client speaks first with PAP alone. */
  first(): PppPacket | undefined {
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
    if (this.#asked === "c22380") return { ...answer, data: this.#msChapV1(value) };
    const { data, send, receive } = chapResponse(user, password, value);
    this.#keys(send, receive);
    return { ...answer, data };
  }

  /** What answers a Failure: a new password after E=648 (RFC 2759 §7). */
  change(failure: PppPacket): PppPacket | undefined {
    const { user, password, newPassword } = this.#who;
    const [, challenge] = /^E=648 R=1 C=([0-9A-F]{32})/.exec(Buffer.from(failure.data).toString()) ?? [];
    if (challenge === undefined || newPassword === undefined) return undefined;
    this.#who = { user, password: newPassword };
    const { data, send, receive } = chapResponse(user, newPassword, Buffer.from(challenge, "hex"));
    this.#keys(send, receive);
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
    this.#keys(key, key);
    const value = [Buffer.alloc(24), challengeResponse(challenge, hash), Buffer.from([1])];
    return Buffer.concat([Buffer.from([49]), ...value, Buffer.from(user)]);
  }

  #keys(send: Uint8Array, receive: Uint8Array): void {
    this.encryptor = new Encryptor({ key: send, strength: 128, stateless: true });
    this.decryptor = new Decryptor({ key: receive, strength: 128, stateless: true });
  }
}

const sized = (text: string): Uint8Array => Buffer.from([Buffer.byteLength(text), ...Buffer.from(text)]);
