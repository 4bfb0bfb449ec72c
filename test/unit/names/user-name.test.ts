import assert from "node:assert/strict";
import { test } from "node:test";
import { nameKey, nameObjection } from "../../../server/names/user-name.ts";
import { fc } from "../../support/fc.ts";

for (const name of ["juliet@example.com", "fussball", "fu\u00dfball", "\u03c0", "\u03a3", "\u03c3", "\u03c2"])
  test(`RFC 8265 §3.5, table 1: ${name} is a legal user name`, () => {
    assert.equal(nameObjection(name), undefined);
  });

test("RFC 8265 §3.5: ss is not sharp s, capital sigma is small sigma, final sigma is another letter", () => {
  assert.notEqual(nameKey("fussball"), nameKey("fu\u00dfball"));
  assert.equal(nameKey("\u03a3"), "\u03c3");
  assert.notEqual(nameKey("\u03c2"), nameKey("\u03c3"));
});

for (const [name, character] of [
  ["henry\u2163", "U+2163"],
  ["\u265a", "U+265A"],
] as const)
  test(`RFC 8265 §3.5, table 2: ${name} is no legal user name, for ${character}`, () => {
    assert.equal(nameObjection(name)?.character, character);
  });

test("RFC 8265 §3.1: spaces part a name; how many, and whether wide ones, makes no difference", () => {
  assert.equal(nameObjection("foo bar"), undefined);
  assert.equal(nameKey("Foo  Bar"), "foo bar");
  assert.equal(nameKey("foo\u3000bar"), "foo bar");
  assert.notEqual(nameKey("foobar"), nameKey("foo bar"));
});

test("a space at an end of a name makes it another name", () => {
  for (const other of [" anna", "anna ", "anna\u00a0", "\u3000anna"])
    assert.notEqual(nameKey(other), nameKey("anna"));
});

for (const [one, other, why] of [
  ["Anna", "aNNA", "ASCII case"],
  ["Ren\u00e9", "rene\u0301", "composed and decomposed"],
  ["REN\u00c9", "rene\u0301", "both at once"],
  ["\u00c4nne", "\u00e4nne", "case beyond ASCII"],
  ["\u00c4nne", "a\u0308nne", "case and composition"],
  ["\uff21\uff2e\uff2e\uff21", "anna", "fullwidth letters (RFC 8264 §5.2.1)"],
  ["\uff76\uff9e", "\u30ac", "halfwidth Katakana with its sound mark"],
  [
    "\u039d\u0399\u039a\u039f\u03a3",
    "\u03bd\u03b9\u03ba\u03bf\u03c2",
    "a sigma at the end of a word in capitals",
  ],
  ["STRA\u1e9eE", "stra\u00dfe", "the capital sharp s"],
  ["\u212anut", "knut", "KELVIN SIGN"],
  ["\u212bke", "\u00e5ke", "ANGSTROM SIGN"],
  ["\u1ed9", "o\u0323\u0302", "two marks"],
  ["o\u0302\u0323", "o\u0323\u0302", "two marks in either order"],
  ["\ud55c", "\u1112\u1161\u11ab", "a Hangul syllable and its parts"],
  ["\u0418\u0419", "\u0438\u0438\u0306", "Cyrillic"],
] as const)
  test(`one name: ${why}`, () => assert.equal(nameKey(one), nameKey(other)));

for (const [one, other, why] of [
  ["\u0131", "i", "dotless i"],
  ["\u0130", "i", "I with a dot keeps its dot"],
  ["\u0430nna", "anna", "a Cyrillic letter that looks like a Latin one"],
  ["jos\u00e9", "jose", "an accent"],
  ["strasse", "stra\u00dfe", "sharp s"],
  ["\u2163", "iv", "a Roman numeral is no two letters"],
] as const)
  test(`two names: ${why}`, () => assert.notEqual(nameKey(one), nameKey(other)));

