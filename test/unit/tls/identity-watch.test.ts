import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { Conditions } from "../../../server/conditions/conditions.ts";
import type { TlsIdentity } from "../../../server/platform/tls-gate.ts";
import { IdentityWatch, LOOK_EVERY } from "../../../server/tls/identity-watch.ts";
import { selfSigned } from "../../../server/tls/self-signed.ts";
import { temporaryDirectory } from "../../support/temporary-store.ts";
import { MADE, rsaPair, writePair } from "../../support/tls-pairs.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const DAY = 24 * 60 * 60 * 1000;
const [FIRST, SECOND, THIRD] = (await Promise.all(
  [40, 400, 500].map((days) => selfSigned(["vpn.example.com"], days, MADE)),
)) as [
  Awaited<ReturnType<typeof selfSigned>>,
  Awaited<ReturnType<typeof selfSigned>>,
  Awaited<ReturnType<typeof selfSigned>>,
];

function watched(t: TestContext) {
  const clock = new VirtualClock(MADE.getTime());
  const log: string[] = [];
  const note = (_fields: object, text: string) => log.push(text);
  const conditions = new Conditions(clock, { warn: note, info: note });
  const used: (TlsIdentity | undefined)[] = [];
  let changes = 0;
  const watch = new IdentityWatch({
    user: { use: (identity) => used.push(identity) },
    clock,
    conditions,
    log: { info: note },
    changed: () => changes++,
  });
  t.after(() => watch.stop());
  const folder = temporaryDirectory(t);
  return {
    clock,
    log,
    watch,
    folder,
    used,
    changes: () => changes,
    now: () => used.at(-1)?.certificate,
    holding: () => conditions.all().map(({ code, sentence }) => [code, sentence] as const),
    look: () => clock.advance(LOOK_EVERY),
  };
}

test("a new pair is taken up within five seconds, and said once", async (t) => {
  const w = watched(t);
  w.watch.use(writePair(w.folder, FIRST));
  assert.equal(w.now(), FIRST.certificate);
  writePair(w.folder, SECOND);
  await w.look();
  assert.equal(w.now(), SECOND.certificate);
  await w.clock.advance(60_000);
  assert.deepEqual(w.log, ["The API's certificate was replaced"]);
  assert.equal(w.used.length, 2);
  assert.equal(w.changes(), 2);
});

test("files that are renamed over the old ones are new ones", async (t) => {
  const w = watched(t);
  const files = writePair(w.folder, FIRST);
  w.watch.use(files);
  mkdirSync(join(w.folder, "new"));
  const fresh = writePair(join(w.folder, "new"), SECOND);
  renameSync(fresh.key, files.key);
  renameSync(fresh.certificate, files.certificate);
  await w.look();
  assert.equal(w.now(), SECOND.certificate);
});

test("a link to a folder that points elsewhere now leads to new files, as in Kubernetes and certbot", async (t) => {
  const w = watched(t);
  for (const [name, pair] of [
    ["..1", FIRST],
    ["..2", SECOND],
  ] as const) {
    mkdirSync(join(w.folder, name));
    writePair(join(w.folder, name), pair);
  }
  symlinkSync("..1", join(w.folder, "..data"));
  for (const name of ["certificate.pem", "key.pem"]) symlinkSync(join("..data", name), join(w.folder, name));
  w.watch.use({ certificate: join(w.folder, "certificate.pem"), key: join(w.folder, "key.pem") });
  symlinkSync("..2", join(w.folder, "..tmp"));
  renameSync(join(w.folder, "..tmp"), join(w.folder, "..data"));
  await w.look();
  assert.equal(w.now(), SECOND.certificate);
});

test("between a new certificate and its key nothing is said, and the old pair stays", async (t) => {
  const w = watched(t);
  const files = writePair(w.folder, FIRST);
  w.watch.use(files);
  writeFileSync(files.certificate, SECOND.certificate);
  await w.look();
  assert.deepEqual([w.holding(), w.now()], [[], FIRST.certificate]);
  writeFileSync(files.key, SECOND.key);
  await w.look();
  assert.deepEqual([w.holding(), w.now()], [[], SECOND.certificate]);
});

