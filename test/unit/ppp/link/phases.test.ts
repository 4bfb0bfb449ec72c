import assert from "node:assert/strict";
import { test } from "node:test";
import { LINK_TIMERS } from "../../../../server/ppp/link/link-types.ts";
import { ascii, fromHex } from "../../../support/bytes.ts";
import { assignment, Dial, packet, reach, response, right, wrong } from "./dial.ts";

const STAGES: Record<string, (dial: Dial) => void> = {
  idle: () => {},
  waiting: (dial) => void dial.start(),
  establishing: (dial) => void [dial.start(), dial.receive(packet("lcp", 1, 1, [[5, "0c6f3548"]]))],
  challenged: reach.lcp,
  verifying: reach.verifying,
  assigning: reach.assigning,
  encrypting: reach.ccp,
  networking: reach.ipcp,
  up: reach.up,
  closing: (dial) => void [reach.up(dial), dial.feed({ type: "close", text: "" })],
  ended: (dial) => void [reach.up(dial), dial.receive(packet("lcp", 5, 1))],
};

const EVENTS: Record<string, (dial: Dial) => unknown> = {
  start: (dial) => dial.start(),
  "LCP request": (dial) => dial.receive(packet("lcp", 1, 9, [[5, "77777777"]])),
  "LCP request again": (dial) => dial.receive(packet("lcp", 1, 9, [[5, "0c6f3548"]])),
  "LCP Ack": (dial) => dial.has("lcp", 1) && dial.acknowledge("lcp"),
  "LCP Terminate-Request": (dial) => dial.receive(packet("lcp", 5, 9, ascii("bye"))),
  "LCP Terminate-Ack": (dial) => dial.receive(packet("lcp", 6, 9)),
  "Protocol-Reject CCP": (dial) => dial.receive(packet("lcp", 8, 9, fromHex("80fd"))),
  "Echo-Request": (dial) => dial.receive(packet("lcp", 9, 9, fromHex("00000000"))),
  Response: (dial) => dial.receive(response(1)),
  "CCP request": (dial) => dial.receive(packet("ccp", 1, 9, [[18, "01000060"]])),
  "CCP request again": (dial) => dial.receive(packet("ccp", 1, 9, [[18, "01000040"]])),
  "CCP Terminate-Request": (dial) => dial.receive(packet("ccp", 5, 9)),
  "CCP Reset-Request": (dial) => dial.receive(packet("ccp", 14, 9)),
  "IPCP request": (dial) => dial.receive(packet("ipcp", 1, 9, [[3, "00000000"]])),
  "IPCP Terminate-Request": (dial) => dial.receive(packet("ipcp", 5, 9)),
  "IPV6CP request": (dial) => dial.receive(packet("ipv6cp", 1, 9)),
  noise: (dial) => dial.receive(fromHex("ff")),
  verified: (dial) => dial.verified(right),
  "not verified": (dial) => dial.verified(wrong),
  assigned: (dial) => dial.assigned(assignment),
  "no address": (dial) => dial.feed({ type: "assigned", assignment: undefined }),
  "coherency lost": (dial) => dial.feed({ type: "coherency-lost" }),
  alive: (dial) => dial.feed({ type: "alive" }),
  probe: (dial) => dial.feed({ type: "probe" }),
  close: (dial) => dial.feed({ type: "close", text: "" }),
  ...Object.fromEntries(LINK_TIMERS.map((timer) => [timer, (dial: Dial) => dial.expire(timer)])),
};
/**
 * Where each event leads from each stage. "=": effects and no other phase; ".": nothing, neither effects nor
 * a move.
 */
// biome-ignore format: columns
const TABLE: Readonly<Record<string, string>> = {
  //                         idle    wait    est     asked   verify  assign  encrypt net     up      closing ended
  "start":                   "wait    .       .       .       .       .       .       .       .       .       .",
  "LCP request":             "est     est     =       est     est     est     est     est     est     .       .",
  "LCP request again":       "est     est     =       =       =       =       =       =       =       .       .",
  "LCP Ack":                 ".       .       auth    .       .       .       .       .       =       .       .",
  "LCP Terminate-Request":   "end     end     end     end     end     end     end     end     end     =       .",
  "LCP Terminate-Ack":       "est     est     .       est     close   close   close   close   close   end     .",
  "Protocol-Reject CCP":     "est     est     .       .       .       .       close   close   close   .       .",
  "Echo-Request":            "est     est     .       =       =       =       =       =       =       .       .",
  "Response":                "est     est     .       =       .       .       =       =       =       =       .",
  "CCP request":             "est     est     .       .       .       .       =       close   close   .       .",
  "CCP request again":       "est     est     .       .       .       .       =       =       =       .       .",
  "CCP Terminate-Request":   "est     est     .       .       .       .       close   close   close   .       .",
  "CCP Reset-Request":       "est     est     .       .       .       .       .       =       =       .       .",
  "IPCP request":            "est     est     .       .       .       .       .       =       =       .       .",
  "IPCP Terminate-Request":  "est     est     .       .       .       .       .       close   close   .       .",
  "IPV6CP request":          "est     est     .       =       =       =       =       =       =       .       .",
  "noise":                   "est     est     .       .       .       .       .       .       =       .       .",
  "verified":                ".       .       .       .       assign  .       .       .       .       .       .",
  "not verified":            ".       .       .       .       close   .       .       .       .       .       .",
  "assigned":                ".       .       .       .       .       encrypt .       .       .       .       .",
  "no address":              ".       .       .       .       .       close   .       .       .       .       .",
  "coherency lost":          ".       .       .       .       .       .       .       .       .       .       .",
  "alive":                   ".       .       .       .       .       .       .       .       =       .       .",
  "probe":                   ".       .       .       .       .       =       =       =       =       .       .",
  "close":                   "end     end     close   close   close   close   close   close   close   .       .",
  "first-frame":             ".       est     .       .       .       .       .       .       .       .       .",
  "lcp-restart":             ".       .       =       .       .       .       .       .       .       .       .",
  "ccp-restart":             ".       .       .       .       .       .       =       .       .       .       .",
  "ipcp-restart":            ".       .       .       .       .       .       .       =       .       .       .",
  "auth":                    ".       .       .       =       .       .       .       .       .       .       .",
  "ccp-deadline":            ".       .       .       .       .       .       close   .       .       .       .",
  "ipcp-deadline":           ".       .       .       .       .       .       .       close   .       .       .",
  "echo":                    ".       .       .       .       .       .       .       .       =       .       .",
  "terminate":               ".       .       .       .       .       .       .       .       .       =       .",
};

const PHASES: Readonly<Record<string, string>> = {
  wait: "waiting",
  est: "establishing",
  auth: "authenticating",
  assign: "assigning",
  encrypt: "encrypting",
  net: "networking",
  close: "closing",
  end: "ended",
};

test("every event is in the table, and every timer among them", () => {
  assert.deepEqual(Object.keys(TABLE), Object.keys(EVENTS));
});

for (const [name, happen] of Object.entries(EVENTS)) {
  const cells = TABLE[name]!.split(/ +/);
  for (const [column, [stage, arrive]] of Object.entries(STAGES).entries()) {
    const cell = cells[column]!;
    test(`${name} when ${stage}: ${PHASES[cell] ?? (cell === "=" ? "it stays, with effects" : "nothing")}`, () => {
      const dial = new Dial();
      arrive(dial);
      const before = dial.at;
      const said = dial.effects.length;
      happen(dial);
      assert.equal(dial.at, PHASES[cell] ?? before);
      assert.equal(dial.effects.length === said, cell === ".");
    });
  }
}
