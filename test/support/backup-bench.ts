import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { ensureAdminToken } from "../../admin-api/admin-token.ts";
import { tokenHash } from "../../admin-api/token-hash.ts";
import type { Io } from "../../pacctl/io.ts";
import { backupTaker } from "../../server/backup/take.ts";
import { ntPasswordHash } from "../../server/crypto/nt-password-hash.ts";
import { bench, listen, TOKEN } from "./admin-api.ts";
import { sourceOf } from "./backup.ts";
import { pacctl } from "./pacctl.ts";
import { temporaryDirectory, temporaryStore } from "./temporary-store.ts";

export const PASSPHRASE = "correct horse battery";

/** A pacd with users that serves its API, and folders to work in. */
export async function serving(t: TestContext) {
  const { store, directory } = await temporaryStore(t);
  await store.users.create({ name: "anna", password: "clientPass" });
  await store.users.create({ name: "René", password: "Grüße 🔑", recoverablePassword: true, enabled: false });
  const token = await ensureAdminToken(directory, store.tokens);
  const folder = temporaryDirectory(t);
  const configFile = join(folder, "pacd.toml");
  writeFileSync(configFile, 'pptp.listen = "192.0.2.1:1723"\n');
  mkdirSync(join(directory, "tls"));
  writeFileSync(join(directory, "tls/api.pem"), "certificate");
  const files = [join(directory, "tls/api.pem"), "/etc/hostname", join(directory, "none.pem")];
  const b = await bench({
    store,
    backup: backupTaker(sourceOf(store, directory, { configFile, files: () => files })),
  });
  t.after(() => b.app.close());
  const url = await listen(b.app);
  const io: Partial<Io> & Pick<Io, "fetch"> = {
    fetch: (to, init) => fetch(to, init),
    env: { PACD_TOKEN: TOKEN, PACD_URL: url },
    stdin: async () => `${PASSPHRASE}\n`,
    readFile: async (path) => readFileSync(path, "utf8"),
  };
  const call = (...argv: string[]) => pacctl(["backup", ...argv], io);
  const fresh = () => join(temporaryDirectory(t), "state");
  return { store, directory, token: readFileSync(token.path, "utf8"), folder, b, io, call, fresh };
}

/** Everything of a restored state that a user or an administrator would miss. */
export async function assertWhole(t: TestContext, directory: string, token: string): Promise<void> {
  const { store } = await temporaryStore(t, { directory });
  const anna = await store.users.credentials("anna");
  assert.deepEqual(anna?.ntHashes, [ntPasswordHash("clientPass")]);
  const rene = await store.users.credentials("René");
  assert.equal(rene?.password, "Grüße 🔑");
  assert.equal(rene.user.enabled, false);
  assert.equal(readFileSync(join(directory, "admin-token"), "utf8"), token);
  assert.equal((await ensureAdminToken(directory, store.tokens)).created, false);
  assert.ok(store.tokens.has(tokenHash(token.trim())));
}
