import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { test } from "node:test";
import { judgeIdentity } from "../../../server/tls/identity.ts";
import { selfSigned } from "../../../server/tls/self-signed.ts";
import { fc } from "../../support/fc.ts";
import { chain, localPair, MADE, rsaPair } from "../../support/tls-pairs.ts";

const PAIR = await selfSigned(["vpn.example.com", "192.0.2.1", "2001:db8::1"], 30, MADE);
const OTHER = await localPair();
const CHAIN = await chain("vpn.example.com");
const KEY = createPrivateKey(PAIR.key);

const judge = (certificate: string, key: string) =>
  judgeIdentity({ path: "/c.pem", text: certificate }, { path: "/k.pem", text: key });

/** The sentence about a pair that cannot be used. */
function complaint(certificate: string, key: string): string {
  const judged = judge(certificate, key);
  assert.ok(!judged.ok, "it was taken");
  assert.doesNotMatch(judged.sentence, /\n|undefined/);
  return judged.sentence;
}

test("a pair is taken, and what is in it is told", () => {
  const judged = judge(PAIR.certificate, PAIR.key);
  assert.ok(judged.ok);
  assert.deepEqual(judged.facts, {
    names: ["vpn.example.com", "192.0.2.1", "2001:db8::1"],
    fingerprint: new X509Certificate(PAIR.certificate).fingerprint256,
    notBefore: new Date("2029-12-31T23:00:00.000Z"),
    notAfter: new Date("2030-01-31T00:00:00.000Z"),
    selfSigned: true,
    pem: PAIR.certificate,
  });
  assert.deepEqual(judged.notes, []);
  assert.deepEqual(judged.identity, { certificate: PAIR.certificate, key: PAIR.key });
});

test("a chain is taken, and its first certificate counts", () => {
  const judged = judge(CHAIN.leaf + CHAIN.between + CHAIN.root, CHAIN.key);
  assert.ok(judged.ok);
  assert.deepEqual(
    [judged.facts.names, judged.facts.selfSigned, judged.notes],
    [["vpn.example.com"], false, []],
  );
});

test("words around the blocks are passed over, as ACME clients and openssl write them", () => {
  assert.ok(judge(`subject=CN = x\r\n${PAIR.certificate.replaceAll("\n", "\r\n")}`, `Bag\n${PAIR.key}`).ok);
});

test("certificate and key may stand in one file", () => {
  assert.ok(judge(PAIR.key + PAIR.certificate, PAIR.key + PAIR.certificate).ok);
});

for (const [what, certificate, key, says] of [
  ["an empty certificate", " \n", PAIR.key, /^\/c\.pem is empty, and a certificate in PEM belongs there\.$/],
  [
    "both swapped",
    PAIR.key,
    PAIR.certificate,
    /^\/c\.pem holds a private key and no certificate: .* swapped\.$/,
  ],
  [
    "a certificate for the key",
    PAIR.certificate,
    PAIR.certificate,
    /^\/k\.pem holds a certificate and no private key: .* swapped\.$/,
  ],
  [
    "a request",
    "-----BEGIN CERTIFICATE REQUEST-----\nAA==\n-----END CERTIFICATE REQUEST-----",
    PAIR.key,
    /^\/c\.pem holds a request/,
  ],
  [
    "DER",
    new X509Certificate(PAIR.certificate).raw.toString("latin1"),
    PAIR.key,
    /^\/c\.pem is not PEM\..*openssl x509 -inform der/,
  ],
  [
    "a key in DER",
    PAIR.certificate,
    KEY.export({ format: "der", type: "pkcs8" }).toString("latin1"),
    /^\/k\.pem is not PEM\..*openssl pkey -inform der/,
  ],
  ["a word", "hello", PAIR.key, /^\/c\.pem holds no certificate in PEM/],
  ["a word for the key", PAIR.certificate, "hello", /^\/k\.pem holds no private key in PEM/],
  [
    "a public key",
    PAIR.certificate,
    createPublicKey(KEY).export({ format: "pem", type: "spki" }).toString(),
    /^\/k\.pem holds a public key/,
  ],
  ["half a certificate", PAIR.certificate.slice(0, 300), PAIR.key, /^\/c\.pem holds no whole certificate/],
  ["half a key", PAIR.certificate, PAIR.key.slice(0, 100), /^\/k\.pem holds no whole private key/],
  [
    "a spoilt certificate",
    PAIR.certificate.replace(/\nMII./, "\nAAAA"),
    PAIR.key,
    /^The certificate in \/c\.pem cannot be read \(/,
  ],
  [
    "a spoilt second one",
    PAIR.certificate + OTHER.certificate.replace(/\nMII./, "\nAAAA"),
    PAIR.key,
    /^Certificate 2 in \/c\.pem cannot be read/,
  ],
  [
    "a spoilt key",
    PAIR.certificate,
    PAIR.key.replace(/\nMIG./, "\nAAAA"),
    /^The private key in \/k\.pem cannot be read \(/,
  ],
  [
    "the key of another pair",
    PAIR.certificate,
    OTHER.key,
    /^The key in \/k\.pem does not belong to the certificate in \/c\.pem/,
  ],
  [
    "a chain that begins with its authority",
    CHAIN.root + CHAIN.leaf,
    CHAIN.key,
    /stands in \/c\.pem behind others: the server's own must be the first\.$/,
  ],
] as const)
  test(`${what} is refused with its file and what to do`, () =>
    assert.match(complaint(certificate, key), says));

for (const [what, key] of [
  [
    "PKCS #8",
    KEY.export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "x" }).toString(),
  ],
  ["SEC 1", KEY.export({ format: "pem", type: "sec1", cipher: "aes-256-cbc", passphrase: "x" }).toString()],
] as const)
  test(`a key that is encrypted (${what}) is refused with the command that decrypts it`, () =>
    assert.match(
      complaint(PAIR.certificate, key),
      /^The key in \/k\.pem is encrypted .*openssl pkey -in \/k\.pem -out NEW\.pem/,
    ));

test("a key that OpenSSL finds too small is refused in its words", async () => {
  const small = await rsaPair(1024);
  assert.match(
    complaint(small.certificate, small.key),
    /^\/c\.pem and \/k\.pem cannot be used for TLS: .*too small\.$/,
  );
});

test("a certificate without names, and a chain out of order, are used and told", async () => {
  const nameless = await rsaPair(2048);
  const judged = judge(nameless.certificate, nameless.key);
  assert.ok(judged.ok);
  assert.match(judged.notes[0]!, /names no host \(subjectAltName\)/);
  const disordered = judge(CHAIN.leaf + CHAIN.root + CHAIN.between, CHAIN.key);
  assert.ok(disordered.ok);
  assert.match(disordered.notes[0]!, /certificate 2 has not issued certificate 1/);
});

test("no cut and no change of one octet makes anything but a pair or a sentence", () => {
  const whole = CHAIN.leaf + CHAIN.between;
  fc.assert(
    fc.property(
      fc.nat(whole.length),
      fc.nat(CHAIN.key.length),
      fc.nat(255),
      fc.boolean(),
      (at, keyAt, octet, cut) => {
        const spoil = (text: string, place: number) =>
          cut
            ? text.slice(0, place)
            : text.slice(0, place) + String.fromCharCode(octet) + text.slice(place + 1);
        for (const judged of [judge(spoil(whole, at), CHAIN.key), judge(whole, spoil(CHAIN.key, keyAt))])
          if (!judged.ok) assert.match(judged.sentence, /^[^\n]+\.$/);
      },
    ),
    { seed: 7, numRuns: 300 },
  );
});
