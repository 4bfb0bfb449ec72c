import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeOptions } from "../../../../server/ppp/option-list.ts";
import { hex } from "../../../../server/wire/bytes.ts";
import { fc } from "../../../support/fc.ts";
import { Dial, packet, reach, terminateAck, terminateRequest } from "./dial.ts";

const begun = (): Dial => {
  const dial = new Dial();
  reach.ipcp(dial);
  return dial;
};

test("options that nobody knows or wants are rejected, all at once, before any Nak", () => {
  const dial = begun();
  assert.deepEqual(
    dial.receive(
      packet("ipcp", 1, 1, [
        [3, "00000000"],
        [1, "0a4d000a0a4d0001"],
        [2, "002d0f01"],
        [4, "0a4d000a"],
        [133, "00000000"],
        [200, "01"],
        [130, "00000000"],
      ]),
    ),
    [
      "ipcp Configure-Reject id=1 addresses=10.77.0.10,10.77.0.1 compression=vj,16-slots mobile-address=10.77.0.10 option-133=00000000 option-200=01 wins1=0.0.0.0",
    ],
  );
  assert.deepEqual(dial.receive(packet("ipcp", 1, 2, [[3, "00000000"]])), [
    "ipcp Configure-Nak id=2 address=10.77.0.10",
  ]);
});

test("a second address in one request is rejected", () => {
  assert.deepEqual(
    begun().receive(
      packet("ipcp", 1, 1, [
        [3, "0a4d000a"],
        [3, "0a4d000b"],
      ]),
    ),
    ["ipcp Configure-Reject id=1 address=10.77.0.11"],
  );
});

test("no Nak ever offers 0.0.0.0, and no Ack gives an address but the assigned one", () => {
  const option = fc.tuple(
    fc.constantFrom(3, 129, 130, 131, 132, 2, 77),
    fc.oneof(
      fc.constantFrom("00000000", "0a4d000a", "0a4d0035", "0a4d000b", ""),
      fc.uint8Array({ maxLength: 6 }).map(hex),
    ),
  );
  fc.assert(
    fc.property(fc.array(fc.array(option, { maxLength: 6 }), { maxLength: 8 }), (requests) => {
      const dial = begun();
      requests.forEach((options, identifier) => void dial.receive(packet("ipcp", 1, identifier, options)));
      for (const code of [2, 3]) {
        if (!dial.has("ipcp", code)) continue;
        const said = decodeOptions(dial.latest("ipcp", code).data);
        assert.ok(said.ok);
        for (const { code: kind, data } of said.value) {
          assert.notEqual(hex(data), "00000000");
          if (kind === 3) assert.equal(hex(data), "0a4d000a");
        }
      }
    }),
    { numRuns: 300, seed: 1332 },
  );
});

test("a client that Naks our own address is told it five times more, and then refused", () => {
  const dial = begun();
  for (let identifier = 1; identifier <= 5; identifier++)
    assert.equal(
      dial.receive(packet("ipcp", 3, identifier, [[3, "0a4d0063"]]))[0],
      `ipcp Configure-Request id=${identifier + 1} address=10.77.0.1`,
    );
  assert.deepEqual(dial.receive(packet("ipcp", 3, 6, [[3, "0a4d0063"]])).slice(-2), [
    ...terminateRequest(2, "no agreement on the IP address"),
  ]);
  assert.equal(terminateAck(dial).at(-1), "ended ipcp-not-agreed refused address");
});

test("options that a Nak offers unasked are not taken", () => {
  const dial = begun();
  assert.equal(
    dial.receive(packet("ipcp", 3, 1, [[129, "0a4d0035"]]))[0],
    "ipcp Configure-Request id=2 address=10.77.0.1",
  );
});

test("a client that takes its address only after it was named one without the option comes up", () => {
  const dial = begun();
  assert.deepEqual(dial.receive(packet("ipcp", 1, 1)), ["ipcp Configure-Nak id=1 address=10.77.0.10"]);
  dial.receive(packet("ipcp", 1, 2, [[3, "0a4d000a"]]));
  dial.acknowledge("ipcp");
  assert.equal(dial.lines.at(-1), "reached ipcp");
});
