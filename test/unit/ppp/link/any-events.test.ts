import assert from "node:assert/strict";
import { test } from "node:test";
import type { LogInOutcome } from "../../../../server/ppp/auth/log-in-outcome.ts";
import { encodeFrame } from "../../../../server/ppp/frame.ts";
import { createLink, link } from "../../../../server/ppp/link/link.ts";
import type { LinkEvent, LinkPolicy, LinkTimer } from "../../../../server/ppp/link/link-types.ts";
import { LINK_TIMERS } from "../../../../server/ppp/link/link-types.ts";
import { PROTOCOL } from "../../../../server/ppp/protocols.ts";
import { ascii, fromHex, strictPrefixes } from "../../../support/bytes.ts";
import { fc } from "../../../support/fc.ts";
import { assignment, Dial, packet, policy, reach, response, right, seeds, wrong } from "./dial.ts";

type Login = Extract<LogInOutcome, { ok: true }>;

/** Frames that mean something somewhere in a dial. */
const FRAMES = [
  packet("lcp", 1, 1, [[5, "0c6f3548"]]),
  packet("lcp", 1, 2, [[5, "77777777"]]),
  packet("lcp", 1, 3, [[13, "06"]]),
  packet("lcp", 2, 1, fromHex("010405780206000000000305c223810506aa47110607020802")),
  packet("lcp", 3, 1, [[3, "c023"]]),
  packet("lcp", 4, 1, [[7, ""]]),
  packet("lcp", 5, 1, ascii("bye")),
  packet("lcp", 6, 2),
  packet("lcp", 7, 1, fromHex("01")),
  packet("lcp", 8, 1, fromHex("80fd")),
  packet("lcp", 9, 1, fromHex("00000000")),
  packet("lcp", 99, 1),
  response(1),
  response(2),
  packet("chap", 7, 1, new Uint8Array(582)),
  packet("ccp", 1, 1, [[18, "01000040"]]),
  packet("ccp", 1, 2, [[18, "01000060"]]),
  packet("ccp", 1, 3, [[18, "01000020"]]),
  packet("ccp", 1, 4, [[18, "00000040"]]),
  packet("ccp", 3, 1, [[18, "00000080"]]),
  packet("ccp", 2, 1, [[18, "01000040"]]),
  packet("ccp", 4, 1, [[18, "01000040"]]),
  packet("ccp", 5, 1),
  packet("ccp", 14, 1),
  packet("ipcp", 1, 1, [[3, "0a4d000a"]]),
  packet("ipcp", 1, 2, [[3, "00000000"]]),
  packet("ipcp", 2, 1, [[3, "0a4d0001"]]),
  packet("ipcp", 5, 1),
  packet("ipv6cp", 1, 1),
];

const noise = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc
    .record({
      protocol: fc.constantFrom(...Object.values(PROTOCOL)),
      head: fc.tuple(fc.nat({ max: 16 }), fc.nat({ max: 3 })),
      data: fc.uint8Array({ maxLength: 30 }),
    })
    .map(({ protocol, head, data }) =>
      encodeFrame(protocol, Uint8Array.of(...head, 0, data.length + 4, ...data)),
    ),
);

/** What happens to a dial: one event, or what a willing client or runner does next. */
type Happening =
  | { readonly event: LinkEvent }
  | { readonly does: "acknowledge"; readonly protocol: "lcp" | "ccp" | "ipcp" }
  | { readonly does: "ask" | "respond" | "verify" | "agree" | "come up" };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(...FRAMES).map((frame) => ({ event: { type: "frame" as const, frame } })),
  },
  { weight: 2, arbitrary: noise.map((frame) => ({ event: { type: "frame" as const, frame } })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...LINK_TIMERS).map((timer) => ({ event: { type: "timer" as const, timer } })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<LinkEvent>(
        { type: "start" },
        { type: "verified", outcome: wrong },
        { type: "assigned", assignment },
        { type: "assigned", assignment: undefined },
        { type: "coherency-lost" },
        { type: "alive" },
        { type: "probe" },
      )
      .map((event) => ({ event })),
  },
  {
    weight: 8,
    arbitrary: fc.constantFrom<Happening>(
      { does: "acknowledge", protocol: "lcp" },
      { does: "acknowledge", protocol: "ccp" },
      { does: "acknowledge", protocol: "ipcp" },
      { does: "ask" },
      { does: "respond" },
      { does: "verify" },
    ),
  },
  { weight: 4, arbitrary: fc.constant<Happening>({ does: "come up" }) },
);

/** Answers log-ins and never gives the same keys twice. */
class LogIns {
  #logins = 0;
  readonly #login: Pick<Login, "encryptionRequired"> & { readonly keyed: boolean };

  constructor(login: Pick<Login, "encryptionRequired"> & { readonly keyed: boolean }) {
    this.#login = login;
  }

