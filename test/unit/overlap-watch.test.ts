import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfig } from "../../server/config/load-config.ts";
import { OVERLAP_EVERY, watchOverlap } from "../../server/overlap-watch.ts";
import type { HostNetwork } from "../../server/platform/host-networks.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const LAN: HostNetwork = {
  network: { address: parseIpv4("10.77.0.0")!, prefix: 24 },
  interface: "eth1",
  kind: "route",
};

function watched(toml: string) {
  const clock = new VirtualClock();
  const said: string[] = [];
  const host: HostNetwork[] = [];
  const stop = watchOverlap({
    config: parseConfig(toml, "/x.toml"),
    clock,
    conditions: {
      raise: (code, sentence) => said.push(`${code}: ${sentence}`),
      clear: (code) => said.push(`${code} is over`),
    },
    read: (each) => host.forEach(each),
  });
  return { clock, said, host, stop };
}

test("a network that comes into a pool is a condition until it goes", async () => {
  const { clock, said, host, stop } = watched("");
  host.push(LAN);
  await clock.advance(OVERLAP_EVERY);
  assert.match(
    said.pop()!,
    /^pool-overlaps-host: The pool 10\.77\.0\.10-10\.77\.3\.250 \(tunnel\.pool\) overlaps 10\.77\.0\.0\/24, .* eth1: .* does not start again/,
  );
  host.pop();
  await clock.advance(OVERLAP_EVERY);
  assert.equal(said.pop(), "pool-overlaps-host is over");
  stop();
  await clock.advance(OVERLAP_EVERY);
  assert.deepEqual(said, []);
});

test("where overlaps are allowed nobody looks", async () => {
  const { clock, said, host } = watched("tunnel.allow_overlap = true");
  host.push(LAN);
  await clock.advance(OVERLAP_EVERY);
  assert.deepEqual(said, []);
});
