import assert from "node:assert/strict";
import { test } from "node:test";
import { ascii } from "../../../server/ppp/ascii.ts";
import { fromHex } from "../../support/bytes.ts";

test("our own text loses what is not ASCII", () => {
  assert.deepEqual(ascii("Büro"), fromHex("42 3f 72 6f"));
});
