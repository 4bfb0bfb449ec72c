import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { archive, archiveLength, type Part } from "../../../server/backup/archive.ts";
import { FORMAT, MANIFEST, type Manifest, manifestOctets } from "../../../server/backup/manifest.ts";
import { decrypted, encrypted } from "../../../server/backup/passphrase.ts";
import { readArchive } from "../../../server/backup/reading.ts";
import { memberHeader, readMemberHeader } from "../../../server/backup/tar.ts";
import { concat } from "../../../server/wire/bytes.ts";
import { inPieces } from "../../support/backup.ts";
import { temporaryDirectory } from "../../support/temporary-store.ts";

const AT = 1_767_355_200;
const MADE: Manifest = {
  format: FORMAT,
  pacd: "1.2.3",
  schema: "0006-about-the-database",
  at: "2026-01-02T12:00:00.000Z",
  host: "vpn1",
  users: 2,
  stateDirectory: "/var/lib/pacd",
  configFile: "/etc/pacd/pacd.toml",
};
const part = (name: string, octets: Uint8Array): Part => ({ name, size: octets.length, octets: [octets] });
const PARTS = [
  part(MANIFEST, manifestOctets(MADE)),
  part("secret.key", Buffer.alloc(32, 7)),
  part("pacd.toml", Buffer.from("")),
  part("pacd.db", Buffer.alloc(1025, "database")),
];

async function collected(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const some of pieces) all.push(Uint8Array.from(some));
  return concat(...all);
}

/** What is in an archive. */
async function read(octets: Uint8Array, size?: number) {
  const files = new Map<string, Uint8Array[]>();
  const manifest = await readArchive(inPieces(octets, size), (name) => {
    const pieces: Uint8Array[] = [];
    files.set(name, pieces);
    return { write: (some) => void pieces.push(Uint8Array.from(some)), end() {} };
  });
  return { manifest, files: new Map([...files].map(([name, pieces]) => [name, concat(...pieces)])) };
}

const made = () => collected(archive(PARTS, AT));

test("what goes in comes out, in pieces of whatever size", async () => {
  const octets = await made();
  assert.equal(octets.length, archiveLength(PARTS));
  for (const size of [1, 511, 512, 513, 100_000]) {
    const { manifest, files } = await read(octets, size);
    assert.deepEqual(manifest, MADE);
    assert.deepEqual([...files.keys()], ["secret.key", "pacd.toml", "pacd.db"]);
    assert.deepEqual(Buffer.from(files.get("pacd.db")!), Buffer.alloc(1025, "database"));
  }
});

test("every truncation is noticed", async () => {
  const octets = await made();
  for (let length = 0; length < octets.length; length++)
    await assert.rejects(read(octets.subarray(0, length)), { code: "backup-damaged" }, `${length}`);
});

test("every flipped bit is noticed, whatever it was", async () => {
  const octets = Buffer.from(await made());
  for (let at = 0; at < octets.length; at++) {
    octets[at]! ^= 1 << (at % 8);
    await assert.rejects(read(octets), /^AppError/, `octet ${at}`);
    octets[at]! ^= 1 << (at % 8);
  }
  await read(octets);
});

test("what follows after the end is noticed", async () => {
  await assert.rejects(read(concat(await made(), Uint8Array.of(0))), /something follows after its end/);
});

test("tar of the system lists and unpacks it, and sha256sum agrees with its end", async (t) => {
  const folder = temporaryDirectory(t);
  const file = join(folder, "a.tar");
  const octets = await made();
  writeFileSync(file, octets);
  const run = (...args: string[]) => spawnSync("tar", args, { encoding: "utf8", cwd: folder });
  assert.equal(run("tf", file).stdout, `${MANIFEST}\nsecret.key\npacd.toml\npacd.db\nsha256\n`);
  assert.deepEqual(run("xf", file).stderr, "");
  assert.deepEqual(readFileSync(join(folder, "pacd.db")), Buffer.alloc(1025, "database"));
  writeFileSync(join(folder, "before"), octets.subarray(0, -2048));
  const sum = spawnSync("sha256sum", ["before"], { encoding: "utf8", cwd: folder }).stdout.split(" ")[0];
  assert.equal(readFileSync(join(folder, "sha256"), "utf8"), `${sum}\n`);
});

