import assert from "node:assert/strict";
import { test } from "node:test";
import { stringify } from "yaml";
import { guarded, unguarded } from "../../../../pacctl/import/csv-columns.ts";
import { FORMATS } from "../../../../pacctl/import/formats/found-format.ts";
import { usersIn } from "../../../../pacctl/import/users-in.ts";
import { csvCell } from "../../../../pacctl/print/columns.ts";
import { documentOf } from "../../../../pacctl/transfer/document.ts";
import { usersCsv } from "../../../../pacctl/transfer/exported.ts";
import { AppError } from "../../../../server/errors/app-error.ts";
import { nameKey } from "../../../../server/names/user-name.ts";
import { fc } from "../../../support/fc.ts";

const NOTHING = { profiles: new Map(), pools: new Map(), now: new Date("2026-03-01T10:00:00.000Z") };

/** Lines of text without line ends, which no format can hold in all its words. */
const word = fc
  .oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
    fc.string({ minLength: 1, maxLength: 12 }),
  )
  .filter((text) => !/[\0\r\n\u2028\u2029\ufeff\u0085]/.test(text) && text.isWellFormed());

const secret = word.filter((text) => !/^[@!]/.test(text));

const name = word.filter((text) => text !== "*" && !text.includes("\\") && text.trim() === text);

const address = fc.option(
  fc.tuple(fc.nat(255), fc.nat(255)).map(([a, b]) => `10.1.${a}.${b}`),
  {
    nil: undefined,
  },
);

const users = fc
  .uniqueArray(fc.record({ name, secret, address }), { selector: (user) => nameKey(user.name), maxLength: 6 })
  .filter((all) => {
    const taken = all.flatMap((user) => user.address ?? []);
    return new Set(taken).size === taken.length;
  });

type User = { name: string; secret: string; address: string | undefined };

const escaped = (text: string, marks: RegExp) => `"${text.replace(marks, "\\$&")}"`;

/** Every octet beyond ASCII, and every control character, as RouterOS writes them. */
const ofRouter = (text: string) =>
  `"${[...text]
    .map((one) =>
      /[\x21\x23\x25-\x3e\x40-\x5b\x5d-\x7e]/.test(one)
        ? one
        : one === " "
          ? "\\_"
          : /["\\$?]/.test(one)
            ? `\\${one}`
            : Buffer.from(one).reduce(
                (all, octet) => `${all}\\${octet.toString(16).toUpperCase().padStart(2, "0")}`,
                "",
              ),
    )
    .join("")}"`;

/** Wrapped as RouterOS does: behind a whole escape, the rest further in. */
const wrappedLine = (line: string, at: number) => {
  const pieces = line.match(/\\[0-9A-F]{2}|\\.|./g) ?? [];
  return `${pieces.slice(0, at).join("")}\\\n    ${pieces.slice(at).join("")}`;
};

const WRITERS: Readonly<Record<(typeof FORMATS)[number], (all: readonly User[]) => string>> = {
  csv: (all) =>
    `name,password,address\r\n${all
      .map((one) => `${csvCell(guarded(one.name))},${csvCell(guarded(one.secret))},${one.address ?? ""}\r\n`)
      .join("")}`,
  "chap-secrets": (all) =>
    all
      .map(
        (one) =>
          `${escaped(one.name, /["\\]/g)}\t*\t${escaped(one.secret, /["\\]/g)} ${one.address ?? "*"}\n`,
      )
      .join(""),
  "accel-ppp": (all) =>
    all
      .map(
        (one) =>
          `${escaped(one.name, /["\\]/g)} * ${escaped(one.secret, /["\\]/g)}\t${one.address ?? "*"} 1/2\n`,
      )
      .join(""),
  routeros: (all) =>
    `/ppp secret\n${all
      .map((one, at) => {
        const remote = one.address === undefined ? "" : ` remote-address=${one.address}`;
        return `${wrappedLine(`add name=${ofRouter(one.name)} password=${ofRouter(one.secret)}`, 9 + at)}${remote}\n`;
      })
      .join("")}`,
  mpd: (all) =>
    all
      .map((one) => `${escaped(one.name, /["\\]/g)} ${escaped(one.secret, /["\\]/g)} ${one.address ?? ""}\n`)
      .join(""),
};

for (const format of FORMATS)
  test(`${format}: what is written is read, name, password and address`, () => {
    fc.assert(
      fc.property(users, (all) => {
        const read = usersIn(Buffer.from(WRITERS[format](all)), { ...NOTHING, format });
        assert.deepEqual(
          read.users.map((one) => [one.name, one.password, one.fields["staticAddress"]]),
          all.map((one) => [one.name, one.secret, one.address]),
        );
        assert.deepEqual(
          read.remarks.filter(({ lost }) => lost),
          [],
        );
      }),
      { numRuns: 300 },
    );
  });

