import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type Addon, loadAddon } from "../../../../server/platform/native/addon.ts";

const addon = loadAddon();
const raw = addon.openRaw();
const tun = addon.openTun("ut2");
const guarded = addon.openRaw();
addon.guardRaw(guarded, 0, 1, new Uint32Array(0));
const steered = addon.createTunInterface("ut6");
addon.installSteering(steered);
const plain = addon.createTunInterface("ut7");
after(() => {
  for (const fd of [raw, guarded, tun, steered, plain]) addon.close(fd);
});

const bytes = new Uint8Array(4 * 256);
const four = () => new Uint32Array(4);
const three = () => new Uint32Array(3);
const detached = new Uint8Array(1024);
structuredClone(detached.buffer, { transfer: [detached.buffer] });

/** A struct virtio_net_hdr of zeros, and a packet that is none. */
const fromKernel = new Uint8Array(12);

const records = new Uint8Array(40);
records[32] = 128; // bits
const mppe = [records, bytes, Uint32Array.of(0, 1, 2, 30), 1] as const;

/** Good arguments; every row below spoils one. */
const GOOD = {
  openRaw: [],
  pairRaw: [raw, 0x7f000001, 0x7f000001],
  shareRaw: [raw, 0, 1, four()],
  guardRaw: [raw, 0, 1, four()],
  readdressRaw: [guarded, 0, 1, four()],
  admitRaw: [guarded, 1, 0x0a4d000a],
  pauseRaw: [guarded, 0],
  countForRaw: [guarded, 0, 1],
  refusedRaw: [guarded, 0],
  overflowedRaw: [raw],
  receiveRaw: [raw, bytes, 256, 0, four(), four(), four(), four(), 4],
  stripRawHeader: [bytes, 256, 0, four(), four(), four(), four(), 256],
  sendRaw: [raw, bytes, four(), four(), four(), four(), 4],
  openTun: ["ut3"],
  createTunInterface: ["ut3"],
  openTunQueue: ["ut6"],
  trySteering: [],
  installSteering: [plain],
  steer: [steered, 0x0a4d000a, 1],
  unsteer: [steered, 0x0a4d000a],
  detachTunInterface: [plain],
  readTun: [tun, bytes, 256, 0, four(), four(), 4],
  writeTun: [tun, bytes, four(), four(), 4],
  splitSegments: [fromKernel, bytes, 256, 0, four(), four(), 4, 0],
  joinSegments: [bytes, four(), four(), 4, new Uint8Array(40), four(), four()],
  configureInterface: ["ut2", 0x0a4d0001, 1400],
  addRoute: ["ut2", 0x0a4d0000, 22],
  removeRoute: ["ut2", 0x0a4d0000, 22],
  netlink: [0, Buffer.from("1400000012000103000000000000000011000000", "hex"), new Uint8Array(65536)],
  lockFile: [`/proc/${process.pid}/no-such-file`],
  setPriority: [0, 0, 100],
  trimMemory: [],
  peerCredentials: [0, new Uint32Array(3)],
  sendDatagram: ["@no-such-socket-of-pacd", bytes, new Uint32Array(0), 0],
  sendSealed: ["@no-such-socket-of-pacd", bytes],
  watch: [raw, () => {}],
  close: [raw],
  runMppe: mppe,
  runMppePortable: mppe,
} as const satisfies Record<keyof Addon, readonly unknown[]>;

const NOT_INTEGERS = [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 32, "4", null, undefined, {}, 4n];
const NOT_DESCRIPTORS = [...NOT_INTEGERS, 0, 1, 2, 2 ** 31 - 1, 2 ** 31];
const NOT_BYTES = [new Uint8Array(1023), new Int8Array(1024), new ArrayBuffer(1024), [], null, detached];
const NOT_ARRAYS = [three(), new Int32Array(4), new Float64Array(4), [0, 0, 0, 0], null];
const NOT_NAMES = ["", "sixteen-octets-x", "a\0b", 7, null, undefined];

