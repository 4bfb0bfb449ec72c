import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { isSystemError } from "../../../../server/platform/native/addon.ts";
import { PacketBatch } from "../../../../server/platform/packet-batch.ts";
import { openTunTap } from "../../../../server/platform/tun-tap.ts";
import { parseIpv4 } from "../../../../server/wire/ipv4.ts";
import { octets } from "../../../../server/wire/units.ts";
import { succeed } from "../../../support/namespace.ts";
import { udpPacket } from "../../../support/packets/ipv4.ts";

const settings = {
  local: parseIpv4("10.77.0.1")!,
  mtu: octets(1400),
  routes: [
    { address: parseIpv4("10.77.0.0")!, prefix: 22 },
    { address: parseIpv4("10.78.0.7")!, prefix: 32 },
  ],
};
const CLIENT = parseIpv4("10.77.0.10")!;
const exists = (name: string) => existsSync(`/sys/class/net/${name}`);

test("configure sets address, MTU and routes, and brings the interface up", () => {
  const tun = openTunTap("ut1");
  tun.configure(settings);
  assert.equal(readFileSync("/sys/class/net/ut1/mtu", "utf8").trim(), "1400");
  const [link] = JSON.parse(succeed("ip", ["-json", "address", "show", "dev", "ut1"]));
  assert.ok(link.flags.includes("UP"));
  assert.deepEqual(
    link.addr_info.map((info: { local: string; prefixlen: number }) => `${info.local}/${info.prefixlen}`),
    ["10.77.0.1/32"],
  );
  const routes = JSON.parse(succeed("ip", ["-json", "route", "show", "dev", "ut1"]));
  assert.deepEqual(
    routes.map((route: { dst: string }) => route.dst),
    ["10.77.0.0/22", "10.78.0.7"],
  );
  tun.close();
});

test("the interface has no IPv6, so the kernel does not solicit routers through the tunnel", () => {
  const tun = openTunTap("ut1");
  tun.configure(settings);
  assert.equal(succeed("ip", ["-6", "address", "show", "dev", "ut1"]), "");
  tun.close();
});

test("the interface goes when it is closed, and its name is free again", () => {
  const tun = openTunTap("ut1");
  assert.ok(exists("ut1"));
  tun.close();
  tun.close();
  assert.ok(!exists("ut1"));
  openTunTap("ut1").close();
});

test("a name in use is interface-in-use, whether by a TUN or by something else", () => {
  const tun = openTunTap("ut1");
  assert.throws(() => openTunTap("ut1"), { code: "interface-in-use", message: /ut1/ });
  assert.throws(() => openTunTap("lo"), { code: "interface-in-use" });
  tun.close();
});

test("a refused setting names the kernel's reason", () => {
  const tun = openTunTap("ut1");
  assert.throws(
    () => tun.configure({ ...settings, mtu: octets(20) }),
    (error) => isSystemError(error) && error.code === "EINVAL" && error.syscall === "SIOCSIFMTU",
  );
  assert.throws(
    () => tun.configure({ ...settings, routes: [{ address: settings.local, prefix: 22 }] }), // host bits set
    (error) => isSystemError(error) && error.code === "EINVAL" && error.syscall === "SIOCADDRT",
  );
  tun.close();
});

test("packets go out in batches behind the headroom, and the watch tells of them", async () => {
  const tun = openTunTap("ut1");
  tun.configure(settings);
  const batch = new PacketBatch(8, 2048);
  const got: number[] = [];
  const ping = spawn("ping", ["-c", "3", "-i", "0.01", "-s", "100", "-W", "20", "10.77.0.10"], {
    stdio: "ignore",
  });
  tun.onReadable(() => {
    const count = tun.receive(batch, 48);
    for (let i = 0; i < count; i++) {
      assert.equal(batch.offsets[i], i * 2048 + 48);
      got.push(batch.lengths[i]!);
      answerEcho(batch.bytes.subarray(batch.offsets[i]!, batch.offsets[i]! + batch.lengths[i]!));
    }
    assert.equal(tun.send(batch, count), count);
  });
  const [code] = await once(ping, "close");
  tun.close();
  assert.equal(code, 0);
  assert.deepEqual(got, [128, 128, 128]);
});

test("a packet that is no IP is refused, the others around it go in", () => {
  const tun = openTunTap("ut1");
  tun.configure(settings);
  const batch = new PacketBatch(3, 256);
  const good = udpPacket({ source: CLIENT, destination: settings.local }, 16);
  [good, Uint8Array.of(0xff, 0xff), good].forEach((packet, i) => {
    batch.bytes.set(packet, i * 256);
    batch.offsets[i] = i * 256;
    batch.lengths[i] = packet.length;
  });
  assert.equal(tun.send(batch, 3), 2);
  tun.close();
});

test("an interface that is down takes nothing", () => {
  const tun = openTunTap("ut1");
  const batch = new PacketBatch(1, 256);
  const packet = udpPacket({ source: CLIENT, destination: settings.local }, 16);
  batch.bytes.set(packet);
  batch.lengths[0] = packet.length;
  assert.equal(tun.send(batch, 1), 0);
  tun.close();
});

test("an interface deleted under us is an error on the next receive, which the watch brings about", async () => {
  const tun = openTunTap("ut1");
  tun.configure(settings);
  const thrown = new Promise<unknown>((resolve) => {
    tun.onReadable(() => {
      try {
        tun.receive(new PacketBatch(1, 2048), 0);
      } catch (error) {
        tun.close();
        resolve(error);
      }
    });
  });
  succeed("ip", ["link", "delete", "ut1"]);
  const error = await thrown;
  assert.ok(isSystemError(error) && error.code === "ENODEV");
});

/**
 * Turns an ICMP Echo (RFC 792) into its reply, in place. Swapping the addresses leaves the IP checksum true.
 */
function answerEcho(packet: Uint8Array): void {
  const source = packet.slice(12, 16);
  packet.copyWithin(12, 16, 20);
  packet.set(source, 16);
  packet[20] = 0;
  // The type went from 8 to 0, so the one's complement sum gains 0x0800 (RFC 1624).
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const sum = view.getUint16(22) + 0x0800;
  view.setUint16(22, (sum & 0xffff) + (sum >>> 16));
}
