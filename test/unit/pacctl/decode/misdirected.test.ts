import assert from "node:assert/strict";
import { test } from "node:test";
import { pcap } from "../../../support/capture/files.ts";
import { decodedFile } from "../../../support/decode/decoded.ts";
import { DialCapture } from "../../../support/decode/dial-capture.ts";
import { CLEAR, dial, notify } from "./cases.ts";

const ELSEWHERE = "203.0.113.9";

/** Several captures as one, in the order of time. */
const merged = (...captures: readonly DialCapture[]): Uint8Array =>
  pcap(
    captures.flatMap(({ packets }) => packets).toSorted((a, b) => Number(a.time! - b.time!)),
    { linkType: 101, nanoseconds: true },
  );

/** GRE of one side, to the same call IDs, from another address or with other IDs than agreed on. */
const astray = (from: "client" | "server", ends: ConstructorParameters<typeof DialCapture>[0]) => {
  const capture = new DialCapture(ends).wait(20);
  for (let id = 1; id <= 4; id += 1)
    capture.control(from, "lcp", 1, id, from === "server" ? "0305c22381" : "01040578").wait(3000);
  return capture;
};

for (const [from, source] of [
  ["server", "client"],
  ["client", "server"],
] as const)
  test(`GRE of the ${from} from another address than its control connection is not blocked`, () => {
    const call = dial().start().call().wait(15_000).say("client", CLEAR);
    const { calls } = decodedFile(merged(call, astray(from, { [from]: ELSEWHERE })));
    assert.equal(calls.length, 1);
    const { verdict, findings } = calls[0]!;
    assert.deepEqual([verdict.source, verdict.code], [source, "gre-from-elsewhere"]);
    const own = from === "server" ? "192.0.2.1" : "198.51.100.7";
    const said = `GRE packets of the ${from} come from ${ELSEWHERE}, its control connection from ${own}`;
    assert.ok(
      verdict.evidence.startsWith(`${said}, and the ${source} answers none of them; the client sent`),
    );
    assert.ok(findings.includes(`${said}.`), findings.join());
  });

test("a server that answers from another address, and a client that minds not: a session, with a finding", () => {
  const call = dial().start().call();
  const tunnel = new DialCapture().wait(20).lcp().logIn().accept().ccp().ipcp();
  const own = Uint8Array.of(192, 0, 2, 1);
  const moved = tunnel.packets.map(({ octets, ...rest }) => {
    const copy = octets.slice();
    // Header checksums of zero are what a sending host shows.
    for (const at of [12, 16])
      if (own.every((octet, i) => copy[at + i] === octet)) copy.set([203, 0, 113, 9], at);
    copy.set([0, 0], 10);
    return { ...rest, octets: at12(octets) ? copy : octets };
  });
  const file = pcap([...call.packets, ...moved], { linkType: 101, nanoseconds: true });
  const { calls } = decodedFile(file);
  assert.deepEqual(
    calls.map(({ verdict }) => verdict.code),
    ["connected"],
  );
  assert.match(calls[0]!.findings.join(), /GRE packets of the server come from 203\.0\.113\.9/);
});

/** Is it the server's? */
const at12 = (octets: Uint8Array): boolean => octets[12] === 192;

test("GRE between the same two with other call IDs is of the call, and so is its end", () => {
  const call = dial().start().call();
  const tunnel = new DialCapture({ clientId: 7, serverId: 8 }).wait(20).lcp().logIn().accept().ccp().ipcp();
  const { calls } = decodedFile(merged(call, tunnel));
  assert.deepEqual(
    calls.map(({ verdict }) => verdict.code),
    ["connected"],
  );
  assert.match(
    calls[0]!.findings.join(" "),
    /GRE packets of the client carry call ID 8, and the server had given 200\..*carry call ID 7, and the client had given 100\./,
  );
});