type Row = readonly [name: keyof Addon, argument: number, spoilt: readonly unknown[]];
const ROWS: readonly Row[] = [
  ["sendDatagram", 0, ["", "x".repeat(108), "a\0b", 7, null, undefined]],
  ["sendDatagram", 1, NOT_BYTES.slice(1, -1)],
  ["sendDatagram", 2, [Uint32Array.of(0, 1), Uint32Array.of(2 ** 31), ...NOT_ARRAYS.slice(1)]],
  ["sendDatagram", 3, [...NOT_INTEGERS, 10001]],
  ["sendSealed", 0, ["", "x".repeat(108), "a\0b", 7, null, undefined]],
  ["sendSealed", 1, NOT_BYTES.slice(1, -1)],
  ["pairRaw", 0, [...NOT_DESCRIPTORS, tun, steered]],
  ["pairRaw", 1, NOT_INTEGERS],
  ["pairRaw", 2, NOT_INTEGERS],
  ["shareRaw", 0, [...NOT_DESCRIPTORS, tun, steered]],
  ["shareRaw", 1, [...NOT_INTEGERS, 1]],
  ["shareRaw", 2, [...NOT_INTEGERS, 0, 65537]],
  ["shareRaw", 3, [new Uint32Array(17), ...NOT_ARRAYS.slice(1)]],
  ["readdressRaw", 3, [new Uint32Array(17), ...NOT_ARRAYS.slice(1)]],
  ["readdressRaw", 0, [...NOT_DESCRIPTORS, tun, steered]],
  ["readdressRaw", 1, [...NOT_INTEGERS, 1]],
  ["readdressRaw", 2, [...NOT_INTEGERS, 0, 65537]],
  ["guardRaw", 3, [new Uint32Array(17), ...NOT_ARRAYS.slice(1)]],
  ["guardRaw", 0, [...NOT_DESCRIPTORS, guarded, tun, steered]],
  ["guardRaw", 1, [...NOT_INTEGERS, 1]],
  ["guardRaw", 2, [...NOT_INTEGERS, 0, 65537]],
  ["admitRaw", 0, [...NOT_DESCRIPTORS, raw, tun, steered]],
  ["admitRaw", 1, [...NOT_INTEGERS, 65536]],
  ["admitRaw", 2, NOT_INTEGERS],
  ["pauseRaw", 0, [...NOT_DESCRIPTORS, raw, tun, steered]],
  ["pauseRaw", 1, [...NOT_INTEGERS, 2]],
  ["countForRaw", 0, [...NOT_DESCRIPTORS, raw, tun, steered]],
  ["countForRaw", 1, [...NOT_INTEGERS, 65536]],
  ["countForRaw", 2, [...NOT_INTEGERS, 2]],
  ["refusedRaw", 0, [...NOT_DESCRIPTORS, raw, tun, steered]],
  ["refusedRaw", 1, [...NOT_INTEGERS, 3]],
  ["overflowedRaw", 0, [...NOT_DESCRIPTORS, tun, steered]],
  ["receiveRaw", 0, [...NOT_DESCRIPTORS, tun]],
  ["receiveRaw", 1, NOT_BYTES],
  ["receiveRaw", 2, [...NOT_INTEGERS, 0, 257, 2 ** 32 - 1]],
  ["receiveRaw", 3, [...NOT_INTEGERS, 256, 2 ** 32 - 1]],
  ...[4, 5, 6, 7].map((argument): Row => ["receiveRaw", argument, NOT_ARRAYS]),
  ["receiveRaw", 8, [...NOT_INTEGERS, 5, 2 ** 32 - 1]],
  ["stripRawHeader", 0, [new Uint8Array(255), ...NOT_BYTES.slice(1)]],
  ["stripRawHeader", 1, [...NOT_INTEGERS, 0, 1025]],
  ["stripRawHeader", 2, [...NOT_INTEGERS, 256]],
  ...[3, 4, 5, 6].map(
    (argument): Row => ["stripRawHeader", argument, [new Uint32Array(0), ...NOT_ARRAYS.slice(1)]],
  ),
  ["stripRawHeader", 7, [...NOT_INTEGERS, 257]],
  ["sendRaw", 0, [...NOT_DESCRIPTORS, tun]],
  ["sendRaw", 1, [new Int8Array(1024), new ArrayBuffer(1024), [], null]],
  ["sendRaw", 2, [...NOT_ARRAYS, Uint32Array.of(0, 0, 0, 1025), Uint32Array.of(2 ** 32 - 1, 0, 0, 0)]],
  ["sendRaw", 3, [...NOT_ARRAYS, Uint32Array.of(0, 0, 1025, 0), Uint32Array.of(0, 2 ** 32 - 1, 0, 0)]],
  ["sendRaw", 4, NOT_ARRAYS],
  ["sendRaw", 5, NOT_ARRAYS],
  ["sendRaw", 6, [...NOT_INTEGERS, 5, 2 ** 32 - 1]],
  ["openTun", 0, [...NOT_NAMES, "pac%d"]],
  ["createTunInterface", 0, [...NOT_NAMES, "pac%d"]],
  ["openTunQueue", 0, [...NOT_NAMES, "pac%d"]],
  ["installSteering", 0, [...NOT_DESCRIPTORS, raw, tun, steered]],
  ["steer", 0, [...NOT_DESCRIPTORS, raw, tun, plain]],
  ["steer", 1, NOT_INTEGERS],
  ["steer", 2, [...NOT_INTEGERS, 65536]],
  ["unsteer", 0, [...NOT_DESCRIPTORS, raw, tun, plain]],
  ["unsteer", 1, NOT_INTEGERS],
  ["detachTunInterface", 0, [...NOT_DESCRIPTORS, raw, tun]],
  ["readTun", 0, [...NOT_DESCRIPTORS, raw, steered]],
  ["readTun", 1, NOT_BYTES],
  ["readTun", 2, [...NOT_INTEGERS, 0, 257, 2 ** 32 - 1]],
  ["readTun", 3, [...NOT_INTEGERS, 256, 2 ** 32 - 1]],
  ["readTun", 4, NOT_ARRAYS],
  ["readTun", 5, NOT_ARRAYS],
  ["readTun", 6, [...NOT_INTEGERS, 5, 2 ** 32 - 1]],
  ["writeTun", 0, [...NOT_DESCRIPTORS, raw, steered]],
  ["writeTun", 1, [new Int8Array(1024), new ArrayBuffer(1024), [], null]],
  ["writeTun", 2, [...NOT_ARRAYS, Uint32Array.of(0, 0, 0, 1025), Uint32Array.of(2 ** 32 - 1, 0, 0, 0)]],
  ["writeTun", 3, [...NOT_ARRAYS, Uint32Array.of(0, 0, 1025, 0), Uint32Array.of(0, 2 ** 32 - 1, 0, 0)]],
  ["writeTun", 4, [...NOT_INTEGERS, 5, 2 ** 32 - 1]],
  ["splitSegments", 0, [new Uint8Array(9), ...NOT_BYTES.slice(1)]],
  ["splitSegments", 1, NOT_BYTES],
  ["splitSegments", 2, [...NOT_INTEGERS, 0, 257, 2 ** 32 - 1]],
  ["splitSegments", 3, [...NOT_INTEGERS, 256, 2 ** 32 - 1]],
  ...[4, 5].map((argument): Row => ["splitSegments", argument, NOT_ARRAYS]),
  ["splitSegments", 6, [...NOT_INTEGERS, 5, 2 ** 32 - 1]],
  ["splitSegments", 7, [...NOT_INTEGERS, 65536]],
  ["joinSegments", 0, [new Int8Array(1024), new ArrayBuffer(1024), [], null]],
  ["joinSegments", 1, [...NOT_ARRAYS, Uint32Array.of(0, 0, 0, 1025), Uint32Array.of(2 ** 32 - 1, 0, 0, 0)]],
  ["joinSegments", 2, [...NOT_ARRAYS, Uint32Array.of(0, 0, 1025, 0), Uint32Array.of(0, 1, 0, 0)]],
  ["joinSegments", 3, [...NOT_INTEGERS, 5, 65, 2 ** 32 - 1]],
  ["joinSegments", 4, [new Uint8Array(39), ...NOT_BYTES.slice(1)]],
  ...[5, 6].map((argument): Row => ["joinSegments", argument, NOT_ARRAYS]),
  ["configureInterface", 0, NOT_NAMES],
  ["configureInterface", 1, NOT_INTEGERS],
  ["configureInterface", 2, [...NOT_INTEGERS, 65536]],
  ...(["addRoute", "removeRoute"] as const).flatMap((name): readonly Row[] => [
    [name, 0, NOT_NAMES],
    [name, 1, NOT_INTEGERS],
    [name, 2, [...NOT_INTEGERS, 33]],
  ]),
  ["netlink", 0, [...NOT_INTEGERS, 32]],
  ["netlink", 1, [new Uint8Array(15), new Int8Array(1024), new ArrayBuffer(1024), [], null, detached]],
  ["netlink", 2, [new Uint8Array(15), new Int8Array(1024), new ArrayBuffer(1024), [], null, detached]],
  ["lockFile", 0, ["", "x".repeat(5000), 7, null, undefined]],
  ["setPriority", 0, [...NOT_INTEGERS, 2 ** 31]],
  ["setPriority", 1, [...NOT_INTEGERS, 21]],
  ["setPriority", 2, [...NOT_INTEGERS, 100001]],
  ["peerCredentials", 0, [...NOT_INTEGERS, 2 ** 31]],
  [
    "peerCredentials",
    1,
    [new Uint32Array(2), ...NOT_ARRAYS.filter((array) => !(array instanceof Uint32Array))],
  ],
  ["watch", 0, NOT_DESCRIPTORS],
  ["watch", 1, ["callback", null, undefined, {}]],
  ["close", 0, NOT_DESCRIPTORS],
  ...(["runMppe", "runMppePortable"] as const).flatMap((name): Row[] => [
    [name, 0, [...NOT_BYTES, new Uint8Array(39), new Uint8Array(40)]],
    [name, 1, [new Uint8Array(31), new Int8Array(1024), new ArrayBuffer(1024), [], null, detached]],
    [name, 2, [...NOT_ARRAYS, Uint32Array.of(1, 1, 2, 30), Uint32Array.of(0, 0, 2, 30)]],
    [name, 3, [...NOT_INTEGERS, 2, 65]],
  ]),
];

