import assert from "node:assert/strict";
import { test } from "node:test";
import type { LinkEvent } from "../../../../server/ppp/link/link-types.ts";
import { fc } from "../../../support/fc.ts";
import {
  changePassword,
  chapMd5Response,
  msChapV1Response,
  msChapV2Response,
  papRequest,
} from "../auth/packets.ts";
import { assignment, Dial, packet, right } from "./dial.ts";

const METHODS = ["ms-chap-v2", "ms-chap-v1", "chap-md5", "pap"] as const;

type Happening = LinkEvent | "acknowledge" | "nak";

const PACKETS = [
  ["chap", 2, msChapV2Response],
  ["chap", 2, msChapV1Response],
  ["chap", 2, chapMd5Response],
  ["chap", 7, changePassword],
  ["pap", 1, papRequest],
] as const;

/** What a client may say about itself, under the identifiers that a link comes by. */
const claims = fc
  .tuple(fc.constantFrom(...PACKETS), fc.integer({ min: 1, max: 3 }))
  .map(([[protocol, code, data], identifier]) => packet(protocol, code, identifier, data));

const noise = fc
  .tuple(
    fc.constantFrom("chap" as const, "pap" as const),
    fc.nat({ max: 9 }),
    fc.integer({ min: 1, max: 6 }),
    fc.uint8Array({ maxLength: 60 }),
  )
  .map((parts) => packet(...parts));

const frames = fc
  .oneof({ weight: 5, arbitrary: claims }, { weight: 1, arbitrary: noise })
  .map((frame): Happening => ({ type: "frame", frame }));

const others = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<Happening>("acknowledge", "nak", "acknowledge") },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Happening>(
      { type: "timer", timer: "auth" },
      { type: "verified", outcome: { ok: false, failure: 691 } },
      { type: "verified", outcome: { ok: false, failure: 648 } },
      { type: "verified", outcome: { ok: false, failure: 709 } },
      { type: "assigned", assignment },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat({ max: 9 }).map((wish): Happening => {
      const frame = packet("lcp", 1, 1, [[5, `0102030${wish}`]]);
      return { type: "frame", frame };
    }),
  },
);

function happen(dial: Dial, what: Happening): void {
  if (typeof what !== "string") return void dial.feed(what);
  if (!dial.has("lcp", 1)) return;
  if (what === "acknowledge") return void dial.acknowledge("lcp");
  dial.receive(packet("lcp", 3, dial.latest("lcp", 1).identifier, [[3, "c023"]]));
}

test("whatever a client says, by any method, nobody is let in whose log-in is not right", () => {
  let asked = 0;
  let warned = 0;
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...METHODS], { minLength: 1 }),
      fc.array(fc.oneof({ weight: 3, arbitrary: frames }, { weight: 2, arbitrary: others }), {
        minLength: 20,
        maxLength: 80,
      }),
      (authentication, happenings) => {
        const dial = new Dial({ authentication });
        dial.start();
        happen(dial, { type: "frame", frame: packet("lcp", 1, 1) });
        happen(dial, "acknowledge");
        for (const what of happenings) happen(dial, what);
        for (const effect of ["assign-address", "set-keys", "open-network"] as const)
          assert.deepEqual(dial.did(effect), []);
        assert.ok(!dial.lines.some((line) => /^chap Success|^pap Authenticate-Ack/.test(line)));
        asked += dial.did("verify").length;
        warned += dial.lines.filter((line) => line.includes("E=648")).length;
        dial.feed({ type: "close", text: "" });
        dial.expire("terminate");
        dial.expire("terminate");
        assert.deepEqual([...dial.armed], []);
      },
    ),
    { numRuns: 1000, seed: 2759 },
  );
  assert.ok(asked > 500 && warned > 50, `${asked} log-ins, ${warned} expired: too little was looked at`);
});

test("no password, hash or response of a client shows in a trace", () => {
  const dial = new Dial({ authentication: ["pap", "ms-chap-v2"] });
  dial.start();
  for (const frame of [
    packet("pap", 1, 1, papRequest),
    packet("chap", 2, 1, msChapV2Response),
    packet("chap", 7, 2, changePassword),
  ]) {
    dial.receive(packet("lcp", 1, 1));
    dial.receive(frame);
  }
  dial.acknowledge("lcp");
  dial.receive(packet("pap", 1, 1, papRequest));
  dial.verified(right);
  const trace = dial.lines.join("\n");
  for (const secret of ["s3cret", "733363726574", "ed8cc90f", "e1e1e1e1"]) assert.ok(!trace.includes(secret));
});
