import assert from "node:assert/strict";
import { test } from "node:test";
import { BATCH } from "../../../../server/data-plane/limits.ts";
import { concat } from "../../../../server/wire/bytes.ts";
import { toCallId } from "../../../../server/wire/call-id.ts";
import { bytes } from "../../../support/bytes.ts";
import { address, Bench, CLIENT, INNER, KEYS, SERVER, SPEC } from "../../../support/data-plane/bench.ts";
import { readPacket } from "../../../support/data-plane/tunnel-client.ts";
import { udpPacket } from "../../../support/packets/ipv4.ts";

const echo = bytes`ff03 c021 0901 0004`;

const packet = (n: number, source = INNER): Uint8Array => {
  const made = udpPacket({ source, destination: SERVER }, 8);
  made[made.length - 1] = n;
  return made;
};
/** Inner packets by their numbers. */
const out = (bench: Bench): (number | undefined)[] => bench.tun.take().map(({ bytes: made }) => made.at(-1));

test("a control frame in the midst of a batch comes after the data before it", async () => {
  const bench = new Bench();
  const client = await bench.client();
  const delivered: number[] = [];
  bench.tun.onSend = () => delivered.push(bench.control.length);
  client.data(packet(1));
  client.data(packet(2));
  client.frame(echo);
  client.data(packet(3));
  await bench.settle();
  assert.deepEqual(delivered, [0, 0, 1]);
  assert.equal(bench.control.length, 1);
});

test("whoever hears of a control frame may remove the tunnel: the rest of its batch goes nowhere", async () => {
  const bench = new Bench();
  const client = await bench.client();
  bench.control.push = () => {
    bench.plane.remove(SPEC.callId);
    return 0;
  };
  client.data(packet(1));
  client.frame(echo);
  client.data(packet(2));
  await bench.settle();
  assert.deepEqual(out(bench), [1]);
  assert.deepEqual(bench.drops(), { "gre-unknown-call": 1 });
});

test("new keys in the midst of a batch count from there on", async () => {
  const bench = new Bench();
  const client = await bench.client();
  const keys = { send: KEYS.receive, receive: KEYS.send };
  bench.control.push = () => {
    bench.plane.setKeys(SPEC.callId, keys);
    return 0;
  };
  client.data(packet(1));
  client.frame(echo);
  client.rekey(keys);
  client.data(packet(2));
  await bench.settle();
  assert.deepEqual(out(bench), [1, 2]);
  assert.deepEqual(bench.drops(), {});
});

test("a tunnel that is given up for nonsense leaves the others of its batch alone", async () => {
  const bench = new Bench();
  const bad = await bench.client();
  const spec = { ...SPEC, callId: toCallId(0x1111), peerAddress: CLIENT };
  const other = address("10.77.0.11");
  const good = await bench.client({ spec, network: { address: other } });
  bench.broken.push = () => {
    bench.plane.remove(SPEC.callId);
    return 0;
  };
  for (let i = 0; i < 120; i += 1) {
    bad.frame(bad.sealed(bytes`c0ff ee`));
    good.data(packet(i, other));
  }
  await bench.settle();
  assert.deepEqual(
    out(bench),
    Array.from({ length: 120 }, (_, i) => i),
  );
});

test("stateful, stateless and clear tunnels share a batch, each in its order", async () => {
  const bench = new Bench();
  const stateful = {
    send: { ...KEYS.send, stateless: false },
    receive: { ...KEYS.receive, stateless: false },
  };
  const kinds = [{ keys: KEYS }, { keys: stateful }, { keys: false as const }];
  const clients = await Promise.all(
    kinds.map(async ({ keys }, i) => {
      const source = address(`10.77.0.${20 + i}`);
      const spec = { ...SPEC, callId: toCallId(0x2000 + i) };
      const network = { address: source, encryptionRequired: keys !== false };
      const client = await bench.client({ spec, network, keys });
      return (n: number) =>
        keys === false
          ? client.frame(concat(bytes`ff03 0021`, packet(n, source)))
          : client.data(packet(n, source));
    }),
  );
  for (let n = 0; n < 60; n += 1) clients[n % 3]!(n);
  await bench.settle();
  const numbers = out(bench) as number[];
  assert.equal(numbers.length, 60);
  for (const kind of [0, 1, 2]) {
    const own = numbers.filter((n) => n % 3 === kind);
    assert.deepEqual(
      own,
      own.toSorted((a, b) => a - b),
    );
  }
});

test("more packets than a batch, held for one that is missing, come out whole when it comes", async () => {
  const bench = new Bench({ packets: 200, delay: 50 as never });
  const client = await bench.client();
  const frames = Array.from({ length: 2 * BATCH }, (_, n) => client.sealed(concat(bytes`0021`, packet(n))));
  for (const [n, frame] of frames.entries()) if (n !== 1) client.frame(frame, n);
  client.frame(frames[1]!, 1);
  await bench.settle();
  assert.deepEqual(
    out(bench),
    frames.map((_, n) => n),
  );
});

test("packets for clients that fill several batches arrive encrypted in order", async () => {
  const bench = new Bench();
  const client = await bench.client();
  const count = 3 * BATCH + 5;
  const down = (n: number) => {
    const made = udpPacket({ source: SERVER, destination: INNER }, 8);
    made[made.length - 1] = n;
    return made;
  };
  for (let n = 0; n < count; n += 1) bench.tun.deliver(down(n));
  await bench.settle();
  const opened = bench.gre.take().map((sent) => client.opened(readPacket(sent).payload).at(-1));
  assert.deepEqual(
    opened,
    Array.from({ length: count }, (_, n) => n & 0xff),
  );
});
