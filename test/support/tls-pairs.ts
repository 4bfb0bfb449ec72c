import { createPrivateKey, type webcrypto } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SelfSigned, selfSigned } from "../../server/tls/self-signed.ts";

/** When the pairs of tests are made. */
export const MADE = new Date("2030-01-01T00:00:00.000Z");

/** A pair for the loopback, valid for ten years around the real time of the test. */
export const localPair = (...names: string[]): Promise<SelfSigned> =>
  selfSigned(
    names.length > 0 ? names : ["localhost", "127.0.0.1"],
    36_500,
    new Date("2020-01-01T00:00:00.000Z"),
  );

/** A server's certificate, the one between, and the authority, each issued by the next. */
export interface Chain {
  readonly leaf: string;
  readonly key: string;
  readonly between: string;
  readonly root: string;
}

/** A chain of three for `name`. */
export async function chain(name: string): Promise<Chain> {
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
  const keysOf = () => crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const dates = { notBefore: new Date("2020-01-01"), notAfter: new Date("2119-01-01") };
  const [rootKeys, betweenKeys, leafKeys] = [await keysOf(), await keysOf(), await keysOf()];
  const issue = (
    [subject, publicKey]: readonly [string, webcrypto.CryptoKey],
    [issuer, signingKey]: readonly [string, webcrypto.CryptoKey],
    authority: boolean,
  ) =>
    x509.X509CertificateGenerator.create({
      ...dates,
      subject: `CN=${subject}`,
      issuer: `CN=${issuer}`,
      publicKey,
      signingKey,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(authority, undefined, true),
        ...(authority ? [] : [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: subject }])]),
      ],
    });
  const root = await issue(["root", rootKeys.publicKey], ["root", rootKeys.privateKey], true);
  const between = await issue(["between", betweenKeys.publicKey], ["root", rootKeys.privateKey], true);
  const leaf = await issue([name, leafKeys.publicKey], ["between", betweenKeys.privateKey], false);
  return {
    leaf: `${leaf.toString("pem")}\n`,
    between: `${between.toString("pem")}\n`,
    root: `${root.toString("pem")}\n`,
    key: await pemKey(leafKeys.privateKey),
  };
}

/** A pair of an RSA key of so many bits, without names. */
export async function rsaPair(bits: number): Promise<SelfSigned> {
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: bits,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=small",
    notAfter: new Date("2119-01-01"),
    keys,
    signingAlgorithm: algorithm,
  });
  return { certificate: `${certificate.toString("pem")}\n`, key: await pemKey(keys.privateKey) };
}

async function pemKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", key));
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" })
    .export({ format: "pem", type: "pkcs8" })
    .toString();
}

/** Writes a pair as pacd wants it, and returns where it is. */
export function writePair(
  folder: string,
  { certificate, key }: SelfSigned,
): { readonly certificate: string; readonly key: string } {
  const files = { certificate: join(folder, "certificate.pem"), key: join(folder, "key.pem") };
  writeFileSync(files.certificate, certificate);
  writeFileSync(files.key, key, { mode: 0o600 });
  return files;
}
