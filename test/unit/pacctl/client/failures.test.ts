import assert from "node:assert/strict";
import { test } from "node:test";
import type { PnsEnd } from "../../../../pacctl/client/control/pns-types.ts";
import { controlFailure } from "../../../../pacctl/client/failures/control-failure.ts";
import { linkFailure } from "../../../../pacctl/client/failures/link-failure.ts";
import { tcpFailure } from "../../../../pacctl/client/failures/tcp-failure.ts";
import type { LinkFailure } from "../../../../pacctl/client/link/link-types.ts";
import { decodeTerminateData, type Termination } from "../../../../server/ppp/terminate-data.ts";
import { ascii } from "../../../support/bytes.ts";
import { WINDOWS_SAYS } from "../../../support/peers/windows-terminations.ts";

const CONTROL: readonly [Exclude<PnsEnd, { code: "hung-up" }>, string][] = [
  [{ code: "not-pptp" }, "not-pptp"],
  [{ code: "start-refused", result: 4 }, "start-refused"],
  [{ code: "start-unanswered" }, "start-unanswered"],
  [{ code: "call-refused", result: 4, error: 0 }, "call-refused"],
  [{ code: "call-unanswered" }, "call-unanswered"],
  [{ code: "call-disconnected", result: 3, error: 0, cause: 0, text: "" }, "hung-up-by-server"],
  [{ code: "call-cleared" }, "hung-up-by-server"],
  [{ code: "stopped", reason: 1 }, "hung-up-by-server"],
  [{ code: "connection-lost" }, "connection-lost"],
  [{ code: "echo-unanswered" }, "link-lost"],
];

for (const [end, expected] of CONTROL) {
  test(`a control connection that ends with ${JSON.stringify(end)} is ${expected}`, () => {
    const [code, seen] = controlFailure(end);
    assert.equal(code, expected);
    assert.match(seen, /\.$/);
  });
}

const refused = (error: number | undefined): LinkFailure => ({ code: "auth-refused", error, text: "no" });

const saying = (protocol: Termination["protocol"], octets: Uint8Array): Termination => ({
  protocol,
  data: decodeTerminateData(octets),
});

const windows = (error: number): Termination => ({
  protocol: "lcp",
  data: { kind: "windows", magic: 1, error },
});

const LINK: readonly [LinkFailure, string][] = [
  [{ code: "lcp-unanswered" }, "lcp-unanswered"],
  [{ code: "lcp-not-agreed", option: "mru" }, "lcp-not-agreed"],
  [{ code: "loop" }, "loop"],
  [{ code: "auth-method-refused" }, "auth-method-refused"],
  [{ code: "auth-unanswered" }, "auth-unanswered"],
  [refused(691), "bad-credentials"],
  [refused(undefined), "bad-credentials"],
  [refused(648), "password-expired"],
  [refused(646), "account-restricted"],
  [refused(647), "account-restricted"],
  [refused(649), "account-restricted"],
  [refused(709), "auth-refused"],
  [{ code: "server-not-proven" }, "server-not-proven"],
  [{ code: "mppe-refused", how: "protocol-reject" }, "mppe-refused"],
  [{ code: "mppe-refused", how: "configure-reject" }, "mppe-refused"],
  [{ code: "mppe-refused", how: "no-common-mode" }, "mppe-refused"],
  [{ code: "mppe-refused", how: "unanswered" }, "mppe-refused"],
  [{ code: "mppe-refused", how: "no-keys" }, "mppe-refused"],
  [{ code: "mppe-renegotiated" }, "encryption-lost"],
  [{ code: "lcp-renegotiated" }, "renegotiated"],
  [{ code: "ipcp-not-agreed" }, "ipcp-not-agreed"],
  [{ code: "ipcp-unanswered" }, "ipcp-unanswered"],
  [{ code: "echo-unanswered" }, "link-lost"],
  [{ code: "mppe-refused", how: "terminated", said: saying("ccp", WINDOWS_SAYS[732]) }, "mppe-refused"],
  [{ code: "ipcp-not-agreed", said: saying("ipcp", WINDOWS_SAYS[738]) }, "ipcp-not-agreed"],
  [{ code: "peer-terminated", said: saying("lcp", ascii("bye")) }, "hung-up-by-server"],
  [
    { code: "peer-terminated", said: saying("lcp", ascii("128-bit MPPE encryption is required")) },
    "mppe-refused",
  ],
  [{ code: "peer-terminated", said: saying("lcp", ascii("MPPE disabled")) }, "hung-up-by-server"],
  [{ code: "peer-terminated", said: saying("lcp", new Uint8Array(0)) }, "hung-up-by-server"],
  [{ code: "peer-terminated", said: saying("lcp", WINDOWS_SAYS[0]) }, "hung-up-by-server"],
  [{ code: "peer-terminated", said: saying("lcp", WINDOWS_SAYS[691]) }, "bad-credentials"],
  [{ code: "peer-terminated", said: windows(649) }, "account-restricted"],
  [{ code: "peer-terminated", said: windows(648) }, "password-expired"],
  [{ code: "peer-terminated", said: windows(709) }, "auth-refused"],
  [{ code: "peer-terminated", said: windows(812) }, "auth-refused"],
  [{ code: "peer-terminated", said: windows(930) }, "auth-refused"],
  [{ code: "peer-terminated", said: windows(717) }, "ipcp-not-agreed"],
  [{ code: "peer-terminated", said: windows(718) }, "hung-up-by-server"],
  [{ code: "peer-terminated", said: windows(732) }, "lcp-not-agreed"],
  [{ code: "peer-terminated", said: saying("lcp", WINDOWS_SAYS[742]) }, "mppe-refused"],
  [{ code: "peer-terminated", said: saying("lcp", WINDOWS_SAYS[919]) }, "auth-method-refused"],
];

for (const [end, expected] of LINK) {
  test(`a link that ends with ${JSON.stringify(end)} is ${expected}`, () => {
    const [code, seen] = linkFailure(end);
    assert.equal(code, expected);
    assert.match(seen, /\.$/);
  });
}

test("the server's number is said in words, and ends a tunnel that was up without saying why", () => {
  const end: LinkFailure = { code: "peer-terminated", said: saying("lcp", WINDOWS_SAYS[691]) };
  assert.deepEqual(linkFailure(end), [
    "bad-credentials",
    "LCP Terminate-Request with Windows' error 691 (wrong user name or password, or a method of authentication that the server does not allow).",
  ]);
  assert.equal(linkFailure(end, true)[0], "hung-up-by-server");
});

test("result, error, cause and statistics of a Call-Disconnect-Notify are told", () => {
  const end = { code: "call-disconnected", result: 1, error: 0, cause: 16, text: "in 5 out 6" } as const;
  assert.equal(
    controlFailure(end)[1],
    'Call-Disconnect-Notify with result 1(lost-carrier), error 0, cause 16: "in 5 out 6".',
  );
});

for (const [code, expected] of [
  ["ENOTFOUND", "name-unknown"],
  ["ECONNREFUSED", "tcp-refused"],
  ["ETIMEDOUT", "tcp-unanswered"],
  ["EHOSTUNREACH", "tcp-unreachable"],
] as const) {
  test(`${code} is ${expected}`, () => {
    const [failure, seen] = tcpFailure(Object.assign(new Error(), { code }), "vpn.example.com", 1723);
    assert.equal(failure, expected);
    assert.match(seen, /vpn\.example\.com:1723/);
  });
}

test("a mistake of ours is no failure to connect", () => {
  assert.throws(() => tcpFailure(new TypeError("ours"), "192.0.2.1", 1723), TypeError);
});
