import assert from "node:assert/strict";
import { test } from "node:test";
import { concat } from "../../../../server/wire/bytes.ts";
import { ascii, bytes } from "../../../support/bytes.ts";
import {
  block,
  enhancedPacket,
  interfaceDescription,
  option,
  sectionHeader,
  simplePacket,
} from "../../../support/capture/files.ts";
import { ipv4 } from "../../../support/capture/frames.ts";
import { ofKind, problems, type Reading, read } from "../../../support/capture/read.ts";

/** A raw packet of 32 octets. */
const RAW = ipv4({ protocol: 47 }, bytes`2081 880b 0000 4242 00000005`);

const raw = { octets: RAW };
const RAW_LINK = { linkType: 101 };

const start = concat(sectionHeader("little"), interfaceDescription("little", RAW_LINK));

/** After what is wrong, a packet that must still be read. */
function around(wrong: Uint8Array, head = start): Reading {
  return read(concat(head, wrong, enhancedPacket("little", 7n, raw)));
}

const problem = (code: string, frames: number, detail: string, ended = false, offset = start.length) => [
  { kind: "problem", code, offset, frames, ended, detail },
];

test("a packet of an interface that nobody described is told and counted, and the rest is read", () => {
  const reading = around(enhancedPacket("little", 7n, { ...raw, interfaceId: 3 }));
  assert.deepEqual(problems(reading), problem("unknown-interface", 0, "interface 3"));
  assert.equal(reading.summary.packets["unknown-link"], 1);
  assert.deepEqual(
    ofKind(reading, "gre").map(({ when }) => when.frame),
    [2],
  );
  assert.equal(problems(around(simplePacket("little", RAW), sectionHeader("little"))).length, 2);
});

test("a packet longer than its block is told and counted, and the rest is read", () => {
  const lying = enhancedPacket("little", 7n, raw);
  new DataView(lying.buffer).setUint32(20, 36, true);
  const reading = around(lying);
  assert.deepEqual(problems(reading), problem("bad-record", 0, "a packet of 36 octets"));
  assert.equal(reading.summary.packets.malformed, 1);
  assert.equal(reading.summary.packets.gre, 1);
});

test("a packet block without its fields is told and counted", () => {
  for (const type of [2, 3, 6]) {
    const reading = around(block("little", type, new Uint8Array(type === 3 ? 0 : 16)));
    assert.deepEqual(problems(reading), problem("bad-record", 0, "a packet without its fields"));
    assert.equal(reading.summary.packets.gre, 1);
  }
});

test("options that do not fit their interface are told; what stands before them counts", () => {
  const options = concat(option("little", 2, ascii("eth0")), bytes`0900 0500 06 000000`);
  const described = block("little", 1, concat(bytes`6500 0000 00000400`, options));
  const head = concat(sectionHeader("little"), described);
  const reading = read(concat(head, enhancedPacket("little", 7n, raw)));
  assert.deepEqual(
    problems(reading),
    problem("bad-block", 0, "the description of an interface", false, sectionHeader("little").length),
  );
  assert.deepEqual(reading.summary.interfaces, [{ linkType: 101, name: "eth0" }]);
  assert.equal(reading.summary.packets.gre, 1);
});

test("an interface block without its fields keeps its number", () => {
  const head = concat(
    sectionHeader("little"),
    block("little", 1, new Uint8Array(4)),
    interfaceDescription("little", RAW_LINK),
  );
  const reading = read(concat(head, enhancedPacket("little", 7n, { ...raw, interfaceId: 1 })));
  assert.equal(problems(reading)[0]?.code, "bad-block");
  assert.equal(reading.summary.packets.gre, 1);
});

test("two lengths that differ, or one below the least, are the end of what can be read", () => {
  const differing = block("little", 5, new Uint8Array(8));
  differing[16] = 24;
  assert.deepEqual(problems(around(differing)), problem("bad-block", 0, "lengths 20 and 24", true));
  const short = block("little", 5, new Uint8Array(8));
  short[4] = 8;
  assert.deepEqual(problems(around(short)), problem("bad-block", 0, "a block of 8 octets", true));
});

test("a length that is no multiple of four is rounded up, as some programs mean it", () => {
  const odd = block("little", 5, new Uint8Array(8));
  odd[4] = 19;
  odd[16] = 19;
  const reading = around(odd);
  assert.deepEqual(problems(reading), []);
  assert.equal(reading.summary.packets.gre, 1);
});

