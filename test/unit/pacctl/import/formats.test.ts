import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Encoding } from "../../../../pacctl/import/text.ts";
import { type Reading, usersIn } from "../../../../pacctl/import/users-in.ts";

const FOLDER = join(import.meta.dirname, "../../../fixtures/import");
const NOTHING = { profiles: new Map(), pools: new Map(), now: new Date("2026-03-01T10:00:00.000Z") };

const inText = (text: string, more: Partial<Reading> = {}) =>
  usersIn(Buffer.from(text), { ...NOTHING, ...more });

const inFile = (name: string, more: Partial<Reading> = {}) =>
  usersIn(readFileSync(join(FOLDER, name)), { ...NOTHING, ...more });

/** Name, password, what is decided: one line a user. */
const shown = ({ users }: ReturnType<typeof usersIn>) =>
  users.map(({ line, name, password, fields }) => [line, name, password ?? null, fields]);

/** A line's remarks; "LOST" where its user is not taken. */
const told = ({ remarks }: ReturnType<typeof usersIn>) =>
  remarks.map(({ line, text, lost }) => `${line}${lost ? " LOST" : ""}: ${text}`);

test("CSV of a spreadsheet: headings in any spelling, quoted cells, labels in columns of their own", () => {
  const read = inFile("office.csv");
  assert.equal(read.format, "csv");
  assert.deepEqual(shown(read), [
    [
      2,
      "anna",
      "correct horse",
      {
        staticAddress: "10.77.0.20",
        comment: "Room 7, second floor",
        enabled: true,
        labels: { department: "sales" },
      },
    ],
    [
      3,
      "bert",
      'quote"d',
      { enabled: false, validUntil: read.users[1]!.fields["validUntil"], labels: { department: "it" } },
    ],
    [4, "Äsa Öberg", "snö i april", { labels: {} }],
    [5, "carl", null, { comment: "no password yet", labels: {} }],
  ]);
  assert.deepEqual(read.users[3]!.back, ["group", "staticAddress", "enabled", "validUntil"]);
  assert.deepEqual(told(read), []);
});

test("CSV of Excel: semicolons, CRLF, a byte order mark, a cell of two lines, spaces that are the password's", () => {
  const read = inFile("excel.csv");
  assert.deepEqual(shown(read), [
    [2, "greta", "Grün & Blau", { staticAddress: "10.77.0.31", comment: "Halle 3; Tor 2" }],
    [3, "hans", "h4ns!", {}],
    [5, "ilse", " führt mit Leerzeichen", { staticAddress: "10.77.0.33", comment: "zwei Zeilen" }],
  ]);
  assert.deepEqual(told(read), ["5: line ends in the comment became spaces"]);
});

test("chap-secrets of pppd, with what has grown in it over the years", () => {
  const read = inFile("pptpd.chap-secrets");
  assert.equal(read.format, "chap-secrets");
  assert.deepEqual(shown(read), [
    [4, "dora", "pass word", { staticAddress: "10.77.0.40" }],
    [5, "erik", "s3cret", {}],
    [6, "frida", "plain", {}],
    [7, "gustav", 'quo"te', {}],
    [8, "hanna", 'single "quotes"', {}],
    [9, "ivar", "octål!", {}],
    [10, "jonas", "splitted", {}],
    [12, "karin", null, {}],
    [13, "lars", "nowhere", {}],
    [14, "myisp-login", "dial-out-secret", {}],
    [15, "mats", "twice", {}],
  ]);
  assert.deepEqual(told(read), [
    "5: a # right behind a word begins a comment, as in pppd; in quotes it does not",
    "5: allows no address, so that pppd lets nobody in by it; taken as if any were allowed",
    "7: the domain before the name is left out, as pacd does at a log-in",
    "8: 2 addresses are allowed; pacd gives one of the pool",
    "9: 10.77.0.0/24 is not a single address; pacd gives one of the pool",
    "12: the secret stands in another file, which is not read",
    "13: allows no address, so that pppd lets nobody in by it; taken as if any were allowed",
    "14: allows no address, so that pppd lets nobody in by it; taken as if any were allowed",
    "16: says the same of this user as line 15",
    "17 LOST: a quotation mark is not closed in its line: left out",
    "18 LOST: is for any client, not for one user: left out",
    "19 LOST: has 2 of the words client, server and secret: left out",
  ]);
});

