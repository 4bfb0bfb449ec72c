import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfig } from "../../../server/config/load-config.ts";
import { openAdminApi } from "../../../server/config/open-admin-api.ts";

const said = (listen: string, more = "") =>
  openAdminApi(parseConfig(`[admin]\nlisten = "${listen}"\nallow_plain = true\n${more}`, "/x.toml"));

const TLS = 'tls_certificate = "/c.pem"\ntls_key = "/k.pem"\n';

for (const listen of ["127.0.0.1:8723", "127.0.0.2:8723", "127.255.255.254:1", "[::1]:8723"])
  test(`${listen} is the loopback: nothing is said`, () => assert.equal(said(listen), undefined));

for (const [listen, reach] of [
  ["0.0.0.0:8723", /every address of this host, the clients' tunnels included/],
  ["192.0.2.5:8723", /not the loopback: other hosts reach it/],
  ["128.0.0.1:8723", /not the loopback/],
  ["126.255.255.255:8723", /not the loopback/],
  ["10.77.0.1:8723", /inside the tunnels: every VPN client reaches it/],
  ["10.77.0.20:8723", /inside the tunnels/],
  ["10.78.0.3:8723", /inside the tunnels/],
] as const)
  test(`${listen} is told, with who gets there, what they see and what to do`, () => {
    const sentence = said(listen, '[pools]\nguests = ["10.78.0.2-10.78.0.9"]')!;
    assert.ok(sentence.startsWith(`The admin API listens on ${listen}, which is `), sentence);
    assert.match(sentence, reach);
    assert.match(
      sentence,
      /speaks plain HTTP, as admin\.allow_plain says: .* the token and new passwords in clear/,
    );
    assert.match(
      sentence,
      /Set admin\.tls_certificate and admin\.tls_key \(`pacctl tls init` makes them\), /,
    );
    assert.match(sentence, /or listen = "127\.0\.0\.1:8723" and come .*ssh -L 8723:127\.0\.0\.1:8723 HOST\)/);
  });

test("the port of the advice is the one that was configured", () => {
  assert.match(said("192.0.2.5:9000")!, /"127\.0\.0\.1:9000" and .*-L 9000:127\.0\.0\.1:9000 HOST/);
});

for (const listen of ["0.0.0.0:8723", "192.0.2.5:8723", "10.77.0.1:8723"]) {
  test(`${listen} is refused in clear, with the keys that mend it or allow it`, () => {
    assert.throws(
      () => parseConfig(`[log]\n[admin]\nlisten = "${listen}"`, "/x.toml"),
      (error: Error & { code?: unknown }) => {
        assert.equal(error.code, "config-bad-value");
        assert.ok(
          error.message.startsWith(`/x.toml:3: admin.listen: ${listen} needs TLS: it is `),
          error.message,
        );
        for (const key of ["tls_certificate", "tls_key", "pacctl tls init", "ssh -L", "allow_plain = true"])
          assert.ok(error.message.includes(key), error.message);
        return !error.message.includes("\n");
      },
    );
  });
  test(`${listen} is allowed with TLS, and nothing is said`, () =>
    assert.equal(openAdminApi(parseConfig(`[admin]\nlisten = "${listen}"\n${TLS}`, "/x.toml")), undefined));
}

for (const [there, lacks] of [
  ["tls_certificate", "tls_key"],
  ["tls_key", "tls_certificate"],
] as const)
  test(`${there} without ${lacks} is told at its line, and nothing else is`, () =>
    assert.throws(() => parseConfig(`[admin]\nlisten = "0.0.0.0:8723"\n${there} = "x.pem"`, "/x.toml"), {
      message: `/x.toml:3: admin.${there}: is set without admin.${lacks}: TLS needs the certificate and its key`,
    }));
