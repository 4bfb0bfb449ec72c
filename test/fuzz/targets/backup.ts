import assert from "node:assert/strict";
import { archive } from "../../../server/backup/archive.ts";
import { FORMAT, MANIFEST, manifestOctets } from "../../../server/backup/manifest.ts";
import { readArchive } from "../../../server/backup/reading.ts";
import { isMemberName, memberHeader, readMemberHeader } from "../../../server/backup/tar.ts";
import { AppError } from "../../../server/errors/app-error.ts";
import { concat } from "../../../server/wire/bytes.ts";
import { inPieces } from "../../support/backup.ts";
import { spoilt } from "../changes.ts";
import type { Target } from "../target.ts";

const AT = 1_767_355_200;

async function made(...files: readonly (readonly [string, Uint8Array])[]): Promise<Uint8Array> {
  const manifest = manifestOctets({
    format: FORMAT,
    pacd: "1.2.3",
    schema: "0006-about-the-database",
    at: "2026-01-02T12:00:00.000Z",
    host: "vpn1",
    users: 1,
    stateDirectory: "/var/lib/pacd",
    configFile: null,
  });
  const pieces: Uint8Array[] = [];
  const parts = ([[MANIFEST, manifest], ...files] as const).map(([name, octets]) => ({
    name,
    size: octets.length,
    octets: [octets],
  }));
  for await (const some of archive(parts, AT)) pieces.push(some);
  return concat(...pieces);
}

const SEEDS = [
  await made(),
  await made(["secret.key", Buffer.alloc(32, 7)], ["pacd.db", Buffer.alloc(600, "pages")]),
  await made(["state/tls/api.pem", Buffer.from("x")], ["pacd.toml", new Uint8Array(0)]),
];

/** A backup on its way in: either each octet is as it was written, or it is refused in words. */
export const backupArchive: Target = {
  name: "backup-archive",
  share: 5,
  inputs: spoilt(SEEDS, 3000),
  async run(input) {
    let taken = 0;
    const read = readArchive(inPieces(input, 700), () => ({
      write: (octets) => {
        taken += octets.length;
      },
      end() {},
    }));
    const refused = await read.then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(taken <= input.length);
    if (refused === undefined) assert.ok(SEEDS.some((seed) => Buffer.from(seed).equals(input)));
    else {
      assert.ok(refused instanceof AppError, String(refused));
      assert.match(refused.code, /^backup-(damaged|too-new)$/);
    }
  },
};

/** What is taken for a header is one, octet for octet, and its name leads nowhere else. */
export const backupHeader: Target = {
  name: "backup-header",
  share: 20,
  inputs: spoilt(
    ["pacd.db", "state/tls/api.pem"].map((name) => memberHeader({ name, size: 12_345, at: AT })),
    600,
  ),
  run(input) {
    const member = readMemberHeader(input);
    if (member === undefined) return;
    assert.ok(isMemberName(member.name) && !member.name.split("/").includes(".."));
    assert.deepEqual(Buffer.from(memberHeader(member)), Buffer.from(input));
  },
};
