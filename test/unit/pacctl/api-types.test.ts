import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { bench } from "../../support/admin-api.ts";
import { apiTypes } from "../../support/api-types.ts";

const FILE = new URL("../../../pacctl/generated/api.d.ts", import.meta.url);

test("pacctl's types of the API are those of its document; `npm run client` makes them anew", async (t) => {
  const b = await bench();
  t.after(() => b.app.close());
  const types = await apiTypes((await b.app.inject("/api/v1/openapi.json")).body);
  if (process.env["UPDATE_CLIENT"] === "1") writeFileSync(FILE, types);
  assert.equal(readFileSync(FILE, "utf8"), types);
});
