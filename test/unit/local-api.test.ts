import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { parseConfig } from "../../server/config/load-config.ts";
import { LocalApi } from "../../server/local-api.ts";
import { canConnect } from "../../server/platform/local-connection.ts";
import { temporaryDirectory } from "../support/temporary-store.ts";

const config = (socket: string, more = "") =>
  parseConfig(`[admin]\nsocket = "${socket}"\n${more}`, "/x.toml");

async function open(t: TestContext, toml: string, runtimeDirectory?: string) {
  const directory = temporaryDirectory(t);
  const told: unknown[] = [];
  const log = { warn: (_: unknown, text: string) => void told.push(text) };
  const parts = { clock: { after: () => () => {} }, directory, runtimeDirectory, log };
  const api = await LocalApi.open(parseConfig(toml, "/x.toml"), parts);
  t.after(() => api.close());
  return { api, directory, told };
}

test("where nothing is said it lies in the state directory, or in the folder that systemd made for it", async (t) => {
  const { api, directory } = await open(t, "");
  assert.equal(api.path, join(directory, "admin.sock"));
  assert.ok(await canConnect(api.path));
  const runtime = temporaryDirectory(t);
  const other = await open(t, "", runtime);
  assert.equal(other.api.path, join(runtime, "admin.sock"));
});

test("pacd does without the one of its own where it cannot be, and not without one that is named", async (t) => {
  const { api, told } = await open(t, "", "/nowhere");
  assert.deepEqual([api.path, told.length], [undefined, 1]);
  await assert.rejects(open(t, '[admin]\nsocket = "/nowhere/admin.sock"'), { code: "address-unusable" });
  await assert.rejects(open(t, '[admin]\nsocket_group = "no-such-group"'), { code: "address-unusable" });
});

test("with an empty path there is none", async (t) => {
  const { api, directory } = await open(t, '[admin]\nsocket = ""');
  assert.deepEqual([api.path, existsSync(join(directory, "admin.sock"))], [undefined, false]);
});

test("another path: the old one goes when all have gone over, and comes back where another part refused", async (t) => {
  const { api, directory } = await open(t, "");
  const [before, next] = [config("admin.sock"), config(join(directory, "next.sock"))];
  const applied = await api.apply(next, before);
  assert.ok(existsSync(join(directory, "admin.sock")) && existsSync(join(directory, "next.sock")));
  await applied.undo();
  assert.deepEqual(
    [api.path, existsSync(join(directory, "next.sock"))],
    [join(directory, "admin.sock"), false],
  );
  assert.ok(await canConnect(api.path!));
  await (await api.apply(next, before)).finish?.();
  assert.equal(api.path, join(directory, "next.sock"));
  assert.equal(await canConnect(join(directory, "admin.sock")), false);
});

test("what is refused leaves the socket as it was, also where the path stays", async (t) => {
  const { api, directory } = await open(t, "");
  const before = config("admin.sock");
  await assert.rejects(
    Promise.resolve(api.apply(config("admin.sock", 'socket_group = "no-such-group"'), before)),
    {
      code: "address-unusable",
    },
  );
  assert.ok(await canConnect(join(directory, "admin.sock")));
  await api.close();
  assert.equal(existsSync(join(directory, "admin.sock")), false);
});