test("a section without a byte order, or of another version, is the end", () => {
  const headless = sectionHeader("little");
  headless[8] = 0;
  assert.deepEqual(
    problems(around(headless)),
    problem("bad-block", 0, "a section without a byte order", true),
  );
  const newer = sectionHeader("little");
  newer[12] = 2;
  assert.deepEqual(problems(around(newer)), problem("unsupported-version", 0, "pcapng 2.0", true));
});

test("a block too large to hold is passed over, whatever the chunks", () => {
  for (const type of [5, 0x0bad]) {
    const large = concat(
      start,
      block("little", type, new Uint8Array(1_200_000)),
      enhancedPacket("little", 7n, raw),
    );
    for (const chunk of [large.length, 1000, 65_536]) {
      const reading = read(large, {}, chunk);
      assert.deepEqual(problems(reading), []);
      assert.equal(reading.summary.packets.gre, 1);
      assert.equal(reading.summary.frames, type === 5 ? 1 : 2);
    }
  }
});

test("a packet block too large to hold is told and counted; the second length is checked there as well", () => {
  const large = block("little", 6, new Uint8Array(1_200_000));
  const reading = around(large);
  assert.deepEqual(problems(reading), problem("bad-record", 0, "a packet block of 1200012 octets"));
  assert.equal(reading.summary.packets.malformed, 1);
  assert.equal(reading.summary.packets.gre, 1);
  large[large.length - 1] = 1;
  assert.equal(problems(around(large)).at(-1)?.code, "bad-block");
});

test("a section header too large to hold is passed over, and is a section all the same", () => {
  const body = sectionHeader("big").subarray(8, 24);
  const large = block("big", 0x0a0d0d0a, concat(body, new Uint8Array(1_200_000)));
  const rest = concat(interfaceDescription("big", RAW_LINK), enhancedPacket("big", 1n, raw));
  for (const chunk of [large.length + rest.length, 1, 7]) {
    const reading = read(concat(large, rest), {}, chunk);
    assert.deepEqual(problems(reading), []);
    assert.equal(reading.summary.packets.gre, 1);
    if (chunk === 1) break;
  }
});

test("a file that is cut inside a block that is passed over is truncated where that block begins", () => {
  const large = concat(start, block("little", 5, new Uint8Array(1_200_000)));
  for (const length of [start.length + 9, start.length + 600_000, large.length - 4, large.length - 1]) {
    const [told] = problems(read(large.subarray(0, length)));
    assert.equal(told?.code, "truncated");
    assert.equal(told?.offset, start.length);
  }
});

test("journal entries and custom blocks are numbered as packets", () => {
  for (const type of [9, 0xbad, 0x40000bad]) {
    const reading = around(block("little", type, ascii("MESSAGE=hello")));
    assert.deepEqual(
      ofKind(reading, "gre").map(({ when }) => when.frame),
      [2],
    );
    assert.equal(reading.summary.packets["other-link"], 1);
  }
});

test("a Simple Packet Block ends with the snap length of its interface", () => {
  const head = concat(
    sectionHeader("little"),
    interfaceDescription("little", { linkType: 101, snapLength: 26 }),
  );
  const cut = block("little", 3, concat(bytes`20000000`, RAW.subarray(0, 26)));
  const [packet] = ofKind(read(concat(head, cut)), "gre");
  assert.equal(packet?.octets.length, 6);
  assert.equal(packet?.cut, true);
});

test("an interface's name is shown in printable characters only, and not without end", () => {
  const name = `\u001b[2J${"x".repeat(500)}`;
  const described = interfaceDescription("little", { linkType: 101, name });
  const { summary } = read(concat(sectionHeader("little"), described));
  assert.match(summary.interfaces[0]?.name ?? "", /^\\x1b\[2Jx{60}…$/);
});

test("one kind of problem is told twenty times at most, and counted for good", () => {
  const packets = Array.from({ length: 50 }, () => enhancedPacket("little", 7n, { ...raw, interfaceId: 9 }));
  const reading = around(concat(...packets));
  assert.equal(problems(reading).length, 20);
  assert.equal(reading.summary.packets["unknown-link"], 50);
});
