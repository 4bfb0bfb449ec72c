import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { test } from "node:test";
import { PacketBatch } from "../../../../server/platform/packet-batch.ts";
import { openTunTap, type TunTap } from "../../../../server/platform/tun-tap.ts";
import { parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { octets } from "../../../../server/wire/units.ts";
import { succeed } from "../../../support/namespace.ts";

/** In a namespace of its own: waits for its interface, and sends back whatever comes. */
const OTHER_END = `
  const { execFileSync } = require("node:child_process");
  process.stdin.once("data", () => {
    const ip = (words) => execFileSync("ip", words.split(" "));
    ip("address add 10.66.0.2/24 dev ut8");
    ip("link set ut8 mtu 1400 up");
    require("node:net").createServer((socket) => socket.pipe(socket)).listen(7, "10.66.0.2", () => console.log("listening"));
  });
  process.stdin.on("end", () => process.exit());
  console.log("here");`;

/** Octets of the transfer. */
const SIZE = 8 * 1024 * 1024;

/**
 * What comes out of one goes into the other, in fewer slots than a large packet needs. Returns how many
 * packets that is.
 */
function pump(from: TunTap, to: TunTap): () => number {
  const batch = new PacketBatch(24, 2048);
  let packets = 0;
  from.onReadable(() => {
    const count = from.receive(batch, 64);
    packets += count;
    to.send(batch, count);
  });
  return () => packets;
}

test("a transfer between two hosts arrives as it was sent, in large pieces on both sides", async (t) => {
  const ours = openTunTap("ut7");
  const theirs = openTunTap("ut8");
  t.after(() => {
    ours.close();
    theirs.close();
  });
  ours.configure({
    local: parseIpv4("10.66.0.1")!,
    mtu: octets(1400),
    routes: [{ address: parseIpv4("10.66.0.0")!, prefix: 24 }],
  });
  const other = spawn("unshare", ["--net", process.execPath, "--eval", OTHER_END], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  // It ends when nobody holds its input any more.
  t.after(() => other.stdin.end());
  await once(other.stdout, "data");
  succeed("ip", ["link", "set", "ut8", "netns", String(other.pid)]);
  other.stdin.write("\n");
  await once(other.stdout, "data");

  const sent = pump(ours, theirs);
  const received = pump(theirs, ours);
  const content = randomBytes(SIZE);
  const hash = createHash("sha256");
  const socket = connect(7, "10.66.0.2");
  socket.end(content);
  for await (const part of socket) hash.update(part);
  assert.equal(hash.digest("hex"), createHash("sha256").update(content).digest("hex"));

  const counter = (which: string) => Number(readFileSync(`/sys/class/net/ut7/statistics/${which}`, "utf8"));
  assert.ok(sent() > SIZE / 1400);
  const [out, back] = [sent() / counter("tx_packets"), received() / counter("rx_packets")];
  assert.ok(out > 2, `${out} segments a packet from the kernel`);
  assert.ok(back > 2, `${back} segments a packet to the kernel`);
});
