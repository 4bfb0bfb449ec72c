import assert from "node:assert/strict";
import { test } from "node:test";
import { DialCapture } from "../../support/decode/dial-capture.ts";
import { pacctl } from "../../support/pacctl.ts";

const chunks = async function* (file: Uint8Array) {
  yield file;
};

/** What `pacctl decode` prints of a dial with this name. */
async function decoded(name: string, ...words: readonly string[]): Promise<string> {
  const file = new DialCapture().start().call().lcp().logIn(name).refuse("E=691 R=0 C=00 V=3").file();
  const { out } = await pacctl(["decode", "dial.pcap", ...words], {
    fetch: () => Promise.reject(new Error("a capture needs no API")),
    env: {},
    openCapture: async () => ({ chunks: chunks(file), size: file.length }),
    screen: { columns: 100, errIsTerminal: false },
  });
  return out;
}

const jsonOf = async (name: string) => {
  const lines = (await decoded(name, "--json")).trimEnd().split("\n");
  const objects = lines.map((line) => JSON.parse(line));
  const response = objects.find(({ text }) => text?.startsWith("Response"));
  return {
    user: objects.find(({ type }) => type === "call").user,
    text: response.text,
    field: response.fields.find((field: { name: string }) => field.name === "name"),
  };
};

test("a name with a domain is as it was typed, in every form", async () => {
  const name = "CORP\\anna";
  assert.match(await decoded(name), /^User +CORP\\anna, by MS-CHAPv2$/m);
  assert.match(await decoded(name), / name="CORP\\anna" /);
  assert.match(await decoded(name, "--summary"), / CORP\\anna /);
  assert.match(await decoded(name, "--fields"), /^ +name: "CORP\\anna"$/m);
  assert.match(await decoded(name, "--html"), /name=&quot;CORP\\anna&quot;/);
  assert.ok((await decoded(name, "--json")).includes('"user":"CORP\\\\anna"'));
  const { user, text, field } = await jsonOf(name);
  assert.deepEqual([user, text], [name, `Response id=7 value=(49 octets) name="${name}"`]);
  assert.deepEqual([field.value, field.text], [name, `"${name}"`]);
});

test("a name that would move the cursor moves nothing, and is no other name's", async () => {
  const hostile = "a\u001b[2J\r\n\u009b\u007f";
  for (const words of [[], ["--summary"], ["--fields"], ["--html"], ["--json"]])
    assert.doesNotMatch(await decoded(hostile, ...words), /\p{Cc}(?<!\n)/u);
  assert.equal((await jsonOf(hostile)).user, "a\\x1b[2J\\x0d\\x0a\\xc2\\x9b\\x7f");
  assert.equal((await jsonOf("a\\x1b[2J")).user, "a\\x5cx1b[2J");
  assert.match(await decoded("a\\x1b[2J"), /^User +a\\x5cx1b\[2J, /m);
});

test("a quote ends no quotes, and is itself where none stand around it", async () => {
  const { user, text, field } = await jsonOf('an"na\\');
  assert.deepEqual([user, field.value], ['an"na\\', 'an"na\\']);
  assert.match(text, / name="an\\"na\\x5c"$/);
});
