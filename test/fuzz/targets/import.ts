import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FORMATS } from "../../../pacctl/import/formats/found-format.ts";
import { usersIn } from "../../../pacctl/import/users-in.ts";
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
