import assert from "node:assert/strict";
import { describe } from "node:test";
import { commandsAfter } from "../support/document-section.ts";
import { OFFICE_ADDRESS, SERVER_ADDRESS } from "../support/lab/lab.ts";
import { test } from "../support/lab/real-client.ts";
import { ALICE, useScene } from "../support/lab/scene.ts";

/** README.md's lines for an employee's Linux; what is read before them is where the file begins. */
const [secrets = "", ...rest] = commandsAfter("README.md", "**Linux**").split("\n");
const lines = rest.join("\n");
const [makes = "", dials = ""] = lines.split(/^(?=pon )/m);

/** As an administrator's editor would write it. */
const EDITOR = `printf '%s pacd "%s" *\\n' '${ALICE.user}' '${ALICE.password}' >>/etc/ppp/chap-secrets`;

describe("what README.md tells an employee with Linux to type", () => {
  const scene = useScene(1);

  test("the password is in a file of root's own, and in no argument", async () => {
    assert.match(secrets, /chmod 600/);
    assert.ok(makes.startsWith("cat >/etc/ppp/peers/office"));
    assert.doesNotMatch(lines, /\bpassword\b/);
  });

  test("pon brings up a link with a default route and DNS, and poff ends it", async () => {
    const { guest } = scene.clients[0]!;
    await guest.must(`
      mkdir -p /run/ppp-own/peers
      cp -r /etc/ppp/. /run/ppp-own/ 2>/dev/null || :
      busybox mount -o bind /run/ppp-own /etc/ppp
      editor() { ${EDITOR}; }
      ${secrets}
      ${makes.replaceAll("vpn.example.com", SERVER_ADDRESS)}
    `);
    const [pon = "", poff = ""] = dials.trim().split("\n");
    await guest.must(`${pon} </dev/null >/run/pon.log 2>&1 || { cat /run/pon.log; exit 1; }`);
    assert.match(await guest.must("ip route show default"), /^default dev ppp0/m);
    assert.match(await guest.must("cat /etc/ppp/resolv.conf"), /^nameserver /m);
    assert.match(await guest.must(`ping -c 2 -i 0.1 -W 2 ${OFFICE_ADDRESS}`), /2 received/);
    await guest.must(commandsAfter("README.md", "`usepeerdns`"));
    assert.match(await guest.must("ip route get 10.200.0.1"), / dev ppp0 /);
    await guest.must(poff);
  });
});
