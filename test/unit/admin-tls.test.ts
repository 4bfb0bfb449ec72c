import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { addressFile, apiUrl, parseApiAddress } from "../../admin-api/address-file.ts";
import { AdminTls } from "../../server/admin-tls.ts";
import { Conditions } from "../../server/conditions/conditions.ts";
import type { Config } from "../../server/config/config-types.ts";
import { parseConfig } from "../../server/config/load-config.ts";
import { LOOK_EVERY } from "../../server/tls/identity-watch.ts";
import { selfSigned } from "../../server/tls/self-signed.ts";
import { temporaryDirectory } from "../support/temporary-store.ts";
import { chain, MADE, writePair } from "../support/tls-pairs.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const [FIRST, SECOND] = [
  await selfSigned(["a.example.com"], 40, MADE),
  await selfSigned(["b.example.com"], 90, MADE),
];
const PLAIN = parseConfig("", "/x.toml");
const withTls = (files: Config["admin"]["tls"]): Config => ({
  ...PLAIN,
  admin: { ...PLAIN.admin, tls: files },
});
const LISTEN = { host: "0.0.0.0", port: 8723 };

function made(t: TestContext, config: (folder: string) => Config = () => PLAIN) {
  const folder = temporaryDirectory(t);
  const clock = new VirtualClock(MADE.getTime());
  const warned: string[] = [];
  const log = { info: () => {}, warn: (_: object, text: string) => warned.push(text) };
  const tls = new AdminTls(config(folder), { clock, conditions: new Conditions(clock, log), log });
  t.after(() => tls.stop());
  const left = () => {
    const file = addressFile(folder);
    return existsSync(file) ? parseApiAddress(readFileSync(file, "utf8")) : undefined;
  };
  return { folder, clock, warned, tls, left };
}

test("while it serves, the state directory says where the API is; afterwards it does not", (t) => {
  const { tls, left, folder } = made(t);
  assert.equal(left(), undefined);
  tls.publish(folder, LISTEN);
  assert.deepEqual(left(), { url: "http://127.0.0.1:8723", certificate: null, socket: null });
  assert.equal(statSync(addressFile(folder)).mode & 0o777, 0o600);
  tls.stop();
  assert.equal(left(), undefined);
});

test("it has the local socket, where there is one, also after the API has moved", (t) => {
  const { tls, folder, left } = made(t, () => PLAIN);
  tls.publish(folder, LISTEN, () => "/run/pacd/admin.sock");
  assert.equal(left()?.socket, "/run/pacd/admin.sock");
  tls.publish(folder, { ...LISTEN, port: 9000 });
  assert.deepEqual([left()?.url, left()?.socket], ["http://127.0.0.1:9000", "/run/pacd/admin.sock"]);
});

test("with TLS it has the server's certificate alone: no chain, and no key that stands in the same file", async (t) => {
  const { leaf, between, key } = await chain("a.example.com");
  const { tls, left, folder } = made(t, (at) =>
    withTls(writePair(at, { certificate: key + leaf + between, key })),
  );
  tls.publish(folder, LISTEN);
  assert.deepEqual(left(), { url: "https://127.0.0.1:8723", certificate: leaf, socket: null });
});

test("a new certificate is told there as well, and in the status", async (t) => {
  const { tls, left, folder, clock } = made(t, (at) => withTls(writePair(at, FIRST)));
  tls.publish(folder, LISTEN);
  assert.deepEqual([tls.certificate()?.names, tls.certificate()?.daysLeft], [["a.example.com"], 40]);
  writePair(folder, SECOND);
  await clock.advance(LOOK_EVERY);
  assert.equal(left()?.certificate, SECOND.certificate);
  assert.equal(tls.certificate()?.daysLeft, 89);
});

test("a state directory that cannot be written is told to the log, and ends nothing", (t) => {
  const { tls, warned } = made(t);
  tls.publish("/nowhere/at/all", LISTEN);
  assert.deepEqual(warned, ["pacctl on this host is not told where the API is"]);
});

test("a pair that cannot be used refuses the start", (t) => {
  assert.throws(() => made(t, () => withTls({ certificate: "/none.pem", key: "/none.pem" })), {
    code: "tls-unusable",
  });
});

test("a reload begins TLS, and goes back where another part refuses it", async (t) => {
  const { tls, folder, left } = made(t);
  tls.publish(folder, LISTEN);
  const next = withTls(writePair(folder, FIRST));
  const part = tls.livePart();
  await part.check?.(next, PLAIN);
  assert.equal(tls.certificate(), undefined, "a check changes nothing");
  const applied = await part.apply(next, PLAIN);
  assert.deepEqual([tls.certificate()?.names, left()?.url], [["a.example.com"], "https://127.0.0.1:8723"]);
  await applied.undo();
  assert.deepEqual([tls.certificate(), left()?.url], [undefined, "http://127.0.0.1:8723"]);
});

test("a reload with a pair that cannot be used is refused when it is checked", (t) => {
  const { tls, folder } = made(t);
  const next = withTls({ certificate: join(folder, "c.pem"), key: join(folder, "k.pem") });
  assert.throws(() => tls.livePart().check?.(next, PLAIN), {
    code: "tls-unusable",
    message: /^There is no TLS certificate/,
  });
});

test("how the API is called on its host", () => {
  assert.equal(apiUrl({ host: "0.0.0.0", port: 1 }, false), "http://127.0.0.1:1");
  assert.equal(apiUrl({ host: "::1", port: 8723 }, true), "https://[::1]:8723");
  assert.equal(apiUrl({ host: "192.0.2.5", port: 8723 }, true), "https://192.0.2.5:8723");
});
