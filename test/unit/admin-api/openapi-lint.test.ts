import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import spectralCore, { type RulesetDefinition } from "@stoplight/spectral-core";
import spectralRulesets from "@stoplight/spectral-rulesets";
import { bench } from "../../support/admin-api.ts";

let b: Awaited<ReturnType<typeof bench>>;
let source: string;
before(async () => {
  b = await bench();
  source = (await b.app.inject("/api/v1/openapi.json")).body;
});
after(() => b.app.close());

/** What Redocly says of a document by its strict rules, in which each warning is an error. */
async function redocly(text: string): Promise<readonly string[]> {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const problems = await lintFromString({ source: text, absoluteRef: "openapi.json", config });
  return problems.map(({ ruleId, message, location: [at] }) => `${ruleId}: ${message} (${at?.pointer})`);
}

/** What Spectral says by all of its rules for OpenAPI. */
async function spectral(text: string): Promise<readonly string[]> {
  const linter = new spectralCore.Spectral();
  linter.setRuleset({
    extends: [[spectralRulesets.oas as RulesetDefinition, "all"]],
    // It wants a URL and an address to write to: whoever reads the document has its server before them.
    rules: { "contact-properties": "off" },
  });
  const problems = await linter.run(JSON.parse(text) as Record<string, unknown>);
  return problems.map(({ code, message, path }) => `${code}: ${message} (${path.join(".")})`);
}

test("Redocly has nothing to say of the document", async () => {
  assert.deepEqual(await redocly(source), []);
});

test("Spectral has nothing to say of the document", async () => {
  assert.deepEqual(await spectral(source), []);
});

test("both find what is missing", async () => {
  const spoilt = JSON.parse(source);
  delete spoilt.paths["/api/v1/users"].get.operationId;
  delete spoilt.paths["/api/v1/users"].get.description;
  spoilt.paths["/api/v1/users/{name}"].get.parameters = [];
  const text = JSON.stringify(spoilt);
  assert.match((await redocly(text)).join(), /path-parameters-defined/);
  assert.match((await spectral(text)).join(), /operation-operationId.*operation-description|path-params/s);
});
