import assert from "node:assert/strict";
import { test } from "node:test";
import { type HostNetwork, readHostNetworks } from "../../../server/platform/host-networks.ts";
import { NATIVE, readAnswer, readKernel } from "../../../server/platform/rtnetlink.ts";
import { formatNetwork } from "../../../server/wire/ipv4-network.ts";

const [NEW_LINK, NEW_ADDRESS, NEW_ROUTE, DONE, ERROR, INTERRUPTED] = [16, 20, 24, 3, 2, 0x10];

/** An attribute, padded as the kernel pads it. */
function attribute(type: number, value: readonly number[]): number[] {
  const padding = (4 - (value.length % 4)) % 4;
  return [...u16(4 + value.length), ...u16(type), ...value, ...new Array<number>(padding).fill(0)];
}

function message(type: number, body: readonly number[], flags = 2): Uint8Array {
  return Uint8Array.from([
    ...u32(16 + body.length),
    ...u16(type),
    ...u16(flags),
    ...u32(1),
    ...u32(0),
    ...body,
  ]);
}

const u16 = (n: number) => (NATIVE ? [n & 255, n >>> 8] : [n >>> 8, n & 255]);
const u32 = (n: number) =>
  NATIVE ? [...u16(n & 0xffff), ...u16(n >>> 16)] : [...u16(n >>> 16), ...u16(n & 0xffff)];
const text = (name: string) => [...Buffer.from(`${name}\0`)];

const link = (index: number, name: string) =>
  message(NEW_LINK, [0, 0, ...u16(1), ...u32(index), ...u32(1), ...u32(0), ...attribute(3, text(name))]);
const address = (index: number, own: readonly number[], other: readonly number[]) =>
  message(NEW_ADDRESS, [2, 24, 0, 0, ...u32(index), ...attribute(1, other), ...attribute(2, own)]);
const route = (
  { prefix = 24, table = 254, type = 1, flags = 0 },
  ...attributes: readonly (readonly number[])[]
) => message(NEW_ROUTE, [2, prefix, 0, 0, table, 2, 0, type, ...u32(flags), ...attributes.flat()]);

const done = message(DONE, u32(0));
const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

type Answers = Readonly<Partial<Record<"links" | "addresses" | "routes", Uint8Array>>>;

/** A kernel that answers each question with this. */
function kernel(answers: Answers) {
  const asked: number[] = [];
  return {
    asked,
    netlink(protocol: number, request: Uint8Array, reply: Uint8Array): number {
      const type = new DataView(request.buffer).getUint16(4, NATIVE);
      assert.deepEqual([protocol, request[16]], [0, type === 18 ? 0 : 2]);
      asked.push(reply.length);
      const answer = answers[type === 18 ? "links" : type === 22 ? "addresses" : "routes"] ?? done;
      if (answer.length > reply.length) fail("ENOBUFS");
      reply.set(answer);
      return answer.length;
    },
  };
}

function read(answers: Answers): string[] {
  const found: HostNetwork[] = [];
  readHostNetworks((one) => found.push(one), kernel(answers));
  return found.map(
    (one) =>
      `${one.kind} ${formatNetwork(one.network)} ${one.interface}${one.table === undefined ? "" : ` ${one.table}`}`,
  );
}

const links = join(link(1, "lo"), link(2, "eth0"), link(3, "ppp0"), done);

test("an address is the host's own, and the other end of a link between two is told as that", () => {
  const addresses = join(
    address(2, [192, 0, 2, 1], [192, 0, 2, 1]),
    address(3, [10, 0, 0, 1], [10, 0, 0, 2]),
    done,
  );
  assert.deepEqual(read({ links, addresses }), [
    "own 192.0.2.1/32 eth0",
    "own 10.0.0.1/32 ppp0",
    "other-end 10.0.0.2/32 ppp0",
  ]);
});

test("routes of every table and kind are told; broadcasts, groups and what the kernel has noted for itself are not", () => {
  const to = (index: number) => attribute(4, u32(index));
  const destination = attribute(1, [10, 20, 0, 0]);
  const hop = [...u16(8), 0, 0, ...u32(3)];
  const routes = join(
    route({}, destination, to(2)),
    route({ prefix: 0 }, to(2)),
    route({ table: 252 }, destination, to(2), attribute(15, u32(51820))),
    route({ table: 255, type: 2, prefix: 32 }, attribute(1, [192, 0, 2, 1]), to(2)),
    route({ table: 255, type: 3, prefix: 32 }, attribute(1, [192, 0, 2, 255]), to(2)),
    route({ type: 6 }, destination),
    route({ type: 9 }, destination),
    route({ type: 5 }, destination),
    route({ flags: 0x200 }, destination, to(2)),
    route({}, destination, attribute(9, hop)),
    done,
  );
  assert.deepEqual(read({ links, routes }), [
    "route 10.20.0.0/24 eth0",
    "route 0.0.0.0/0 eth0",
    "route 10.20.0.0/24 eth0 51820",
    "own 192.0.2.1/32 eth0",
    "dead-end 10.20.0.0/24 ",
    "dead-end 10.20.0.0/24 ",
    "route 10.20.0.0/24 ppp0",
  ]);
});

test("what changed while it was read is read again, three times at most", () => {
  const changed = message(DONE, u32(0), INTERRUPTED);
  const addon = kernel({ routes: join(route({}, attribute(1, [10, 20, 0, 0])), changed) });
  let seen = 0;
  assert.equal(
    readKernel(addon, "routes", 12, () => seen++),
    false,
  );
  assert.equal(seen, 3);
});

test("an answer that needs more room gets it, to a bound", () => {
  const many = join(...Array.from({ length: 9000 }, () => route({}, attribute(1, [10, 20, 0, 0]))), done);
  const addon = kernel({ routes: many });
  let seen = 0;
  assert.equal(
    readKernel(addon, "routes", 12, () => seen++),
    true,
  );
  assert.deepEqual([seen, addon.asked.length], [9000, 2]);
  const endless = { netlink: () => fail("ENOBUFS") };
  assert.equal(
    readKernel(endless, "routes", 12, () => assert.fail()),
    false,
  );
});

test("a kernel that refuses, or says nothing, is left out", () => {
  const addon = kernel({ links: message(ERROR, u32(0)), addresses: new Uint8Array(0), routes: done });
  readHostNetworks(() => assert.fail(), addon);
  readHostNetworks(() => assert.fail(), { netlink: () => fail("EPERM") });
});

function fail(code: string): never {
  throw Object.assign(new Error(code), { code, syscall: "netlink" });
}

test("a message cut short anywhere is refused or left out, and never read beyond its end", () => {
  const whole = route({}, attribute(1, [10, 20, 0, 0]), attribute(4, u32(2)));
  for (let length = 0; length < whole.length; length++) {
    const cut = whole.slice(0, length);
    assert.equal(
      readAnswer(cut, 12, () => assert.fail()),
      "refused",
      `${length}`,
    );
    // The message itself says that it is so long.
    if (length < 16) continue;
    cut.set(u32(length));
    const end = readAnswer(cut, 12, ({ body, attributes }) => {
      assert.equal(body.byteLength, 12);
      for (const value of attributes.values()) assert.equal(value.byteLength, 4);
    });
    assert.equal(end, "refused");
  }
});