for (const [name, character, says] of [
  ["O\u2019Brien", "U+2019", /"\u2019" \(U\+2019\): it is punctuation/],
  ["\u20acuro", "U+20AC", /symbol/],
  ["anna\u{1f511}", "U+1F511", /symbol/],
  ["\ufb01ona", "U+FB01", /write "fi"/],
  ["x\u00b2", "U+00B2", /write "2"/],
  ["anna\u00a0b", "U+00A0", /have U\+00A0: it is not the plain space/],
  ["an\u00adna", "U+00AD", /invisible/],
  ["an\u200dna", "U+200D", /invisible/],
  ["an\u200cna", "U+200C", /invisible/],
  ["an\u202ena", "U+202E", /invisible/],
  ["an\tna", "U+0009", /control/],
  ["an\u0085na", "U+0085", /control/],
  ["an\u2028na", "U+2028", /control/],
  ["an\ufe0fna", "U+FE0F", /invisible/],
  ["an\ud800", "U+D800", /invisible/],
  ["\ue000", "U+E000", /invisible/],
  ["\u0378", "U+0378", /Unicode version/],
  ["\u1100", "U+1100", /old Korean/],
  ["\u0640", "U+0640", /no letter/],
  ["a\u00b7b", "U+00B7", /between two letters l/],
  ["a\u0375b", "U+0375", /before a Greek letter/],
  ["a\u05f3", "U+05F3", /after a Hebrew letter/],
  ["a\u30fbb", "U+30FB", /Katakana/],
  ["\u0627\u0661\u06f1", "U+0661", /extended Arabic-Indic/],
] as const)
  test(`refused: ${JSON.stringify(name)}, with the character and the reason`, () => {
    const objection = nameObjection(name);
    assert.equal(objection?.character, character);
    assert.match(objection?.says ?? "", says);
    assert.doesNotMatch(objection?.says ?? "", /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });

for (const [name, why] of [
  ["Rene\u0301", "a letter and its mark"],
  ["\uff21nna", "a fullwidth letter"],
  ["\u1112\u1161\u11ab", "a Hangul syllable in pieces"],
  ["\u212bke", "ANGSTROM SIGN, which is a letter"],
  ["\u1f98", "a Greek capital letter with an iota beside it"],
  ["L\u00b7L", "a Catalan middle dot between capitals"],
  ["\u0384\u0375\u03b1".slice(1), "a Greek keraia before a letter"],
  ["\u05d0\u05f3", "a geresh after a Hebrew letter"],
  ["\u30ab\u30fb\u30ca", "a Katakana middle dot"],
  ["\u06fd\u06fe", "the Sindhi signs that RFC 8264 §9.6 lets in"],
  ["\u3007", "the ideographic zero"],
  ["\u0627\u0661\u0662", "Arabic letters with Arabic-Indic digits"],
  ["\u05d0\u05e0\u05e0\u05d4-1", "Hebrew with a digit at the end"],
  ["\u05d0\u05e0\u05e0\u05d4@office.example", "a Hebrew user of a Latin realm"],
  ["anna \u05d0\u05e0\u05e0\u05d4", "a Latin part and a Hebrew one"],
  ["!\"#$%&'()*+,-.:;<=>?@[]^_`{|}~", "the signs of ASCII"],
  ["\u0905\u0928\u094d\u0928\u093e", "Devanagari"],
  ["\u5b89\u5a1c", "Han"],
] as const)
  test(`allowed: ${why}`, () => assert.equal(nameObjection(name), undefined));

for (const name of ["anna\u05d0", "\u05d0anna", "1\u05d0", "\u05d0-", "\u0627\u06611", "\u0661"])
  test(`RFC 5893 §2: ${JSON.stringify(name)} has no one direction`, () => {
    assert.match(nameObjection(name)?.says ?? "", /right to left/);
  });

test("a mark after the last letter from right to left is allowed (RFC 5893 §2, condition 3)", () => {
  assert.equal(nameObjection("\u05d0\u05b0"), undefined);
});

/**
 * Texts that names are made of, and others: whole code points of any kind, those of the mappings more often.
 */
const texts = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.constantFrom(..."aÄßΣσςİıKǅé\u0301\u0308\u0323\u0345\u0307Ａｶﾞ\u3000 ·ﬃẞ"),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

test("the key of a key is itself, whatever the text", () => {
  fc.assert(
    fc.property(texts, (text) => nameKey(nameKey(text)) === nameKey(text)),
    { numRuns: 5000 },
  );
});

test("every form of a text that Unicode calls the same has one key", () => {
  fc.assert(
    fc.property(texts, (text) => {
      assert.equal(nameKey(text.normalize("NFC")), nameKey(text.normalize("NFD")));
      assert.equal(nameKey(text), nameKey(text.normalize("NFD")));
    }),
    { numRuns: 5000 },
  );
});

test("a name that is allowed is allowed by its key as well", () => {
  fc.assert(
    fc.property(texts, (text) => {
      if (nameObjection(text) === undefined) assert.equal(nameObjection(nameKey(text)), undefined);
    }),
    { numRuns: 5000 },
  );
});

test("each code point of the first two planes alone: its key is stable, and what is allowed has an allowed key", () => {
  for (let code = 0; code <= 0x1ffff; code++) {
    const name = String.fromCodePoint(code);
    const key = nameKey(name);
    if (nameKey(key) !== key) assert.fail(`U+${code.toString(16)} has an unstable key`);
    if (nameObjection(name) === undefined && nameObjection(key) !== undefined)
      assert.fail(`U+${code.toString(16)} is allowed, its key is not`);
  }
});
