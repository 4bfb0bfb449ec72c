import assert from "node:assert/strict";
import { test } from "node:test";
import { isLcpConfigureReply } from "../../../../server/ppp/lcp/configure-reply.ts";
import { packet } from "../link/dial.ts";

for (const [frame, is] of [
  [packet("lcp", 1, 1), false],
  [packet("lcp", 2, 1), true],
  [packet("lcp", 3, 1), true],
  [packet("lcp", 4, 1), true],
  [packet("lcp", 5, 1), false],
  [packet("ccp", 2, 1), false],
  [packet("lcp", 2, 1).subarray(0, 6), false],
  [new Uint8Array(0), false],
] as const)
  test(`${Buffer.from(frame).toString("hex")} is ${is ? "a reply" : "no reply"} to an LCP Configure-Request`, () =>
    assert.equal(isLcpConfigureReply(frame), is));