test("a newer format is refused with the version that made it", async () => {
  const newer = { ...MADE, format: FORMAT + 1, pacd: "9.0.0" };
  const octets = await collected(archive([part(MANIFEST, manifestOctets(newer))], AT));
  await assert.rejects(read(octets), {
    code: "backup-too-new",
    message: /format 2, and was made by pacd 9\.0\.0; this pacd knows format 1/,
  });
});

for (const [what, parts, words] of [
  ["another tar archive", [part("readme", Buffer.from("hello"))], /This is no backup of pacd/],
  ["a file twice", [...PARTS, part("secret.key", Buffer.alloc(32))], /secret\.key is in it twice/],
  ["a manifest that is none", [part(MANIFEST, Buffer.from("[]"))], /lacks something/],
  ["a manifest that is no JSON", [part(MANIFEST, Buffer.from("{"))], /is not JSON/],
] as const)
  test(`${what} is refused`, async () => {
    await assert.rejects(read(await collected(archive(parts, AT))), {
      code: "backup-damaged",
      message: words,
    });
  });

for (const [what, octets] of [
  ["an empty file", ""],
  ["a text", "hello\n".repeat(500)],
  ["zeros", "\0".repeat(5000)],
] as const)
  test(`${what} is no backup`, () => assert.rejects(read(Buffer.from(octets)), { code: "backup-damaged" }));

test("a name that leads elsewhere is no header of ours", () => {
  for (const name of ["../secret.key", "/etc/passwd", "a/../../b", "a//b", "", "a\nb", ".ssh"]) {
    const header = memberHeader({ name, size: 1, at: AT });
    assert.equal(readMemberHeader(header), undefined, name);
  }
  const member = { name: "state/tls/api.pem", size: 8 ** 11 - 1, at: AT };
  assert.deepEqual(readMemberHeader(memberHeader(member)), member);
});

const PASSPHRASE = "correct horse battery";
const open = (octets: Uint8Array, passphrase: string | undefined) =>
  collected(decrypted(inPieces(octets, 5000), async () => passphrase));

test("encrypted, it comes back with the passphrase, and is one of age's files", async () => {
  const octets = await made();
  const sealed = await collected(await encrypted(inPieces(octets), PASSPHRASE));
  assert.match(
    Buffer.from(sealed.subarray(0, 200)).toString("latin1"),
    /^age-encryption\.org\/v1\n-> scrypt /,
  );
  assert.deepEqual(await open(sealed, PASSPHRASE), octets);
  assert.equal(Buffer.from(sealed).includes("vpn1"), false);
});

test("encrypted: without a passphrase or with another one it says so; a changed or missing octet is noticed", async () => {
  const sealed = Buffer.from(await collected(await encrypted(inPieces(await made()), PASSPHRASE)));
  await assert.rejects(open(sealed, undefined), {
    code: "backup-passphrase",
    message: /--passphrase-file FILE, or with --passphrase-stdin/,
  });
  await assert.rejects(open(sealed, "correct horse"), { code: "backup-passphrase" });
  for (const at of [sealed.length - 1, sealed.length - 1000, 150]) {
    const changed = Buffer.from(sealed);
    changed[at]! ^= 1;
    await assert.rejects(open(changed, PASSPHRASE), /^AppError/, `octet ${at}`);
  }
  for (const length of [sealed.length - 1, sealed.length - 2000, 100, 30])
    await assert.rejects(open(sealed.subarray(0, length), PASSPHRASE), /^AppError/, `${length} octets`);
});

test("what is not encrypted asks for no passphrase", async () => {
  const octets = await made();
  const asked = () => assert.fail("asked");
  assert.deepEqual(await collected(decrypted(inPieces(octets), asked)), octets);
});
