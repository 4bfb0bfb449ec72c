import assert from "node:assert/strict";
import { test } from "node:test";
import { Endings } from "../../../../pacctl/decode/endings.ts";
import { decodeTerminateData } from "../../../../server/ppp/terminate-data.ts";
import { ascii } from "../../../support/bytes.ts";
import { controlFrame } from "../../../support/decode/dial-capture.ts";

const at = (ms: number, frame = ms) => ({ at: ms * 1e6, frame, interfaceId: 0 });
const stop = { kind: "stop", reason: 1 } as const;
const clear = { kind: "clear" } as const;
const fin = { kind: "fin" } as const;

const terminates = (protocol: "lcp" | "ccp" | "ipcp", code = 5) => controlFrame(protocol, code, 9, ascii(""));
const asks = (protocol: "lcp" | "ccp" | "ipcp") => terminates(protocol, 1);

const steps = (endings: Endings) => endings.all.map(({ from, kind }) => `${from} ${kind}`);

test("steps stand in the order of time, in whatever order the file has them, and once by each side", () => {
  const endings = new Endings();
  endings.add("client", at(30), clear);
  endings.add("server", at(10), stop);
  endings.add("client", at(20), clear);
  endings.add("client", at(40), clear);
  endings.add("client", at(50), stop);
  assert.deepEqual(steps(endings), ["server stop", "client clear", "client stop"]);
  assert.equal(endings.all[1]!.at, 20e6);
  assert.equal(endings.first!.from, "server");
});

test("at the same moment the packet that stands first in the file was first", () => {
  const endings = new Endings();
  endings.add("client", at(10, 7), clear);
  endings.add("server", at(10, 6), stop);
  assert.deepEqual(steps(endings), ["server stop", "client clear"]);
});

test("a FIN and then a goodbye of the same side is the goodbye, but not one that comes much later", () => {
  const endings = new Endings();
  endings.add("client", at(10), fin);
  endings.add("client", at(20), clear);
  assert.equal(endings.first!.kind, "clear");
  const late = new Endings();
  late.add("client", at(10), fin);
  late.add("client", at(20_000), clear);
  assert.equal(late.first!.kind, "fin");
});

test("CCP or IPCP terminated alone ends nothing; with the end behind it, it is the first step", () => {
  for (const protocol of ["ccp", "ipcp"] as const) {
    const endings = new Endings();
    endings.frame("server", at(10), terminates(protocol));
    assert.equal(endings.first, undefined);
    endings.add("client", at(60_000), clear);
    assert.deepEqual(steps(endings), ["client clear"]);
    endings.frame("server", at(59_000), terminates("lcp"));
    assert.equal(endings.first!.from, "server");
  }
  const soon = new Endings();
  soon.frame("server", at(10), terminates("ccp"));
  soon.add("client", at(900), clear);
  assert.deepEqual(steps(soon), ["server terminate", "client clear"]);
});

test("whoever asks for something again goes on, unless the question stands before", () => {
  for (const [terminated, asked, stays] of [
    ["lcp", "lcp", false],
    ["lcp", "ipcp", true],
    ["ccp", "ccp", false],
    ["ccp", "ipcp", false],
    ["ipcp", "ipcp", false],
    ["ipcp", "ccp", true],
    ["ipcp", "lcp", false],
  ] as const)
    for (const when of [5, 20]) {
      const endings = new Endings();
      endings.frame("client", at(10), terminates(terminated));
      endings.frame("client", at(when), asks(asked));
      endings.add("server", at(30), fin);
      assert.equal(endings.first!.from === "client", stays || when < 10, `${terminated} ${asked} ${when}`);
    }
});

test("of several numbers of one side that which tells the most is told", () => {
  const endings = new Endings();
  const said = (error: number) =>
    decodeTerminateData(Uint8Array.of(0, 0, 0, 1, 0, 0x3c, 0xcd, 0x74, 0, 0, error >> 8, error & 0xff));
  for (const [ms, protocol, error] of [
    [1, "ccp", 732],
    [2, "ipcp", 738],
    [3, "lcp", 0],
  ] as const)
    endings.add("client", at(ms), { kind: "terminate", protocol, data: said(error) });
  assert.equal(endings.told("client")!.told.error, 738);
  assert.equal(endings.told("server"), undefined);
});

test("sides that were taken for each other are turned, answers as well; and a call taken over brings its own", () => {
  const control = new Endings();
  control.add("client", at(10), stop);
  control.answer("server", at(11), "stop");
  const endings = new Endings();
  endings.frame("server", at(5), terminates("lcp"));
  endings.frame("client", at(6), terminates("lcp", 6));
  endings.takeOver(control);
  endings.turn();
  assert.deepEqual(steps(endings), ["client terminate", "server stop"]);
  assert.deepEqual(
    endings.answers.map(({ from, to }) => `${from} ${to}`),
    ["server terminate", "client stop"],
  );
});
