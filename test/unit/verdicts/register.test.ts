import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cause, View } from "../../../verdicts/cause.ts";
import { ADDRESSES } from "../../../verdicts/causes/addresses.ts";
import { ADMISSION } from "../../../verdicts/causes/admission.ts";
import { ENCRYPTION } from "../../../verdicts/causes/encryption.ts";
import { ENDINGS } from "../../../verdicts/causes/endings.ts";
import { LINK } from "../../../verdicts/causes/link.ts";
import { LOG_IN } from "../../../verdicts/causes/log-in.ts";
import { REACHING } from "../../../verdicts/causes/reaching-the-server.ts";
import { causeOfError } from "../../../verdicts/ms-chap-errors.ts";
import {
  CAPTURE_VERDICTS,
  CAUSES,
  FAILURES,
  isOrderly,
  VERDICTS,
  verdict,
  wordsInCapture,
} from "../../../verdicts/register.ts";
import { STAGES, stageOfLayer } from "../../../verdicts/stages.ts";

const ALL = Object.entries<Cause>(CAUSES);

const viewsOf = ({ server, client, capture }: Cause): readonly View[] =>
  [server, client, capture].filter((view) => view !== undefined);

test("no two files declare the same cause", () => {
  const files = [REACHING, LINK, LOG_IN, ADMISSION, ENCRYPTION, ADDRESSES, ENDINGS];
  assert.equal(files.flatMap(Object.keys).length, ALL.length);
});

test("each cause can be seen by some side", () => {
  for (const [code, cause] of ALL) assert.ok(viewsOf(cause).length > 0, code);
});

test("only ends and states of a dial may be as they should be", () => {
  const orderly = ALL.flatMap(([code, cause]) => (cause.orderly === undefined ? [] : [code]));
  for (const code of orderly) assert.ok(code in ENDINGS || code in ADMISSION, code);
  assert.ok(isOrderly("connected", false) && isOrderly("client-hung-up", true));
  assert.ok(!isOrderly("client-hung-up", false) && !isOrderly("constructor", true));
  assert.ok(!isOrderly("connection-lost", true), "an alias is as orderly as its cause");
});

test("codes are words with hyphens, numbers are Windows', sentences end", () => {
  for (const [code, cause] of ALL) {
    for (const view of viewsOf(cause)) {
      assert.match(view.code ?? code, /^[a-z]+(-[a-z]+)*$/);
      for (const text of [view.cause, view.remedy, view.foreign?.cause ?? ".", view.foreign?.remedy ?? "."])
        assert.match(text, /\.$/, code);
      for (const error of view.windowsErrors ?? cause.windowsErrors) assert.ok(error >= 600 && error < 1000);
    }
  }
});

test("the codes that a client shows for causes of another name are these", () => {
  const aliases = ALL.flatMap(([code, { server, client, capture }]) => {
    assert.equal(server?.code ?? capture?.code, undefined, code);
    return client?.code === undefined ? [] : [[code, client.code]];
  });
  assert.deepEqual(aliases, [
    ["auth-protocol-refused", "auth-method-refused"],
    ["mppe-renegotiated", "encryption-lost"],
    ["mppe-desynchronised", "encryption-lost"],
    ["control-lost", "connection-lost"],
  ]);
  const own = new Set(ALL.map(([code]) => code));
  for (const [, alias] of aliases) assert.ok(!own.has(alias!), "an alias is no cause's own code");
});

test("causes that share an alias are told in the same words", () => {
  assert.deepEqual(CAUSES["mppe-renegotiated"].client, CAUSES["mppe-desynchronised"].client);
});

test("a code that only an object's prototype knows is no verdict", () => {
  assert.equal(verdict("constructor"), undefined);
  assert.equal(verdict("connected")?.cause, VERDICTS.connected.cause);
});

test("what the register holds besides words does not get into them", () => {
  for (const all of [VERDICTS, FAILURES, CAPTURE_VERDICTS])
    for (const words of Object.values(all))
      assert.deepEqual(Object.keys(words), ["cause", "windowsErrors", "remedy"]);
});

test("the reader of a capture is told of pacctl where the server is pacd, and of nothing of pacd elsewhere", () => {
  const seen = { source: "server", code: "bad-credentials" } as const;
  assert.deepEqual(wordsInCapture(seen, true), VERDICTS["bad-credentials"]);
  const { cause, windowsErrors, remedy } = wordsInCapture(seen, false);
  assert.deepEqual([cause, windowsErrors], [VERDICTS["bad-credentials"].cause, [691]]);
  assert.doesNotMatch(remedy, /pacctl/);
  const other = { source: "client", code: "hung-up-by-server" } as const;
  assert.equal(wordsInCapture(other, false).remedy, "Look at the server's log for this time.");
  assert.deepEqual(
    wordsInCapture({ source: "capture", code: "no-call" }, false),
    CAPTURE_VERDICTS["no-call"],
  );
});

test("words for other servers than pacd speak of neither pacctl nor a key of pacd's", () => {
  for (const [code, cause] of ALL)
    for (const { foreign } of viewsOf(cause))
      assert.doesNotMatch(`${foreign?.cause} ${foreign?.remedy}`, /pacctl|--|configuration|\bpacd\b/, code);
});

for (const [error, cause] of [
  [646, "account-restricted"],
  [647, "account-restricted"],
  [648, "password-expired"],
  [649, "account-restricted"],
  [691, "bad-credentials"],
  [709, "password-change-refused"],
  [undefined, "bad-credentials"],
  [650, "auth-refused"],
] as const)
  test(`E=${error} means ${cause}`, () => assert.equal(causeOfError(error), cause));

test("the layers of a dial belong to its six stages, in their order; packets of users to none", () => {
  const layers = ["tcp", "pptp", "lcp", "chap", "ccp", "ipcp"];
  assert.deepEqual(layers.map(stageOfLayer), STAGES);
  assert.deepEqual(["pap", "eap", "gre", "mppe", "ip"].map(stageOfLayer), [
    "auth",
    "auth",
    undefined,
    undefined,
    undefined,
  ]);
});
