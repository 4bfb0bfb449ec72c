import assert from "node:assert/strict";
import { test } from "node:test";
import { dialsOf, median, retransmissions } from "../../support/lab/dials.ts";
import type { Seen } from "../../support/lab/dissect.ts";

const CLIENT = "10.9.0.11";
const SERVER = "10.9.0.1";

const said = (at: number, from: string, what: string, body = ""): Seen => ({
  at,
  from,
  to: from === CLIENT ? SERVER : CLIENT,
  what,
  body: Buffer.from(body),
});

const DIAL: readonly Seen[] = [
  said(100, CLIENT, "Outgoing-Call-Request"),
  said(101, SERVER, "Outgoing-Call-Reply"),
  said(110, CLIENT, "IPCP Configure-Request", "0.0.0.0"),
  said(111, SERVER, "IPCP Configure-Nak", "10.77.0.10"),
  said(112, CLIENT, "IPCP Configure-Ack", "10.77.0.1"),
  said(113, CLIENT, "IPCP Configure-Request", "10.77.0.10"),
  said(114, SERVER, "IPCP Configure-Ack", "10.77.0.10"),
];

test("a dial takes from its Outgoing-Call-Request to the later of both IPCP Acks", () => {
  const later = DIAL.map((seen) => ({ ...seen, at: seen.at + 1000 }));
  const stranger = { ...said(105, CLIENT, "Outgoing-Call-Request"), from: "10.9.0.12" };
  assert.deepEqual(
    dialsOf(CLIENT, [...DIAL, stranger, ...later]).map(({ setupMs }) => setupMs),
    [14, 14],
  );
});

test("a dial without both IPCP Acks is no dial to measure", () => {
  assert.throws(() => dialsOf(CLIENT, DIAL.slice(0, -1)), /dial 0 has no address/);
});

test("what is sent again before the link is up is a retransmission; a changed request is none", () => {
  const again = DIAL.toSpliced(3, 0, said(110.5, CLIENT, "IPCP Configure-Request", "0.0.0.0"));
  assert.deepEqual(dialsOf(CLIENT, DIAL).flatMap(retransmissions), []);
  assert.deepEqual(dialsOf(CLIENT, again).flatMap(retransmissions), [
    `IPCP Configure-Request by ${CLIENT} after 10.5 ms`,
  ]);
});

test("the median is the middle, or between the two middles", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
});
