import { randomBytes, webcrypto } from "node:crypto";

/** A new pair, both PEM. */
export interface SelfSigned {
  readonly certificate: string;
  readonly key: string;
}

/** P-256: what every TLS client knows, with keys that are quick to make and to use. */
const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;

/**
 * Octets of a serial number, which has 64 random bits at least (CA/Browser Forum, §7.1) and is positive.
 */
const SERIAL = 16;

/** A clock that lags shall not find a new certificate to be of tomorrow. */
const HOUR = 60 * 60 * 1000;

const DAY = 24 * HOUR;

/**
 * Makes a key and a certificate that it signs itself, for these host names and addresses and so many days
 * from `now`. It is nobody's authority: who trusts it trusts this one server, even if the key is stolen.
 */
export async function selfSigned(names: readonly string[], days: number, now: Date): Promise<SelfSigned> {
  const x509 = await import("./x509.ts"); // loaded when it is needed, by one command
  const keys = await webcrypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [commonName(names)] }],
    serialNumber: serialNumber(),
    notBefore: new Date(now.getTime() - HOUR),
    notAfter: new Date(now.getTime() + days * DAY),
    keys,
    signingAlgorithm: { ...CURVE, hash: "SHA-256" },
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => ({ type: isAddress(name) ? "ip" : "dns", value: name })),
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    certificate: `${certificate.toString("pem")}\n`,
    key: pem("PRIVATE KEY", await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)),
  };
}

/** A host name or address as a certificate can hold it, in its one form; undefined where it is neither. */
export function certificateName(text: string): string | undefined {
  const host = text.includes(":") ? `[${text}]` : text;
  const parsed = URL.parse(`http://${host}/`);
  if (parsed === null || parsed.host !== parsed.hostname || parsed.pathname !== "/") return undefined;
  const name = parsed.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
  if (isAddress(name)) return isAddress(text) ? name : undefined;
  return NAME.test(name) && name.length <= 253 ? name : undefined;
}

const NAME = /^(?:\*\.)?[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;

const isAddress = (name: string): boolean => name.includes(":") || /^\d+(?:\.\d+){3}$/.test(name);

/** X.520 allows 64 characters. */
const commonName = (names: readonly string[]): string => (names[0] ?? "pacd").slice(0, 64);

function serialNumber(): string {
  const octets = randomBytes(SERIAL);
  octets[0] = (octets[0]! & 0x7f) | 0x40;
  return octets.toString("hex");
}

const pem = (label: string, der: ArrayBuffer): string =>
  `-----BEGIN ${label}-----\n${Buffer.from(der)
    .toString("base64")
    .replace(/.{64}(?=.)/g, "$&\n")}\n-----END ${label}-----\n`;