test("--server takes the lines for it and those for any server", () => {
  const { users } = inFile("pptpd.chap-secrets", { server: "l2tpd" });
  assert.deepEqual(
    users.map(({ name }) => name),
    ["erik", "Mats"],
  );
});

test("Latin-1 is read when it is said, and the first line that is no UTF-8 is named when it is not", () => {
  const read = inFile("old.chap-secrets", { encoding: "latin1" as Encoding });
  assert.deepEqual(shown(read), [
    [2, "jürgen", "gehäim", {}],
    [3, "kläre", "naïve", { staticAddress: "10.77.0.51" }],
  ]);
  assert.throws(() => inFile("old.chap-secrets"), {
    code: "import-unreadable",
    message: "Line 1 is not UTF-8. Files of old systems often are Latin-1: --encoding latin1 reads them.",
  });
  assert.throws(
    () => usersIn(Buffer.from("a * b *\nc * \xff *\n", "latin1"), NOTHING),
    /^AppError: Line 2 is/,
  );
});

test("chap-secrets of accel-ppp: rates in kilobits, down before up; \\ means itself outside quotes, # too", () => {
  const read = inFile("accel.chap-secrets", { pools: new Map([["office-pool", "guests"]]) });
  assert.equal(read.format, "accel-ppp");
  assert.deepEqual(shown(read), [
    [2, "per", "back\\slash", { staticAddress: "10.77.0.60", rateDown: 10_240_000, rateUp: 2_048_000 }],
    [3, "quincy", 'quo"ted word', { rateDown: 512_000, rateUp: 512_000 }],
    [4, "rut", "it is", { rateDown: null, rateUp: 1_024_000, pool: "guests" }],
    [5, "sven", "hash#inside", {}],
    [6, "tora", "short", {}],
  ]);
  assert.deepEqual(told(read), [
    "5: the rate is not taken over: only kilobits a second are, like 10240/2048",
    "6: accel-ppp passes over lines without an address; it is taken",
  ]);
});

test("a compact export of RouterOS 7: lines that go on, escapes, what pacd has nothing for", () => {
  const read = inFile("compact.rsc");
  assert.equal(read.format, "routeros");
  assert.deepEqual(shown(read), [
    [6, "ulla", "do$lar \\ back", { comment: 'Room 7 "the blue one"', staticAddress: "10.77.0.70" }],
    [8, "viktor", "plain", { allowedSources: ["203.0.113.9"], enabled: false }],
    [9, "wilma w", "long password that the router has wrapped in its export", { comment: "Lösung und mehr" }],
    [12, "xerxes", "x", {}],
    [15, "zoe", null, {}],
  ]);
  assert.deepEqual(told(read), [
    '6: profile=office is not taken over; pacd has groups: --map-profile "office=GROUP"',
    "9: line ends in the comment became spaces",
    "9: the pool of there is not taken over: --map-pool THERE=HERE says which it is here",
    "12: limit-bytes-in is not taken over",
    "12: routes is not taken over",
    "14 LOST: service=l2tp, which is not PPTP: left out; --all-services takes it too",
  ]);
});

test("profiles become groups, pools become pools, all services are taken when it is said", () => {
  const { users } = inFile("compact.rsc", {
    profiles: new Map([["office", "staff"]]),
    pools: new Map([["office-pool", "guests"]]),
    group: "others",
    pool: "usual",
    allServices: true,
  });
  assert.deepEqual(
    users.map(({ name, fields }) => [name, fields["group"], fields["pool"] ?? null]),
    [
      ["ulla", "staff", null],
      ["viktor", "others", "usual"],
      ["wilma w", "others", "guests"],
      ["xerxes", "others", "usual"],
      ["yngve", "others", "usual"],
      ["zoe", "others", "usual"],
    ],
  );
});

