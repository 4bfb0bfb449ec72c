import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { STATES, USERS } from "../fixtures/states/people.ts";
import { stateFrom } from "../support/state-from-dump.ts";
import { client, lastAttempt } from "./dials.ts";
import { perfect } from "./lossy-link.ts";
import { createWorld } from "./world.ts";

const same = <T>(config: T): T => config;

for (const file of readdirSync(STATES).filter((name) => name.endsWith(".sql")))
  test(`users of ${file} dial in with the passwords of before, and the disabled one does not`, async (t) => {
    const world = await createWorld(t, same, perfect, { directory: stateFrom(t, join(STATES, file)) });
    for (const { name, password, enabled } of USERS) {
      // Of the first schema, passwords beyond ASCII have one hash, which is not the one of this client.
      if (file.startsWith("0001") && password.search(/[^\0-\x7f]/) >= 0) continue;
      const caller = client(world, { user: name, password });
      caller.dial();
      await world.settle();
      assert.equal(caller.up, enabled === 1, `${name}: ${(await lastAttempt(world)).verdict}`);
    }
  });
