import assert from "node:assert/strict";
import { test } from "node:test";
import type { LinkEffect, LinkEvent, LinkTimer } from "../../../../pacctl/client/link/link-types.ts";
import { ascii } from "../../../support/bytes.ts";
import { fc } from "../../../support/fc.ts";
import { packet, right, Dial as ServerLink } from "../../ppp/link/dial.ts";
import { Client } from "./link-client.ts";
import { proofOf } from "./server-proof.ts";

/** Both machines on a line without loss, until neither says anything more. */
function meet(client: Client, server: ServerLink): void {
  server.feed({ type: "start" });
  let [mine, theirs] = [0, 0];
  for (;;) {
    const fromClient = client.effects.slice(mine);
    mine = client.effects.length;
    for (const effect of fromClient)
      if (effect.do === "send") server.feed({ type: "frame", frame: effect.frame });
    const fromServer = server.effects.slice(theirs);
    theirs = server.effects.length;
    for (const effect of fromServer) {
      if (effect.do === "send") client.frame(effect.frame);
      if (effect.do === "verify")
        server.feed({ type: "verified", outcome: { ...right, ...proofOf(effect.credentials, "s3cret") } });
      if (effect.do === "assign-address") server.feed({ type: "assigned", assignment: ASSIGNMENT });
    }
    if (fromClient.length === 0 && fromServer.length === 0) return;
  }
}

const ASSIGNMENT = { local: 0x0a4d0001, remote: 0x0a4d000a, dns: [0x0a4d0035], wins: [] } as never;

for (const [name, policy, login, settings, encryption] of [
  ["MS-CHAPv2 and 128 bits", {}, {}, {}, "mppe-128-stateless"],
  ["a server with all lengths", { mppeStrengths: [128, 56, 40] }, {}, {}, "mppe-128-stateless"],
  ["40 bits", { mppeStrengths: [128, 40] }, {}, { strengths: [40] }, "mppe-40-stateless"],
  [
    "MS-CHAPv1, to a server that would rather have v2",
    { authentication: ["ms-chap-v2", "ms-chap-v1"] },
    {},
    { authentication: ["ms-chap-v1"] },
    "mppe-128-stateless",
  ],
  [
    "CHAP-MD5 in clear",
    { authentication: ["chap-md5"] },
    { encryptionRequired: false },
    { authentication: ["chap-md5"], strengths: [] },
    "none",
  ],
  [
    "PAP in clear",
    { authentication: ["pap"] },
    { encryptionRequired: false },
    { authentication: ["pap"], strengths: [] },
    "none",
  ],
] as const) {
  test(`our link meets the server's: ${name}`, () => {
    const client = new Client(settings);
    const server = new ServerLink(policy, login);
    meet(client, server);
    assert.equal(client.at, "up", client.sent.join("\n"));
    assert.equal(server.at, "up");
    const network = client.effects.find((effect) => effect.do === "open-network")!.network;
    assert.deepEqual(
      [network.address, network.server, network.dns, network.peerMru, network.encryption],
      [0x0a4d000a, 0x0a4d0001, [0x0a4d0035], 1400, encryption],
    );
    const keys = (effects: readonly { readonly do: string }[]) =>
      effects.filter((effect) => effect.do === "set-keys").at(-1) as
        | Extract<LinkEffect, { do: "set-keys" }>
        | undefined;
    const [ours, theirs] = [keys(client.effects)?.keys, keys(server.effects)?.keys];
    assert.deepEqual([ours?.send, ours?.receive], [theirs?.receive, theirs?.send]);
    assert.deepEqual(client.armed, new Set(["echo"]));
  });
}

test("the goodbye is a Terminate-Request, and leaves no timer", () => {
  const client = new Client();
  const server = new ServerLink();
  meet(client, server);
  client.feed({ type: "close" });
  meet(client, server);
  assert.deepEqual(client.end, { code: "closed" });
  assert.equal(server.at, "ended");
  assert.equal(client.armed.size, 0);
});

