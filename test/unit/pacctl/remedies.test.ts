import assert from "node:assert/strict";
import { test } from "node:test";
import { VERDICTS } from "../../../verdicts/register.ts";
import { pacctl } from "../../support/pacctl.ts";

/** What stands in capitals in a remedy, as an administrator would fill it in. */
const FILLED: Readonly<Record<string, string>> = {
  NAME: "anna",
  WHEN: "2027-01-01",
  TIME: "8h",
  NETWORK: "203.0.113.0/24",
  N: "2",
  SECONDS: "600",
  POOL: "guests",
  ID: "a1",
};

/** The commands in a sentence: up to what ends a clause. */
const commandsIn = (text: string) => text.match(/\bpacctl [a-z][^.;,)]*/g) ?? [];

/** As a shell would split it. */
const words = (command: string) =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? FILLED[bare!] ?? bare!);

const commands = new Set(Object.values(VERDICTS).flatMap(({ remedy }) => commandsIn(remedy)));

test("verdicts tell administrators to run pacctl", () => assert.ok(commands.size > 10));

for (const command of commands) {
  test(`what a verdict says to do can be typed: ${command}`, async () => {
    const said = JSON.stringify({ code: "not-found", detail: "understood" });
    const fetch = async () => new Response(said, { status: 404 });
    assert.deepEqual(await pacctl(words(command).slice(1), { fetch }), {
      code: 5,
      out: "",
      err: "pacctl: understood\n",
    });
  });
}