test("GRE with another call ID than was given, which nobody answers", () => {
  const call = dial().start().call().wait(15_000).say("client", CLEAR);
  const { calls } = decodedFile(merged(call, astray("server", { clientId: 7 })));
  assert.equal(calls.length, 1);
  const { verdict } = calls[0]!;
  assert.deepEqual([verdict.source, verdict.code], ["capture", "gre-with-other-ids"]);
  assert.match(
    verdict.evidence,
    /^GRE packets of the server carry call ID 7, and the client had given 100, and the client answers none/,
  );
});

test("a session that went on before is not taken for the tunnel of a new call", () => {
  const old = new DialCapture({ clientId: 7, serverId: 8 });
  for (let i = 0; i < 40; i += 1) {
    old.ppp("client", Uint8Array.of(0xfd, 0x90, i, 1, 2, 3), { sequence: 1000 + i });
    old.ppp("server", Uint8Array.of(0xfd, 0x90, i, 1, 2, 3), { sequence: 2000 + i }).wait(500);
  }
  const call = dial().wait(3000).start().call().wait(12_000).say("client", CLEAR);
  const { calls } = decodedFile(merged(old, call));
  const blocked = calls.find(({ callIds }) => callIds.client === 100)!;
  assert.deepEqual([blocked.verdict.source, blocked.verdict.code], ["capture", "gre-in-another-call"]);
  assert.match(
    blocked.verdict.evidence,
    /passes between these two in call 2, and none in this one; the client sent/,
  );
});

test("a second client behind the same NAT router: GRE as such is not blocked", () => {
  const first = dial().up();
  for (let i = 0; i < 20; i += 1)
    first.wait(2000).control("client", "lcp", 9, i, "22222222").control("server", "lcp", 10, i, "11111111");
  const second = new DialCapture({ clientId: 101, serverId: 201, port: 40_001 }).wait(5000);
  second
    .start()
    .call()
    .control("server", "lcp", 1, 1, "0305c22381")
    .wait(20_000)
    .say("server", { ...notify(2), callId: 201 } as never);
  const { calls } = decodedFile(merged(first, second));
  assert.deepEqual(
    calls.map(({ verdict }) => verdict.code),
    ["connected", "gre-in-another-call"],
  );
  assert.match(calls[1]!.verdict.evidence, /and only the server's in this one/);
});

test("without any of these it is blocked", () => {
  const call = dial().start().call().wait(15_000).say("client", CLEAR);
  const others = new DialCapture({ client: "198.51.100.8" }).wait(20).up();
  const codes = decodedFile(merged(call, others)).calls.map(({ verdict }) => verdict.code);
  assert.deepEqual(codes.toSorted(), ["connected", "gre-blocked"]);
});

test("control messages are missing from the capture: the tunnel is of the call all the same", () => {
  const { packets } = dial().up();
  // SYN, SYN+ACK, ACK, and the four messages of the control connection.
  const messages = [3, 4, 5, 6];
  const sets = messages.flatMap((one) => messages.map((other) => new Set([one, other])));
  for (const dropped of sets) {
    const left = packets.filter((_, i) => !dropped.has(i));
    const { calls } = decodedFile(pcap(left, { linkType: 101, nanoseconds: true }));
    const found = calls.map(({ verdict, callIds }) => [verdict.code, callIds.client, callIds.server]);
    assert.deepEqual(found, [["connected", 100, 200]], `without ${[...dropped]}`);
  }
});

test("one packet from elsewhere beside the right ones is no cause", () => {
  const call = dial()
    .start()
    .call()
    .wait(50)
    .control("server", "lcp", 1, 1, "0305c22381")
    .wait(15_000)
    .say("client", CLEAR);
  const forged = new DialCapture({ server: ELSEWHERE }).wait(20).control("server", "lcp", 1, 1, "0305c22381");
  const [only, ...others] = decodedFile(merged(call, forged)).calls;
  assert.equal(others.length, 0);
  assert.equal(only!.verdict.code, "gre-blocked");
  assert.match(only!.findings.join(), /come from 203\.0\.113\.9/);
});
