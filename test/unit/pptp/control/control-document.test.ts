import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { controlDocument } from "../../../support/pptp/control-document.ts";

const FILE = new URL("../../../../docs/control-connection.md", import.meta.url);

test("docs/control-connection.md is what the control machine does", () => {
  const generated = controlDocument();
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(FILE, generated);
  assert.equal(readFileSync(FILE, "utf8"), generated, "its first lines say how to write it anew");
});