  login(): Login {
    this.#logins++;
    const { keyed, encryptionRequired } = this.#login;
    const pair = (length: number, octet: number) => ({
      send: new Uint8Array(length).fill(this.#logins).fill(octet, 1),
      receive: new Uint8Array(length).fill(this.#logins).fill(octet + 1, 1),
    });
    return {
      ...right,
      encryptionRequired,
      keys: keyed ? { 128: pair(16, 128), 56: pair(8, 56), 40: pair(8, 40) } : {},
    };
  }
}

function happen(dial: Dial, logIns: LogIns, what: Happening): void {
  if ("event" in what) return void dial.feed(what.event);
  switch (what.does) {
    case "acknowledge":
      if (dial.has(what.protocol, 1)) dial.acknowledge(what.protocol);
      return;
    case "ask": // for something else each time: LCP negotiated anew
      dial.receive(packet("lcp", 1, 200, [[5, (dial.lines.length + 1).toString(16).padStart(8, "0")]]));
      return;
    case "respond":
      if (dial.has("chap", 1)) dial.receive(response(dial.latest("chap", 1).identifier));
      return;
    case "agree": // to encrypt both ways as we ask for
      if (dial.has("ccp", 1)) dial.receive(packet("ccp", 1, 201, dial.latest("ccp", 1).data));
      return;
    case "verify":
      dial.verified(logIns.login());
      return;
    case "come up":
      for (const next of A_DIAL) happen(dial, logIns, next);
  }
}

/** A whole dial; in a session, one that begins with LCP negotiated anew. */
const A_DIAL: readonly Happening[] = [
  { event: { type: "start" } },
  { does: "ask" },
  { does: "acknowledge", protocol: "lcp" },
  { does: "respond" },
  { does: "verify" },
  { event: { type: "assigned", assignment } },
  { does: "agree" },
  { does: "acknowledge", protocol: "ccp" },
  { event: { type: "frame", frame: packet("ipcp", 1, 202, [[3, "0a4d000a"]]) } },
  { does: "acknowledge", protocol: "ipcp" },
];

const stages = [undefined, "lcp", "verifying", "assigning", "ccp", "ipcp", "up"] as const;

const policies: fc.Arbitrary<Pick<LinkPolicy, "mppeStrengths" | "mppeStateful">> = fc.constantFrom(
  { mppeStrengths: [128], mppeStateful: false } as const,
  { mppeStrengths: [128, 56, 40], mppeStateful: true } as const,
  { mppeStrengths: [40], mppeStateful: false } as const,
);

test("no events throw, one thing is asked at a time, and when the link ends no timer runs", () => {
  everything((dial) => {
    const { effects } = dial;
    assert.equal(effects.at(-1)?.do, "ended");
    assert.equal(dial.did("ended").length, 1);
    assert.deepEqual([...dial.armed], []);
    assert.ok(dial.mostQuestions <= 1);
  });
});

test("no start key outlives the CCP that it was set for, and no network opens over an open one", () => {
  let opened = 0;
  let anew = 0;
  everything((dial, policy, encryptionRequired) => {
    const used = new Set<string>();
    let setting = new Set<string>();
    let open = false;
    let armed = false;
    opened += dial.did("open-network").length;
    anew += dial.did("close-network").length;
    for (const effect of dial.effects) {
      if (effect.do === "set-keys") {
        armed = true;
        for (const direction of [effect.keys.send, effect.keys.receive]) {
          const key = Buffer.from(direction.key).toString("hex");
          assert.ok(!used.has(key), "a key is used again");
          setting.add(key);
          assert.ok(policy.mppeStrengths.includes(direction.strength));
          assert.ok(direction.stateless || policy.mppeStateful);
        }
      }
      if (effect.do === "reached" && effect.stage === "ccp") {
        assert.ok(setting.size > 0, "CCP is open without keys");
        for (const key of setting) used.add(key);
        setting = new Set();
      }
      if (effect.do === "open-network") {
        assert.ok(!open, "the network opens twice");
        assert.equal(effect.network.encryption !== "none", armed, "what is shown is not what is done");
        assert.ok(armed || !encryptionRequired);
        open = true;
      }
      if (effect.do === "close-network") {
        assert.ok(open || armed, "there is nothing to close");
        open = armed = false;
      }
    }
  });
  assert.ok(
    opened > 500 && anew > 200,
    `${opened} networks opened, ${anew} closed: too little was looked at`,
  );
});

/** Whatever may happen, to its end, and then a look at what came of it. */
function everything(
  look: (
    dial: Dial,
    policy: Pick<LinkPolicy, "mppeStrengths" | "mppeStateful">,
    encryptionRequired: boolean,
  ) => void,
): void {
  fc.assert(
    fc.property(
      fc.nat({ max: A_DIAL.length }),
      policies,
      fc.boolean(),
      fc.boolean(),
      fc.array(happening, { maxLength: 60 }),
      (begun, policy, encryptionRequired, keyed, happenings) => {
        const logIns = new LogIns({ encryptionRequired, keyed });
        const dial = new Dial(policy);
        for (const what of [...A_DIAL.slice(0, begun), ...happenings]) happen(dial, logIns, what);
        dial.feed({ type: "close", text: "" });
        dial.expire("terminate");
        dial.expire("terminate");
        look(dial, policy, encryptionRequired);
      },
    ),
    { numRuns: 1500, seed: 1661 },
  );
}

test("a link whose client falls silent anywhere ends by its timers alone", () => {
  for (const stage of ["lcp", "ccp", "ipcp", "up"] as const) {
    const dial = new Dial();
    reach[stage](dial);
    for (let count = 0; dial.effects.at(-1)?.do !== "ended"; count++) {
      assert.ok(count < 50, stage);
      dial.expire([...dial.armed][0] as LinkTimer);
    }
  }
});

test("no truncated frame throws or ends a link", () => {
  for (const stage of stages) {
    for (const frame of FRAMES)
      for (const prefix of strictPrefixes(frame)) {
        const dial = new Dial();
        if (stage !== undefined) reach[stage](dial);
        dial.receive(prefix);
        assert.ok(!dial.effects.some((effect) => effect.do === "ended"));
      }
  }
});

test("a transition leaves the state that it came from as it was", () => {
  const idle = createLink(policy, seeds);
  const [waiting] = link(idle, { type: "start" });
  const frame = packet("lcp", 1, 1);
  const [, ...first] = link(waiting, { type: "frame", frame });
  const [, ...second] = link(waiting, { type: "frame", frame });
  assert.deepEqual(first, second);
});
