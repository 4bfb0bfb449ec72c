import assert from "node:assert/strict";
import { test } from "node:test";
import { parse, stringify } from "smol-toml";
import { type KeyPath, keyLines } from "../../../server/config/key-lines.ts";
import { fc } from "../../support/fc.ts";

/** Every line of the document that ends in `#=path` claims that `path`, as JSON, is on it. */
function claims(toml: string): { readonly path: KeyPath; readonly line: number }[] {
  parse(toml); // a claim about what is no TOML would prove nothing
  return toml.split("\n").flatMap((text, index) =>
    [...text.matchAll(/#=(\[.*?\])(?= #=|$)/g)].map((match) => ({
      path: JSON.parse(match[1]!) as KeyPath,
      line: index + 1,
    })),
  );
}

const DOCUMENTS = {
  "tables and plain values": `
top = 1 #=["top"]

[pptp] #=["pptp"]
listen = "0.0.0.0:1723" #=["pptp","listen"]
  max_sessions=5#=["pptp","max_sessions"]
[ tunnel . inner ] #=["tunnel","inner"] #=["tunnel"]
x = 1979-05-27 07:32:00 #=["tunnel","inner","x"]
y = [ ] #=["tunnel","inner","y"]
z = {} #=["tunnel","inner","z"]
last = true #=["tunnel","inner","last"]`,
  "dotted and quoted keys": `
a.b.c = 1 #=["a","b","c"] #=["a"]
"quoted # key" . 'lit.eral' = 2 #=["quoted # key","lit.eral"]
"esc\\u0041\\"]" = 3 #=["escA\\"]"]
1.2 = 3 #=["1","2"]
"" = 4 #=[""]`,
  "arrays over several lines": `
[tunnel]
pool = [ # ] " ' #=["tunnel","pool"]
  # a comment, with a comma
  "one # no comment ]", #=["tunnel","pool",0]
  'two ] \\', #=["tunnel","pool",1]

  [ 1, #=["tunnel","pool",2] #=["tunnel","pool",2,0]
    2 ], #=["tunnel","pool",2,1]
  { k = 1 }, #=["tunnel","pool",3,"k"]
] # done
after = 1 #=["tunnel","after"]`,
  "strings over several lines": `
a = """ #=["a"]
[not.a.table]
b = 1 \\""" "" still inside
""\\"""""
c = ''' #=["c"]
'' \\
[x]'''''
d = "\\"#[]" #=["d"]
e = '' #=["e"]
f = """""" #=["f"]
g = "" #=["g"]
h = 1 #=["h"]`,
  "inline tables": `
a = { b = 1, c.d = "},", e = { f = [ #=["a","c","d"] #=["a","e","f"]
  1, #=["a","e","f",0]
] } }
g = 1 #=["g"]`,
  "arrays of tables": `
[[user]] #=["user",0]
name = "a" #=["user",0,"name"]
[[user]] #=["user",1]
name = "b" #=["user",1,"name"]`,
};

for (const [what, toml] of Object.entries(DOCUMENTS)) {
  // A comment may not stand inside a string: there the claim is text, and is taken out of the value's way.
  for (const end of ["\n", "\r\n"])
    test(`${what}, lines ending in ${JSON.stringify(end)}: every key and element is found on its line`, () => {
      const lineOf = keyLines(toml.replaceAll("\n", end));
      const claimed = claims(toml);
      assert.ok(claimed.length > 3);
      for (const { path, line } of claimed) assert.equal(lineOf(path), line, JSON.stringify(path));
    });
}

for (const toml of ["[", "a = [ ~", "a = { = ", "= ", "a = [[[", '"', "]", "a = [ ] ]"])
  test(`a walk over what is no TOML, ${JSON.stringify(toml)}, ends`, () => {
    assert.equal(keyLines(toml)(["nothing"]), 1);
  });

test("a byte order mark does not hide the first key", () => {
  const lineOf = keyLines("\uFEFFa = 1\nb = 2");
  assert.equal(lineOf(["a"]), 1);
  assert.equal(lineOf(["b"]), 2);
});

test("what is not written is where the nearest thing around it is", () => {
  const lineOf = keyLines("\n[tunnel]\npool = []\n");
  assert.equal(lineOf(["tunnel", "mtu"]), 2);
  assert.equal(lineOf(["tunnel", "pool", 0]), 3);
  assert.equal(lineOf(["nat", "mode"]), 1);
});

test("the top key of anything that smol-toml writes is found where a line begins with it", () => {
  const value = fc.oneof(fc.string({ unit: "binary" }), fc.integer(), fc.boolean(), fc.array(fc.string()));
  const name = fc.string({ minLength: 1 }).filter((key) => key !== "__proto__");
  fc.assert(
    fc.property(fc.dictionary(name, value, { minKeys: 1, maxKeys: 6 }), (table) => {
      const toml = stringify({ before: 1, t: table });
      const lineOf = keyLines(toml);
      const lines = toml.split("\n");
      for (const key of Object.keys(parse(toml)["t"] as object)) {
        const written = stringify({ [key]: 0 }).split(" = ")[0]!;
        assert.ok(lines[lineOf(["t", key]) - 1]!.startsWith(written), toml);
      }
    }),
    { seed: 3 },
  );
});
