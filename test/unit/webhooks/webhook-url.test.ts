import assert from "node:assert/strict";
import { test } from "node:test";
import { checkWebhookUrl, originOf, shownUrl } from "../../../server/webhooks/webhook-url.ts";

for (const url of [
  "https://hooks.example.com/pacd",
  "https://hooks.example.com:8443/pacd?key=3q2-7w",
  "https://10.0.0.9/",
  "http://localhost:3000/",
  "http://127.0.0.1:3000/",
  "http://127.9.8.7/",
  "http://[::1]:3000/",
])
  test(`${url} is taken`, () => checkWebhookUrl(url, false));

for (const [url, why] of [
  ["hooks.example.com", /no URL/],
  ["", /no URL/],
  ["ftp://hooks.example.com/", /not ftp:/],
  ["file:///etc/shadow", /not file:/],
  ["https://anna:pw@hooks.example.com/", /a name or a password/],
  ["https://hooks.example.com/#there", /fragment/],
  ["http://hooks.example.com/", /allowPlain/],
  ["http://10.0.0.9/", /allowPlain/],
  ["http://localhost.example.com/", /allowPlain/],
  ["http://127.0.0.1.example.com/", /allowPlain/],
  [`https://hooks.example.com/${"x".repeat(2048)}`, /2048/],
] as const)
  test(`${url.slice(0, 50)} is refused`, () => {
    assert.throws(() => checkWebhookUrl(url, false), { code: "invalid-webhook-url", message: why });
  });

test("http:// to elsewhere is taken where that is said", () => {
  checkWebhookUrl("http://hooks.example.com/", true);
});

test("what is shown has no query, and of what everybody reads there is the server alone", () => {
  assert.equal(shownUrl("https://hooks.example.com/a?key=secret"), "https://hooks.example.com/a?…");
  assert.equal(shownUrl("https://hooks.example.com/a"), "https://hooks.example.com/a");
  assert.equal(originOf("https://hooks.example.com:8443/a?key=secret"), "https://hooks.example.com:8443");
});