test("a verbose export of RouterOS 6: what is not set says nothing, and `set [ find … ]` changes what was added", () => {
  const read = inFile("verbose.rsc");
  assert.deepEqual(shown(read), [
    [3, "abel", "abel1", { enabled: false }],
    [4, "bodil", "bodil1", { staticAddress: "10.77.0.81" }],
  ]);
  assert.deepEqual(told(read), [
    "4: caller-id is not taken over: it is no IPv4 address",
    "4: local-address is not taken over",
  ]);
});

test("an export of everything: only the secrets are read, however their path is written", () => {
  const read = inFile("router.rsc");
  assert.deepEqual(shown(read), [
    [8, "cecilia", "c1", {}],
    [9, "david", "d1", {}],
  ]);
});

test("mpd.secret: escapes of C in quotes, networks and programs told, # only at the beginning of a line", () => {
  const read = inFile("mpd.secret");
  assert.equal(read.format, "mpd");
  assert.deepEqual(shown(read), [
    [2, "erland", "password1", {}],
    [3, "fia f", 'akd"ix23', { staticAddress: "10.77.0.91" }],
    [4, "gun", "w*d9m&_4X", {}],
    [5, "helge", null, {}],
    [7, "ingrid", "tab\tandé", { staticAddress: "10.77.0.92" }],
    [8, "jan#1", "hash#2", {}],
  ]);
  assert.deepEqual(told(read), [
    "4: 10.77.0.128/25 is not a single address; pacd gives one of the pool",
    "5: the password comes from a program, which is not run",
    "6 LOST: is for any user, not for one: left out",
  ]);
});

test("a name that comes twice is told with both lines, in whatever spelling, and so is an address", () => {
  const read = inText("anna * a 10.77.0.5\nANNA * b *\nbert * c 10.77.0.5\n");
  assert.deepEqual(shown(read), [[1, "anna", "a", { staticAddress: "10.77.0.5" }]]);
  assert.deepEqual(told(read), [
    '2 LOST: "ANNA", the same name as "anna", stands in line 1 already, which counts: left out',
    "3 LOST: the address 10.77.0.5 is that of line 1 too: left out",
  ]);
});

test("what may be the rest of a secret without quotes is repeated nowhere", () => {
  for (const format of ["chap-secrets", "accel-ppp"] as const) {
    const read = inText("anna * my geheim wort\nbert * one\n", { format });
    assert.doesNotMatch(JSON.stringify(read.remarks), /geheim|wort/);
    assert.ok(read.remarks.some(({ line }) => line === 1));
  }
  assert.doesNotMatch(JSON.stringify(inText("anna my geheim\n", { format: "mpd" }).remarks), /geheim/);
});

test("a line that is longer than any list of users has is left out, and the others are read", () => {
  const read = inText(`anna * a *\nbert * ${"b".repeat(70_000)} *\ncarl * c *\n`);
  assert.deepEqual(
    read.users.map(({ name }) => name),
    ["anna", "carl"],
  );
  assert.deepEqual(told(read), ["2 LOST: longer than 65536 characters: left out"]);
});

test("an accent or quote in RouterOS that does not end is told, and the next line is read", () => {
  const read = inText(
    '/ppp secret\nadd name="anna password=x\nadd name=bert password=y\nremove [ find name=x ]\nset 5 disabled=yes\n',
  );
  assert.deepEqual(shown(read), [[3, "bert", "y", {}]]);
  assert.deepEqual(told(read), [
    "2 LOST: a quotation mark is not closed in its line: left out",
    '4: "remove" is not read: only add and set are',
    '5: "set" changes a secret that this file does not add: not read',
  ]);
});