const call = (name: keyof Addon, values: readonly unknown[]) =>
  (addon[name] as (...values: readonly unknown[]) => unknown)(...values);

for (const [name, argument, spoilt] of ROWS) {
  test(`${name}: argument ${argument} is checked`, () => {
    spoilt.forEach((value, i) => {
      assert.throws(
        () => call(name, GOOD[name].with(argument, value as never)),
        TypeError,
        `${name} took the row's value ${i}`,
      );
    });
  });
}

for (const name of Object.keys(GOOD) as (keyof Addon)[]) {
  test(`${name}: too few and too many arguments are refused`, () => {
    if (GOOD[name].length > 0) assert.throws(() => call(name, GOOD[name].slice(0, -1)), TypeError);
    assert.throws(() => call(name, [...GOOD[name], undefined]), TypeError);
  });
}

test("the good arguments of this table are good", () => {
  assert.equal(call("shareRaw", GOOD.shareRaw), undefined);
  assert.equal(call("overflowedRaw", GOOD.overflowedRaw), 0);
  assert.equal(call("receiveRaw", GOOD.receiveRaw), 0);
  assert.equal(call("sendRaw", GOOD.sendRaw), 4); // to 0.0.0.0, which is this host
  assert.equal(call("readTun", GOOD.readTun), 0);
  assert.equal(call("writeTun", GOOD.writeTun), 0); // down, and no IP
  assert.equal(call("splitSegments", GOOD.splitSegments), 1);
  assert.equal(call("joinSegments", GOOD.joinSegments), 4);
  assert.equal(call("configureInterface", GOOD.configureInterface), undefined);
  assert.equal(call("addRoute", GOOD.addRoute), undefined);
  assert.equal(call("removeRoute", GOOD.removeRoute), undefined);
  for (const name of ["openTun", "createTunInterface", "openTunQueue"] as const) {
    addon.close(call(name, GOOD[name]) as number);
  }
  for (const name of ["trySteering", "installSteering", "steer", "unsteer", "detachTunInterface"] as const) {
    assert.equal(call(name, GOOD[name]), undefined);
  }
  assert.equal(call("runMppe", GOOD.runMppe), undefined);
  assert.equal(call("runMppePortable", GOOD.runMppePortable), undefined);
});

test("a capacity of 0 receives nothing", () => {
  assert.equal(call("receiveRaw", GOOD.receiveRaw.with(8, 0)), 0);
  assert.equal(call("readTun", GOOD.readTun.with(6, 0)), 0);
});

test("a descriptor is watched once, and is nobody's once it is closed", () => {
  const fd = addon.openRaw();
  addon.watch(fd, () => {});
  assert.throws(() => addon.watch(fd, () => {}), TypeError);
  addon.close(fd);
  assert.throws(() => addon.close(fd), TypeError);
  assert.throws(() => addon.watch(fd, () => {}), TypeError);
});

test("an interface is detached once", () => {
  const fd = addon.createTunInterface("ut8");
  addon.detachTunInterface(fd);
  assert.throws(() => addon.detachTunInterface(fd), { code: "EINVAL", syscall: "TUNSETQUEUE" });
  addon.close(fd);
});

test("an interface that does not exist is ENODEV", () => {
  assert.throws(() => addon.configureInterface("ut9", 1, 1400), { code: "ENODEV", syscall: "SIOCSIFADDR" });
  assert.throws(() => addon.openTunQueue("ut9"), { code: "ENODEV", syscall: "if_nametoindex" });
});