/** Pieces of files, so that most of what comes looks like a line of one. */
const piece = fc.oneof(
  fc.constantFrom(
    ..."\"'\\#=;,*!@[] \t".split(""),
    "\n",
    "\r\n",
    "\\\n",
    "/ppp secret",
    "add ",
    "set [ find name=",
    "name=",
    "password=",
    "name,password\n",
    "10.77.0.5",
    "10240/2048",
    "\\x",
    "\\303",
    "\\C3",
    "labels.a",
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
);

test("no text throws anything but an error in words, whichever format it is read as", () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
      fc.constantFrom(undefined, ...FORMATS),
      (text, format) => {
        try {
          const { users: found, remarks } = usersIn(Buffer.from(text), { ...NOTHING, format });
          assert.equal(new Set(found.map((one) => nameKey(one.name))).size, found.length);
          const lines = text.split(/\r\n|\n|\r/).length;
          for (const { line } of [...found, ...remarks])
            assert.ok(line >= 1 && line <= lines, `line ${line}`);
        } catch (error) {
          assert.ok(error instanceof AppError, String(error));
          assert.equal(error.code, "import-unreadable");
        }
      },
    ),
    { numRuns: 3000 },
  );
});

test("no octets throw anything but an error in words", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom(undefined, "latin1" as const),
      (octets, encoding) => {
        try {
          usersIn(octets, { ...NOTHING, encoding });
        } catch (error) {
          assert.ok(error instanceof AppError && error.code === "import-unreadable", String(error));
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test("a cell that a spreadsheet would take for a formula is guarded, and comes back as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("'", "=", "+", "-", "@", "a"), maxLength: 6 }), (text) => {
      assert.equal(unguarded(guarded(text)), text);
      assert.doesNotMatch(guarded(text), /^[=+\-@]/);
    }),
  );
});

/** Lines of text as comments and labels are; no spaces at the ends, which a list of values cannot hold. */
const line = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 10 })
  .filter((text) => !/[\p{Cc}\u2028\u2029]/u.test(text) && text.trim() === text && text.isWellFormed());
const key = fc.stringMatching(/^[a-z0-9]{1,5}$/);

/** What an export has of a user: any of these fields may be there. */
const whole = fc.record(
  {
    name: line,
    comment: line,
    labels: fc.dictionary(key, fc.oneof(fc.constant(""), line), {
      minKeys: 1,
      maxKeys: 3,
      noNullPrototype: true,
    }),
    enabled: fc.boolean(),
    rateUp: fc.option(fc.integer({ min: 8000, max: 1e9 })),
    sessionTimeout: fc.option(fc.integer({ min: 1, max: 1e6 })),
    allowedHours: fc.array(fc.constantFrom("mon 08:00-09:00", "sat-sun 00:00-24:00"), { maxLength: 2 }),
    dns: fc.option(fc.array(fc.constantFrom("10.0.0.53", "10.0.0.54"), { maxLength: 2 })),
    encryption: fc.constantFrom("required", "optional"),
    validUntil: fc.option(fc.constant("2027-01-01T00:00:00.000Z")),
  },
  { requiredKeys: ["name"], noNullPrototype: true },
);

test("what an export writes as CSV an import reads, field by field", () => {
  fc.assert(
    fc.property(fc.uniqueArray(whole, { selector: (one) => nameKey(one.name), maxLength: 4 }), (all) => {
      const plain = all.filter(
        ({ name: of, comment = "" }) => !of.includes("\\") && !/[\u202a-\u202e\u2066-\u2069]/.test(comment),
      );
      const { users: found } = usersIn(Buffer.from(usersCsv(plain)), { ...NOTHING, format: "csv" });
      assert.deepEqual(
        found.map(({ name: of, fields }) => ({ name: of, ...fields })),
        plain,
      );
    }),
    { numRuns: 500 },
  );
});

test("what an export writes as YAML or JSON is the document that apply reads", () => {
  fc.assert(
    fc.property(fc.array(whole, { maxLength: 4 }), fc.boolean(), (all, json) => {
      const text = json
        ? JSON.stringify({ users: all }, null, 2)
        : stringify({ users: all }, { lineWidth: 0, aliasDuplicateObjects: false });
      assert.deepEqual(documentOf(Buffer.from(text), "x").body.users, all);
    }),
    { numRuns: 500 },
  );
});