test("a server that cannot prove that it knows the password is left before anything else is sent", () => {
  const client = new Client().challenge();
  client.frame(packet("chap", 3, 1, ascii(`S=${"0".repeat(40)}`)));
  assert.equal(client.at, "closing");
  assert.ok(client.effects.some((e) => e.do === "failed" && e.cause.code === "server-not-proven"));
  assert.ok(!client.sent.some((text) => /mppe|address/.test(text)));
});

test("a Success for another identifier than our answer's is no Success", () => {
  const client = new Client().challenge();
  client.frame(packet("chap", 3, 2, ascii("S=")));
  assert.equal(client.at, "authenticating");
});

test("a Failure names the error, and its challenge is not shown", () => {
  const client = new Client().challenge();
  client.frame(
    packet("chap", 4, 1, ascii("E=691 R=0 C=00112233445566778899AABBCCDDEEFF V=3 M=Access denied")),
  );
  const failed = client.effects.find((effect) => effect.do === "failed")!;
  assert.deepEqual(failed.cause, { code: "auth-refused", error: 691, text: "E=691 R=0 V=3 M=Access denied" });
});

test("an answer that nobody heeds is sent again ten times, and then given up", () => {
  const client = new Client().challenge();
  const before = client.sent.filter((text) => text.startsWith("Response")).length;
  for (let wait = 0; wait < 9; wait += 1) client.feed({ type: "timer", timer: "auth" });
  assert.equal(client.sent.filter((text) => text.startsWith("Response")).length, before + 9);
  client.feed({ type: "timer", timer: "auth" });
  assert.ok(client.effects.some((e) => e.do === "failed" && e.cause.code === "auth-unanswered"));
});

test("a server that insists on a method that we may not use is left", () => {
  const client = new Client();
  for (let id = 1; id < 20 && client.at === "establishing"; id += 1)
    client.frame(packet("lcp", 1, id, [[3, "c023"]]));
  assert.ok(client.effects.some((e) => e.do === "failed" && e.cause.code === "auth-method-refused"));
  assert.ok(!client.sent.some((text) => text.includes("Authenticate-Request")), "the password stays here");
});

test("without an answer to LCP the link ends, and says so", () => {
  const client = new Client();
  for (let tries = 0; tries < 12; tries += 1) client.feed({ type: "timer", timer: "lcp-restart" });
  assert.deepEqual(client.end, { code: "lcp-unanswered" });
  assert.equal(client.armed.size, 0);
});

test("no octets of a server make the link throw, and once it has ended no timer is armed", () => {
  const protocols = fc.constantFrom("lcp", "pap", "chap", "ccp", "ipcp", "ipv6cp");
  const frame = fc
    .tuple(
      protocols,
      fc.integer({ min: 0, max: 16 }),
      fc.integer({ min: 0, max: 4 }),
      fc.uint8Array({ maxLength: 60 }),
    )
    .map(
      ([protocol, code, id, data]): LinkEvent => ({
        type: "frame",
        frame: packet(protocol as "lcp", code, id, data),
      }),
    );
  const raw = fc.uint8Array({ maxLength: 40 }).map((octets): LinkEvent => ({ type: "frame", frame: octets }));
  const timers = fc
    .constantFrom<LinkTimer>("lcp-restart", "auth", "ccp-restart", "ipcp-restart", "echo", "terminate")
    .map((timer): LinkEvent => ({ type: "timer", timer }));
  fc.assert(
    fc.property(fc.boolean(), fc.array(fc.oneof(frame, raw, timers), { maxLength: 40 }), (open, events) => {
      const client = new Client();
      if (open) client.challenge();
      for (const event of events) client.feed(event);
      if (client.at === "ended") assert.equal(client.armed.size, 0);
    }),
    { numRuns: 500 },
  );
});
