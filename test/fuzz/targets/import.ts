import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FORMATS } from "../../../pacctl/import/formats/found-format.ts";
import { usersIn } from "../../../pacctl/import/users-in.ts";
import { documentOf } from "../../../pacctl/transfer/document.ts";
import { AppError } from "../../../server/errors/app-error.ts";
import { nameKey } from "../../../server/names/user-name.ts";
import { spoilt } from "../changes.ts";
import type { Target } from "../target.ts";

const FOLDER = join(import.meta.dirname, "../../fixtures/import");

const SEEDS = readdirSync(FOLDER)
  .filter((name) => name !== "README.md")
  .map((name) => readFileSync(join(FOLDER, name)));

const READING = { profiles: new Map(), pools: new Map(), now: new Date("2026-03-01T10:00:00.000Z") };

/** A list of users of another server: each name once, each in a line that there is, or refused in words. */
export const importedUsers: Target = {
  name: "imported-users",
  share: 20,
  inputs: spoilt(SEEDS, 3000),
  run(input) {
    for (const format of [undefined, ...FORMATS])
      try {
        const { users, remarks } = usersIn(input, { ...READING, format });
        assert.equal(new Set(users.map(({ name }) => nameKey(name))).size, users.length);
        for (const { line } of [...users, ...remarks]) assert.ok(line >= 1 && line <= input.length + 1);
      } catch (error) {
        assert.ok(error instanceof AppError && error.code === "import-unreadable", String(error));
      }
  },
};

const DOCUMENTS = [
  "groups:\n  - name: staff\n    rateDown: 10000000\nusers:\n  - &a\n    name: anna\n    labels: { a: b }\n  - *a\n",
  '{"users": [{"name": "anna", "allowedHours": ["mon 08:00-09:00"], "dns": null}], "groups": []}',
].map((text) => Buffer.from(text));

/** A document of users and groups: each of them has a name and a line, or all is refused in words. */
export const userDocument: Target = {
  name: "user-document",
  share: 10,
  inputs: spoilt(DOCUMENTS, 600),
  run(input) {
    try {
      const { body, places } = documentOf(input, "x");
      const all = [...(body.groups ?? []), ...(body.users ?? [])];
      assert.equal(places.length, all.length);
      for (const { name } of all) assert.equal(typeof name, "string");
      for (const { line } of places) assert.ok(line >= 1 && line <= input.length + 1);
    } catch (error) {
      assert.ok(error instanceof AppError, String(error));
      assert.match(error.code, /^(import-unreadable|document-invalid)$/);
    }
  },
};
