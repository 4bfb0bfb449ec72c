import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, systemClock } from "../../../../server/platform/clock.ts";
import { openStore } from "../../../../server/store/open-store.ts";
import { seconds } from "../../../../server/wire/units.ts";
import { bench, listen, TOKEN } from "../../../support/admin-api.ts";
import { UNHEARD } from "../../../support/temporary-store.ts";

// The API on a store as pacd opens it. Whoever traces this process sees what it does before it answers.
const directory = mkdtempSync(join(tmpdir(), "pacd-acknowledged-"));
// What is done a second later, such as a copy of the log, is no part of an answer, on a slow host either.
const clock: Clock = {
  ...systemClock,
  after: (delay, task) => (delay < seconds(1) ? systemClock.after(delay, task) : () => {}),
};
const store = await openStore({ directory, version: "1.2.3", clock, ...UNHEARD });
const { app } = await bench({ store });
const url = await listen(app);
for (const name of ["anna", "bo"]) {
  const answer = await fetch(`${url}/api/v1/users`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ name, password: "correct horse" }),
  });
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
}
await app.close();
await store.close();
rmSync(directory, { recursive: true });
