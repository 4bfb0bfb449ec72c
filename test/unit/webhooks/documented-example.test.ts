import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { signature } from "../../../server/webhooks/signature.ts";
import { blocksOf } from "../../support/documents/commands.ts";
import { temporaryDirectory } from "../../support/temporary-store.ts";

const DOCUMENT = readFileSync(join(import.meta.dirname, "../../../docs/webhooks.md"), "utf8");
const BLOCKS = blocksOf("docs/webhooks.md", DOCUMENT);

const block = (language: string) => BLOCKS.findLast((one) => one.language === language)!;

const [head = "", body = ""] = block("http").text.trim().split("\n\n");
const headers = Object.fromEntries(
  head
    .split("\n")
    .slice(1)
    .map((line) => line.split(": ") as [string, string]),
);
const secret = /pacdhook_[A-Za-z0-9_-]+/.exec(block("sh").text)![0];
const signed = { stamp: headers["pacd-timestamp"]!, value: headers["pacd-signature"]! };
const NOW = Number(signed.stamp) * 1000 + 1000;

test("the request of docs/webhooks.md is signed as pacd signs", () => {
  assert.equal(signature(secret, signed.stamp, body), signed.value);
});

test("openssl, as docs/webhooks.md types it, comes to the same", (t) => {
  const cwd = temporaryDirectory(t);
  const said = block("sh").commands.map((command) =>
    execFileSync("/bin/sh", ["-c", command], { cwd, encoding: "utf8" }),
  );
  assert.equal(readFileSync(join(cwd, "body.json"), "utf8"), body);
  assert.match(said.at(-1)!, new RegExp(`= ?${signed.value.replace("v1=", "")}\\n$`));
});

type IsFromPacd = (
  secret: string,
  headers: Readonly<Record<string, string | undefined>>,
  body: Buffer | string,
  now?: number,
) => boolean;

async function documented(t: TestContext): Promise<IsFromPacd> {
  const file = join(temporaryDirectory(t), "is-from-pacd.mjs");
  writeFileSync(file, block("js").text);
  return ((await import(file)) as { isFromPacd: IsFromPacd }).isFromPacd;
}

test("the function of docs/webhooks.md takes that request, and no other", async (t) => {
  const isFromPacd = await documented(t);
  assert.equal(isFromPacd(secret, headers, Buffer.from(body), NOW), true);
  const several = { ...headers, "pacd-signature": `v1=00,${signed.value}` };
  assert.equal(isFromPacd(secret, several, Buffer.from(body), NOW), true);
  const others: readonly (readonly [string, ...Parameters<IsFromPacd>])[] = [
    ["another secret", `${secret}x`, headers, body, NOW],
    ["another body", secret, headers, `${body} `, NOW],
    ["an old one", secret, headers, body, NOW + 300_000],
    ["one of the future", secret, headers, body, NOW - 310_000],
    ["another time stamp", secret, { ...headers, "pacd-timestamp": String(NOW / 1000) }, body, NOW],
    ["no signature", secret, { "pacd-timestamp": signed.stamp }, body, NOW],
    ["no time stamp", secret, { "pacd-signature": signed.value }, body, NOW],
    ["half a signature", secret, { ...headers, "pacd-signature": signed.value.slice(0, 30) }, body, NOW],
  ];
  for (const [what, ...asked] of others) assert.equal(isFromPacd(...asked), false, what);
});
