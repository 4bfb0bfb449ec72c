import assert from "node:assert/strict";
import { existsSync, renameSync, statSync, writeFileSync } from "node:fs";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer as createNetServer } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { groupId, userName } from "../../../server/platform/accounts.ts";
import { type LocalEndpoint, listenLocal, localPeer } from "../../../server/platform/local-listener.ts";
import { loadAddon } from "../../../server/platform/native/addon.ts";
import { seconds } from "../../../server/wire/units.ts";
import { temporaryDirectory } from "../../support/temporary-store.ts";

const handler = {
  request: (asked: IncomingMessage, answer: ServerResponse) =>
    void answer.end(JSON.stringify(localPeer(asked.socket) ?? null)),
  clientError: (_: unknown, socket: { destroy(): unknown }) => void socket.destroy(),
  requestTimeout: seconds(30),
  keepAliveTimeout: seconds(72),
};

async function listening(t: TestContext, endpoint: LocalEndpoint) {
  const listener = await listenLocal(endpoint, handler);
  t.after(() => listener.close());
  return listener;
}

function ask(socketPath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path: "/", agent: false }, async (response) =>
      resolve((await response.setEncoding("utf8").toArray()).join("")),
    );
    sent.on("error", reject).end();
  });
}

const pathIn = (t: TestContext) => join(temporaryDirectory(t), "admin.sock");

test("who asks is known by process, user, group and name, and only owner and group may connect", async (t) => {
  const path = pathIn(t);
  await listening(t, { path, group: undefined });
  const [uid, gid] = [process.getuid!(), process.getgid!()];
  assert.deepEqual(JSON.parse(await ask(path)), { pid: process.pid, uid, gid, user: userName(uid) });
  assert.equal(statSync(path).mode & 0o777, 0o660);
});

test("the socket belongs to the group that is named, and goes with its listener", async (t) => {
  const path = pathIn(t);
  const listener = await listening(t, { path, group: String(process.getgid!()) });
  assert.equal(statSync(path).gid, process.getgid!());
  await listener.close();
  assert.equal(existsSync(path), false);
});

test("a socket that an ended process has left is replaced; one that is in use, and any other file, are not", async (t) => {
  const path = pathIn(t);
  const left = createNetServer().listen(path);
  await new Promise((resolve) => left.once("listening", resolve));
  await assert.rejects(listenLocal({ path, group: undefined }, handler), { code: "address-in-use" });
  assert.ok(existsSync(path));
  // As a kill leaves it: nobody listens, and the name is there.
  const stale = `${path}.stale`;
  renameSync(path, stale);
  await new Promise((resolve) => left.close(resolve));
  await listening(t, { path: stale, group: undefined });
  assert.match(await ask(stale), /"user"/);
  const file = `${path}.file`;
  writeFileSync(file, "mine");
  await assert.rejects(listenLocal({ path: file, group: undefined }, handler), {
    code: "address-unusable",
    message: `pacd cannot listen on ${file}: there is something else of that name.`,
  });
});

test("what cannot be is named: a folder that is missing, a path that is too long, no such group", async (t) => {
  const path = pathIn(t);
  const refused = (endpoint: LocalEndpoint, says: RegExp) =>
    assert.rejects(listenLocal(endpoint, handler), { code: "address-unusable", message: says });
  await refused({ path: `${path}/none`, group: undefined }, /EACCES|ENOENT|ENOTDIR/);
  await refused({ path: path + "x".repeat(120), group: undefined }, /longer than 107 octets/);
  await refused({ path, group: "no-such-group" }, /no group "no-such-group"/);
});

test("a connection whose peer the kernel does not name is ended", async (t) => {
  const path = pathIn(t);
  const addon = {
    peerCredentials() {
      throw new Error("ENOTCONN");
    },
  };
  const listener = await listenLocal({ path, group: undefined }, handler, addon);
  t.after(() => listener.close());
  await assert.rejects(ask(path));
});

test("a descriptor of another kind has no peer", () => {
  assert.throws(() => loadAddon().peerCredentials(0x7fff, new Uint32Array(3)), { code: "EBADF" });
});

test("users and groups by the host's own files", (t) => {
  const file = join(temporaryDirectory(t), "accounts");
  writeFileSync(file, "root:x:0:0::/root:/bin/sh\nanna:x:1000:1000:::\nstaff:x:50:anna\n");
  assert.deepEqual([userName(0, file), userName(1000, file), userName(7, file)], ["root", "anna", "uid 7"]);
  assert.deepEqual([groupId("staff", file), groupId("12"), groupId("none", file)], [50, 12, undefined]);
  assert.equal(userName(0, `${file}.none`), "uid 0");
});
