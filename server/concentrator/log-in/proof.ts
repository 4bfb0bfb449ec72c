import { randomBytes } from "node:crypto";
import { chapMd5Response } from "../../crypto/chap-md5.ts";
import { equalSecrets } from "../../crypto/constant-time.ts";
import { lmPasswordHash } from "../../crypto/lm-hash.ts";
import { challengeResponse } from "../../crypto/ms-chap-v1.ts";
import { authenticatorResponse, ntResponse } from "../../crypto/ms-chap-v2.ts";
import { ntPasswordHash } from "../../crypto/nt-password-hash.ts";
import type { StartKeys } from "../../crypto/start-keys.ts";
import { msChapV1StartKeys, msChapV2StartKeys } from "../../crypto/start-keys.ts";
import type {
  ChapMd5Credentials,
  Credentials,
  MsChapV1Credentials,
  MsChapV2Credentials,
  PapCredentials,
  PasswordChange,
} from "../../ppp/auth/credentials.ts";
import type { UserSecrets } from "../../store/store-types.ts";

/** What a right proof is worth: the answer to the client, and what MPPE may start with. */
export interface Proven {
  readonly authenticatorResponse: Uint8Array | undefined;
  readonly keys: StartKeys;
}

type Secrets = Pick<UserSecrets, "ntHashes" | "password">;

/**
 * Stand in for the hashes of users that do not exist or have one hash less, so that they cost the same time.
 */
const NOBODY = [randomBytes(16), randomBytes(16)] as const;

/** Likewise for a password that was not kept. */
const NO_PASSWORD = randomBytes(7).toString("hex");

/**
 * Does the client know the password? Undefined: no. Whoever asks, and whether there are such secrets at all,
 * the work of one method is the same: everything is computed before anything is compared.
 */
export function prove(
  secrets: Secrets | undefined,
  credentials: Exclude<Credentials, PasswordChange>,
): Proven | undefined {
  switch (credentials.method) {
    case "ms-chap-v2":
      return msChapV2(hashesOf(secrets), credentials);
    case "ms-chap-v1":
      return msChapV1(hashesOf(secrets), secrets?.password, credentials);
    case "chap-md5":
      return chapMd5(secrets?.password, credentials);
    case "pap":
      return pap(hashesOf(secrets), credentials);
  }
}

/** As many for everybody: two, which is what a password beyond ASCII has. */
export const hashesOf = (secrets: Secrets | undefined): readonly Uint8Array[] => {
  const own = secrets?.ntHashes ?? [];
  return [...own, ...NOBODY.slice(own.length)];
};

/** RFC 2759 §8, RFC 3079 §3. */
function msChapV2(hashes: readonly Uint8Array[], credentials: MsChapV2Credentials): Proven | undefined {
  const proofs = hashes.map((ntHash) => ({
    right: equalSecrets(ntResponse(credentials, ntHash), credentials.ntResponse),
    proven: msChapV2Proven(credentials, ntHash),
  }));
  return proofs.find(({ right }) => right)?.proven;
}

/** What follows from a right MS-CHAPv2 Response, which a Change-Password has as well. */
export function msChapV2Proven(credentials: Omit<MsChapV2Credentials, "method">, ntHash: Uint8Array): Proven {
  return {
    authenticatorResponse: authenticatorResponse(credentials, credentials.ntResponse, ntHash),
    keys: msChapV2StartKeys(ntHash, credentials.ntResponse),
  };
}

/**
 * RFC 2433 §5, RFC 3079 §2. The LAN Manager hash, from which the short keys come, needs the password itself.
 */
function msChapV1(
  hashes: readonly Uint8Array[],
  password: string | undefined,
  { challenge, ntResponse: response }: MsChapV1Credentials,
): Proven | undefined {
  const lmHash = lmPasswordHash(password ?? NO_PASSWORD);
  const kept = password === undefined ? undefined : lmHash;
  const proofs = hashes.map((ntHash) => ({
    right: equalSecrets(challengeResponse(challenge, ntHash), response),
    proven: { authenticatorResponse: undefined, keys: msChapV1StartKeys(ntHash, challenge, kept) },
  }));
  return proofs.find(({ right }) => right)?.proven;
}

/** RFC 1994 §4.1: over the password's octets, in UTF-8 or, from older clients, in Latin-1. */
function chapMd5(
  password: string | undefined,
  { identifier, challenge, response }: ChapMd5Credentials,
): Proven | undefined {
  const text = password ?? NO_PASSWORD;
  const encodings = [Buffer.from(text, "utf8"), Buffer.from(text, isLatin1(text) ? "latin1" : "utf8")];
  const right = encodings.map((octets) =>
    equalSecrets(chapMd5Response(identifier, octets, challenge), response),
  );
  return right.includes(true) && password !== undefined ? NO_KEYS : undefined;
}

/** RFC 1334 §2.2: the password's octets, in UTF-8 or, where they are none, in Latin-1. */
function pap(hashes: readonly Uint8Array[], credentials: PapCredentials): Proven | undefined {
  const octets = Buffer.from(credentials.password);
  const readings = [octets.toString("utf8"), octets.toString("latin1")];
  const right = readings
    .map(ntPasswordHash)
    .flatMap((given) => hashes.map((ntHash) => equalSecrets(given, ntHash)));
  return right.includes(true) ? NO_KEYS : undefined;
}

const NO_KEYS: Proven = { authenticatorResponse: undefined, keys: {} };

/** Every character in one octet? Others would be cut to one. */
const isLatin1 = (text: string): boolean => /^[\0-\xff]*$/.test(text);
