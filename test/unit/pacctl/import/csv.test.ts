import assert from "node:assert/strict";
import { test } from "node:test";
import { type Reading, usersIn } from "../../../../pacctl/import/users-in.ts";

const NOTHING = { profiles: new Map(), pools: new Map(), now: new Date("2026-03-01T10:00:00.000Z") };

const inText = (text: string, more: Partial<Reading> = {}) =>
  usersIn(Buffer.from(text), { ...NOTHING, ...more });

test("a column that there is not is named, with the one that is likely meant and all that there are", () => {
  assert.throws(() => inText("name,pasword\nanna,x\n"), {
    code: "import-unreadable",
    message:
      'There is no column "pasword" (the 2. of 2). Did you mean "password"? Columns are name, password, group, comment, labels, ' +
      "enabled, validFrom, validUntil, allowedHours, allowedSources, staticAddress, pool, dns, encryption, sessionTimeout, " +
      "idleTimeout, maxSessions, whenExceeded, rateUp, rateDown, allowedDestinations, passwordExpiresAt, " +
      "recoverablePassword, labels.KEY.",
  });
  assert.throws(() => inText("name,user\nanna,x\n"), /has the column "name" twice/);
});

test("a first line that names no columns may hold a password, and is not repeated", () => {
  assert.throws(
    () => inText("anna,geheim\nbert,x\n", { format: "csv" }),
    (error: Error) => /must name the columns/.test(error.message) && !error.message.includes("geheim"),
  );
});

for (const [what, text, says] of [
  [
    "a quotation mark that is not closed",
    'name,comment\nanna,"x\nbert,y\n',
    /^AppError: Line \d: a quotation mark is not closed/,
  ],
  [
    "something behind a closing one",
    'name,comment\nanna,"x"y\n',
    /^AppError: Line 2: something stands behind/,
  ],
  ["one inside a cell", 'name,comment\nanna,x"y\n', /^AppError: Line 2: a quotation mark stands inside/],
  ["a NUL", "name,comment\nanna,x\0\n", /^AppError: Line 2 holds a NUL/],
] as const)
  test(`CSV with ${what} is refused with its line`, () => {
    assert.throws(() => inText(text), says);
  });

test("a cell that cannot be read costs its user, and tells the column; others go on", () => {
  const read = inText(
    "name,rate-down,enabled,hours\nanna,fast,,\nbert,10M,maybe,\ncarl,10M,no,mon 08:00-09:00; tue 10:00-11:00\n,,,\n,5M,,\n",
  );
  assert.deepEqual(
    read.users.map(({ line, name, fields }) => [line, name, fields]),
    [
      [
        4,
        "carl",
        { rateDown: 10_000_000, enabled: false, allowedHours: ["mon 08:00-09:00", "tue 10:00-11:00"] },
      ],
    ],
  );
  assert.deepEqual(read.remarks, [
    { line: 2, lost: true, text: "rateDown: Write it in bits a second, like 10M, 1.5M or 512k." },
    { line: 3, lost: true, text: "enabled: Write true or false." },
    { line: 6, lost: true, text: "has no name: left out" },
  ]);
});
