import assert from "node:assert/strict";
import { describe } from "node:test";
import { dissect } from "../support/lab/dissect.ts";
import { SERVER_ADDRESS } from "../support/lab/lab.ts";
import { before, test } from "../support/lab/real-client.ts";
import type { Resident } from "../support/lab/resident.ts";
import { ALICE, BOB, useScene } from "../support/lab/scene.ts";
import { until } from "../support/lab/until.ts";

const SILENT = 1000;

/** RFC 2637 asks for no Start-Control-Connection-Request by a time; ours is ten seconds. */
const START_LIMIT_MS = 15_000;

const base64 = (octets: string | Buffer): string => Buffer.from(octets).toString("base64");

describe("strangers", () => {
  const scene = useScene(1);
  let stranger: Resident;
  before(async () => {
    stranger = await scene.lab.stranger();
  });
  const status = async () => (await scene.pacd.api("GET", "/api/v1/status")).body;
  const at = { host: SERVER_ADDRESS, port: 1723 };

  test("TCP that is not PPTP is closed and counted", async () => {
    const count = (faults: Record<string, number>) =>
      Object.values(faults).reduce((sum, one) => sum + one, 0);
    const earlier = count((await status()).controlFaults);
    const request = Buffer.alloc(156);
    request.writeUInt16BE(156);
    for (const octets of [base64("GET / HTTP/1.1\r\nHost: pacd\r\n\r\n"), base64(request)]) {
      assert.equal(await stranger.ask("exchange", { ...at, octets }), "");
    }
    assert.equal(count((await status()).controlFaults), earlier + 2);
  });

  test(`a client gets in while ${SILENT} connections say nothing; all of those are closed in time`, async () => {
    await stranger.ask("openSilent", { ...at, count: SILENT });
    const client = scene.clients[0]!;
    await client.connect(ALICE);
    assert.ok((await stranger.ask("countSilent")) > 0, "they were closed before the client dialled");
    await client.hangUp();
    const gone = async () => (await stranger.ask("countSilent")) === 0;
    await until("the end of the silent connections", gone, START_LIMIT_MS);
    assert.equal((await status()).controlConnections, 0);
  });

  test("GRE from a stranger is dropped and counted by reason, and the session goes on", async () => {
    const client = scene.clients[0]!;
    const capture = await scene.lab.capture();
    await client.connect(BOB);
    const reply = dissect(await capture.stop()).find(({ what }) => what === "Outgoing-Call-Reply")!;
    const callId = reply.body.readUInt16BE(0);
    const earlier = (await status()).drops;
    const packets = Object.values(GRE).map((packet) => base64(packet(callId)));
    assert.equal(await stranger.ask("sendGre", { host: SERVER_ADDRESS, packets }), packets.length);
    const drops = await until("the drops", async () => {
      const now = (await status()).drops;
      // Three of them the kernel counts, which each packet worker asks once a second.
      return Object.keys(GRE).every((reason) => now[reason] > earlier[reason]) ? now : undefined;
    });
    for (const reason of Object.keys(GRE)) assert.equal(drops[reason], earlier[reason] + 1, reason);
    assert.match(await client.guest.must("ping -c 3 -i 0.1 -W 2 10.77.0.1"), /3 received/);
    await client.hangUp();
  });
});

/** One packet for each reason; the last one is a Terminate-Request that would end the session. */
const GRE: Readonly<Record<string, (callId: number) => Buffer>> = {
  "gre-not-pptp": () => Buffer.from("00000800450000140000000000000000", "hex"),
  "gre-truncated": () => Buffer.from("3001880b0010", "hex"),
  "gre-unknown-call": (callId) => enhancedGre(callId ^ 0x5555, "ff03c021050900042e2e"),
  "gre-wrong-peer": (callId) => enhancedGre(callId, "ff03c02105090004"),
};

/** RFC 2637 §4.1: key and sequence number present. */
function enhancedGre(callId: number, payload: string): Buffer {
  const frame = Buffer.from(payload, "hex");
  const header = Buffer.from("3001880b0000000000000001", "hex");
  header.writeUInt16BE(frame.length, 4);
  header.writeUInt16BE(callId, 6);
  return Buffer.concat([header, frame]);
}