for (const [what, harm, says] of [
  [
    "is of another pair",
    (w) => writePair(w.folder, { ...THIRD, key: SECOND.key }),
    /does not belong to the certificate/,
  ],
  [
    "is cut",
    (w) => writePair(w.folder, { ...SECOND, certificate: SECOND.certificate.slice(0, 99) }),
    /no whole certificate/,
  ],
  ["is gone", (w) => rmSync(join(w.folder, "key.pem")), /^There is no TLS key .*key\.pem/],
  [
    "is a folder",
    (w) => {
      rmSync(join(w.folder, "key.pem"));
      mkdirSync(join(w.folder, "key.pem"));
    },
    /is not a file/,
  ],
] as const satisfies readonly (readonly [string, (w: ReturnType<typeof watched>) => void, RegExp])[])
  test(`a pair that ${what} is a condition from the second look on, and the old one stays until it is right`, async (t) => {
    const w = watched(t);
    w.watch.use(writePair(w.folder, FIRST));
    harm(w);
    await w.look();
    assert.deepEqual(w.holding(), []);
    await w.look();
    const [[code, sentence]] = w.holding() as [readonly [string, string]];
    assert.equal(code, "tls-certificate-broken");
    assert.match(sentence, says);
    assert.match(sentence, /The certificate before it stays in use/);
    assert.equal(w.now(), FIRST.certificate);
    rmSync(join(w.folder, "key.pem"), { recursive: true, force: true });
    writePair(w.folder, SECOND);
    await w.look();
    assert.deepEqual([w.holding(), w.now()], [[], SECOND.certificate]);
  });

test("the last fourteen days, and what comes after, are conditions until a new pair is there", async (t) => {
  const w = watched(t);
  w.watch.use(writePair(w.folder, FIRST));
  w.clock.setWallClock(26 * DAY - 2 * LOOK_EVERY);
  await w.look();
  assert.deepEqual(w.holding(), []);
  await w.clock.advance(2 * LOOK_EVERY);
  const [[code, sentence]] = w.holding() as [readonly [string, string]];
  assert.equal(code, "tls-certificate-expiring");
  assert.match(sentence, /expires on 2030-02-10, in 13 days\. `pacctl tls init --replace`/);
  w.clock.setWallClock(14 * DAY);
  await w.look();
  assert.match(
    w
      .holding()
      .map(([c, s]) => `${c}: ${s}`)
      .join("\n"),
    /^tls-certificate-invalid: .* expired on 2030-02-10/,
  );
  writePair(w.folder, SECOND);
  await w.look();
  assert.deepEqual(w.holding(), []);
});

test("a certificate of tomorrow is a condition, and the clock is asked about", (t) => {
  const w = watched(t);
  w.clock.setWallClock(-3 * DAY);
  w.watch.use(writePair(w.folder, FIRST));
  assert.match(w.holding()[0]![1], /not valid before 2029-12-31.*clock/);
});

test("an expired certificate is used all the same", (t) => {
  const w = watched(t);
  w.clock.setWallClock(50 * DAY);
  w.watch.use(writePair(w.folder, FIRST));
  assert.equal(w.now(), FIRST.certificate);
  assert.equal(w.holding()[0]![0], "tls-certificate-invalid");
});

test("a pair that cannot be used from the start is refused, and changes nothing", (t) => {
  const w = watched(t);
  const files = writePair(w.folder, FIRST);
  w.watch.use(files);
  assert.throws(() => w.watch.use({ ...files, key: "/nowhere/key.pem" }), {
    code: "tls-unusable",
    message: /There is no TLS key \/nowhere\/key\.pem: `pacctl tls init`/,
  });
  assert.equal(w.used.length, 1);
  assert.equal(w.clock.pending(), 1);
});

test("without files nothing is looked at any more, and nothing holds", async (t) => {
  const w = watched(t);
  w.clock.setWallClock(50 * DAY);
  w.watch.use(writePair(w.folder, FIRST));
  w.watch.use(undefined);
  assert.deepEqual(
    [w.used.at(-1), w.holding(), w.clock.pending(), w.watch.certificate],
    [undefined, [], 0, undefined],
  );
});

test("a key that every user can read is told, with the command that mends it; in a private folder it is not", async (t) => {
  const w = watched(t);
  const files = writePair(w.folder, FIRST);
  chmodSync(files.key, 0o644);
  w.watch.use(files); // the folder is ours alone
  assert.deepEqual(w.holding(), []);
  const open = mkdtempSync("/tmp/pacd-open-");
  t.after(() => rmSync(open, { recursive: true }));
  chmodSync(open, 0o755);
  const exposed = writePair(open, FIRST);
  chmodSync(exposed.key, 0o644);
  w.watch.use(exposed);
  const [[code, sentence]] = w.holding() as [readonly [string, string]];
  assert.equal(code, "tls-certificate-doubtful");
  assert.ok(sentence.includes(`run \`chmod o= ${exposed.key}\``), sentence);
  chmodSync(exposed.key, 0o640);
  await w.look();
  assert.deepEqual(w.holding(), []);
});

test("a certificate that names nobody is told", async (t) => {
  const w = watched(t);
  w.watch.use(writePair(w.folder, await rsaPair(2048)));
  assert.deepEqual(
    w.holding().map(([code]) => code),
    ["tls-certificate-doubtful"],
  );
});
