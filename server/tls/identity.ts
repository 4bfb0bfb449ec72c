import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { identityFault, type TlsIdentity } from "../platform/tls-gate.ts";
import { certificateName } from "./self-signed.ts";

/** What operators know a certificate by. */
export interface CertificateFacts {
  /** Host names and addresses that it is for, as `vpn.example.com` or `192.0.2.1`. */
  readonly names: readonly string[];
  /** SHA-256 over the certificate, as `AB:CD:…`. */
  readonly fingerprint: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly selfSigned: boolean;
  /** The certificate alone, without its chain. */
  readonly pem: string;
}

/** A pair that can be used, or why it cannot: one sentence that names the file and what to do. */
export type Judged =
  | {
      readonly ok: true;
      readonly identity: TlsIdentity;
      readonly facts: CertificateFacts;
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly sentence: string };

/** A text and what to call it. */
export interface NamedText {
  readonly path: string;
  readonly text: string;
}

/**
 * Judges certificate and key, both PEM: the server's certificate first, then those between it and its
 * authority. Dates are not judged: a clock may be wrong, and an expired certificate still encrypts.
 */
export function judgeIdentity(certificate: NamedText, key: NamedText): Judged {
  const chain = readChain(certificate);
  if (typeof chain === "string") return { ok: false, sentence: chain };
  const privateKey = readKey(key);
  if (typeof privateKey === "string") return { ok: false, sentence: privateKey };
  const [leaf] = chain as [X509Certificate];
  if (!leaf.checkPrivateKey(privateKey))
    return { ok: false, sentence: otherKey(chain, privateKey, certificate, key) };
  const identity = { certificate: certificate.text, key: key.text };
  const fault = identityFault(identity);
  if (fault !== undefined)
    return { ok: false, sentence: `${certificate.path} and ${key.path} cannot be used for TLS: ${fault}.` };
  const facts = factsOf(leaf);
  return { ok: true, identity, facts, notes: notesOf(chain, facts, certificate.path) };
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----/gs;

const blocksOf = (pem: string) => [...pem.matchAll(BLOCK)].map(([text, label]) => ({ text, label: label! }));

/** The certificates in their order, or what is wrong. */
function readChain({ path, text }: NamedText): readonly X509Certificate[] | string {
  const blocks = blocksOf(text);
  const certificates = blocks.filter(({ label }) => /^(?:X509 |TRUSTED )?CERTIFICATE$/.test(label));
  if (certificates.length === 0) return `${path} ${noCertificate(text, blocks)}.`;
  const chain: X509Certificate[] = [];
  for (const [index, { text }] of certificates.entries()) {
    try {
      chain.push(new X509Certificate(text));
    } catch (error) {
      const which = certificates.length === 1 ? "The certificate" : `Certificate ${index + 1}`;
      return `${which} in ${path} cannot be read (${reason(error)}): write the file anew.`;
    }
  }
  return chain;
}

function noCertificate(text: string, blocks: readonly { readonly label: string }[]): string {
  const labels = blocks.map(({ label }) => label);
  if (text.trim() === "") return "is empty, and a certificate in PEM belongs there";
  if (labels.some((label) => label.endsWith("PRIVATE KEY")))
    return "holds a private key and no certificate: admin.tls_certificate and admin.tls_key may be swapped";
  if (labels.some((label) => label.endsWith("CERTIFICATE REQUEST")))
    return "holds a request for a certificate: what the authority made of it belongs there";
  if (text.startsWith("0"))
    return `is not PEM. Where it is DER: \`openssl x509 -inform der -in FILE -out FILE.pem\` makes PEM of it`;
  if (text.includes("-----BEGIN")) return "holds no whole certificate: it begins one and does not end it";
  return "holds no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----";
}

/** The private key, or what is wrong. */
function readKey({ path, text }: NamedText): KeyObject | string {
  const blocks = blocksOf(text);
  const key = blocks.find(({ label }) => label.endsWith("PRIVATE KEY"));
  if (key === undefined) return `${path} ${noKey(text, blocks)}.`;
  if (key.label.startsWith("ENCRYPTED") || /^Proc-Type:.*ENCRYPTED/m.test(key.text))
    return `The key in ${path} is encrypted with a passphrase, and nobody is there to type it when pacd starts: write it without one, \`openssl pkey -in ${path} -out NEW.pem\`, readable by pacd alone.`;
  try {
    return createPrivateKey(key.text);
  } catch (error) {
    return `The private key in ${path} cannot be read (${reason(error)}): write the file anew.`;
  }
}

function noKey(text: string, blocks: readonly { readonly label: string }[]): string {
  if (text.trim() === "") return "is empty, and a private key in PEM belongs there";
  if (blocks.some(({ label }) => label.endsWith("CERTIFICATE")))
    return "holds a certificate and no private key: admin.tls_certificate and admin.tls_key may be swapped";
  if (blocks.some(({ label }) => label.endsWith("PUBLIC KEY")))
    return "holds a public key: the private one belongs there";
  if (text.startsWith("0"))
    return "is not PEM. Where it is DER: `openssl pkey -inform der -in FILE -out FILE.pem` makes PEM of it";
  if (text.includes("-----BEGIN")) return "holds no whole private key: it begins one and does not end it";
  return "holds no private key in PEM, which begins with -----BEGIN PRIVATE KEY-----";
}

function otherKey(
  [, ...others]: readonly X509Certificate[],
  privateKey: KeyObject,
  certificate: NamedText,
  key: NamedText,
): string {
  if (others.some((other) => other.checkPrivateKey(privateKey)))
    return `The certificate that belongs to ${key.path} stands in ${certificate.path} behind others: the server's own must be the first.`;
  return `The key in ${key.path} does not belong to the certificate in ${certificate.path}: they are of different pairs.`;
}

/** What clients may stumble over, though it can be used. */
function notesOf(
  chain: readonly X509Certificate[],
  facts: CertificateFacts,
  path: string,
): readonly string[] {
  const notes: string[] = [];
  if (facts.names.length === 0)
    notes.push(
      `The certificate in ${path} names no host (subjectAltName), so clients refuse it: have one made for the names and addresses by which they call pacd.`,
    );
  const broken = chain.findIndex((one, index) => index > 0 && !chain[index - 1]!.checkIssued(one));
  if (broken > 0)
    notes.push(
      `In ${path}, certificate ${broken + 1} has not issued certificate ${broken}: clients may find no way to their authority. Each must be followed by its issuer.`,
    );
  return notes;
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  return {
    names: namesOf(certificate.subjectAltName ?? ""),
    fingerprint: certificate.fingerprint256,
    notBefore: certificate.validFromDate,
    notAfter: certificate.validToDate,
    // checkIssued would ask whether its key may sign certificates, which it need not.
    selfSigned: certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey),
    pem: certificate.toString(),
  };
}

/** In their one form, of `DNS:a.example.com, IP Address:192.0.2.1`; what Node quotes is no host name. */
const namesOf = (alternatives: string): readonly string[] =>
  alternatives
    .split(", ")
    .flatMap((one) => /^(?:DNS|IP Address):([^"]+)$/.exec(one)?.[1] ?? [])
    .map((name) => certificateName(name) ?? name);

/** OpenSSL's words after the last colon, such as "wrong tag". */
const reason = (error: unknown): string => (error as Error).message.split(":").at(-1)!.trim();
