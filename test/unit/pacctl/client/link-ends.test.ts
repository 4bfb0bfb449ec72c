import assert from "node:assert/strict";
import { test } from "node:test";
import { ascii } from "../../../support/bytes.ts";
import { packet } from "../../ppp/link/dial.ts";
import { Client } from "./link-client.ts";

/** An LCP Protocol-Reject. */
const rejects = (protocol: number) =>
  packet("lcp", 8, 9, Uint8Array.of(protocol >> 8, protocol & 0xff, 1, 1, 0, 4));
const CCP = 0x80fd;
const IPCP = 0x8021;

/** The identifier of the Configure-Request that went out last. */
function lastRequest(client: Client): number {
  const frames = client.effects.flatMap((effect) => (effect.do === "send" ? [effect.frame] : []));
  return frames.findLast((frame) => frame[4] === 1)![5]!;
}

test("the helpers of these tests lead a link through all phases", () => {
  const phases = [
    new Client(),
    new Client().challenge(),
    new Client().admit(),
    new Client().encrypt(),
    new Client().up(),
  ];
  assert.deepEqual(
    phases.map(({ at }) => at),
    ["establishing", "authenticating", "encrypting", "networking", "up"],
  );
});

const ENDS: readonly [what: string, client: () => Client, does: (client: Client) => void, code: string][] = [
  ["CCP is rejected as a protocol", () => new Client().admit(), (c) => c.frame(rejects(CCP)), "mppe-refused"],
  [
    "MPPE is rejected as an option",
    () => new Client().admit(),
    (c) => c.frame(packet("ccp", 4, lastRequest(c), [[18, "01000040"]])),
    "mppe-refused",
  ],
  [
    "the server wants another length of key for ever",
    () => new Client().admit(),
    (c) => {
      for (let id = 1; id < 20; id += 1) c.frame(packet("ccp", 1, id, [[18, "01000020"]]));
    },
    "mppe-refused",
  ],
  [
    "CCP is not answered",
    () => new Client().admit(),
    (c) => {
      for (let tries = 0; tries < 11; tries += 1) c.timer("ccp-restart");
    },
    "mppe-refused",
  ],
  ["CCP is terminated", () => new Client().admit(), (c) => c.frame(packet("ccp", 5, 1)), "mppe-refused"],
  [
    "CCP begins anew in a session",
    () => new Client().up(),
    (c) => c.frame(packet("ccp", 1, 2, [[18, "01000020"]])),
    "mppe-renegotiated",
  ],
  [
    "LCP begins anew in a session",
    () => new Client().up(),
    (c) => c.frame(packet("lcp", 1, 2, [[1, "0578"]])),
    "lcp-renegotiated",
  ],
  [
    "IPCP is rejected as a protocol",
    () => new Client().encrypt(),
    (c) => c.frame(rejects(IPCP)),
    "ipcp-not-agreed",
  ],
  [
    "IPCP is terminated",
    () => new Client().encrypt(),
    (c) => c.frame(packet("ipcp", 5, 1)),
    "ipcp-not-agreed",
  ],
  [
    "the server acknowledges 0.0.0.0",
    () => new Client().encrypt(),
    (c) => {
      c.acknowledgeLast();
      c.frame(packet("ipcp", 1, 1, [[3, "0a4d0001"]]));
    },
    "ipcp-not-agreed",
  ],
  [
    "IPCP is not answered",
    () => new Client().encrypt(),
    (c) => {
      for (let tries = 0; tries < 11; tries += 1) c.timer("ipcp-restart");
    },
    "ipcp-unanswered",
  ],
  [
    "the server goes silent in a session",
    () => new Client().up(),
    (c) => {
      for (let wait = 0; wait < 5; wait += 1) c.timer("echo");
    },
    "echo-unanswered",
  ],
  [
    "the server hangs up",
    () => new Client().up(),
    (c) => c.frame(packet("lcp", 5, 9, ascii("bye"))),
    "peer-terminated",
  ],
  [
    "our own requests come back",
    () => new Client(),
    (c) => {
      for (let round = 0; round < 20 && c.failed === undefined; round += 1) {
        const magic = /magic=([0-9a-f]{8})/.exec(
          c.sent.findLast((text) => text.startsWith("Configure-Request"))!,
        )!;
        c.frame(packet("lcp", 1, round, [[5, magic[1]!]]));
      }
    },
    "loop",
  ],
];

for (const [what, client, does, code] of ENDS) {
  test(`${what}: ${code}`, () => {
    const link = client();
    does(link);
    assert.equal(link.failed, code, link.sent.join("\n"));
    link.timer("terminate");
    link.timer("terminate");
    assert.equal(link.at, "ended");
    assert.equal(link.end?.code, code);
    assert.equal(link.armed.size, 0);
  });
}

test("no data may flow in clear, whatever a server does to CCP", () => {
  for (const frame of [rejects(CCP), packet("ccp", 5, 1), packet("ccp", 4, 1, [[18, "01000040"]])]) {
    const client = new Client().admit();
    client.frame(frame);
    assert.ok(!client.effects.some((effect) => effect.do === "open-network"));
  }
});

test("a Challenge in a session is answered, and changes no key", () => {
  const client = new Client().up();
  const effects = client.frame(packet("chap", 1, 7, Uint8Array.of(16, ...new Uint8Array(16).fill(3))));
  assert.deepEqual(
    effects.map((effect) => effect.do),
    ["send", "arm"],
  );
});

test("an answer lost on the way: the same Challenge gets the same answer", () => {
  const client = new Client().challenge();
  const first = client.sent.at(-1);
  client.frame(packet("chap", 1, 1, Uint8Array.of(16, ...new Uint8Array(16).fill(9), ...ascii("vpn"))));
  assert.equal(client.sent.at(-1), first);
});

test("a protocol that nobody speaks gets a Protocol-Reject, so often and no more", () => {
  const client = new Client().up();
  const before = client.sent.length;
  for (let id = 0; id < 100; id += 1) client.frame(packet("ipv6cp", 1, id));
  assert.equal(client.sent.length - before, 16);
});

test("a link that is closed while LCP is unanswered ends after two Terminate-Requests", () => {
  const client = new Client();
  client.feed({ type: "close" });
  client.timer("terminate");
  client.timer("terminate");
  assert.deepEqual(client.end, { code: "closed" });
});
