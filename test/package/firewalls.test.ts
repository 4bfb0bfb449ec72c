import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Booted } from "../support/debian/booted.ts";
import { CheckoutService, SERVER } from "../support/debian/checkout-service.ts";
import { needsBooted } from "../support/debian/needs-booted.ts";
import { commandsAfter } from "../support/document-section.ts";
import { Namespace } from "../support/lab/namespace.ts";
import { attempt, type Outcome } from "../support/lab/processes.ts";
import { until } from "../support/lab/until.ts";

const PACCTL = fileURLToPath(new URL("../../bin/pacctl", import.meta.url));
const OFFICE = "10.20.0.2";

/** Firewalls of operations.md: how each begins its recipe, and how its host is when nothing is allowed. */
const FIREWALLS = [
  {
    recipe: "**nftables**",
    packages: [],
    closed: `nft 'add table inet filter; add chain inet filter input { type filter hook input priority filter; policy drop; };
      add chain inet filter forward { type filter hook forward priority filter; policy drop; };
      add rule inet filter input ct state established,related accept; add rule inet filter input iifname lo accept'`,
  },
  {
    recipe: "**iptables**",
    packages: ["iptables"],
    closed: `iptables -P INPUT DROP; iptables -P FORWARD DROP; iptables -A INPUT -i lo -j ACCEPT
      iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT`,
  },
  { recipe: "**ufw**", packages: ["ufw", "iptables"], closed: "ufw --force enable" },
  {
    recipe: "**firewalld**",
    packages: ["dbus", "firewalld", "netbase"],
    // Its zones let through what comes and goes by interfaces of one zone, so forwarding is not blocked.
    forwards: true,
    closed:
      "systemctl enable --now firewalld && firewall-cmd --permanent --zone=public --add-interface=eth0 && firewall-cmd --reload",
  },
  {
    // Docker's own rules, as its daemon makes them; the daemon itself is not here.
    recipe: "**Docker**",
    packages: ["iptables"],
    closed: `iptables -P FORWARD DROP; iptables -N DOCKER-USER; iptables -A DOCKER-USER -j RETURN
      iptables -A FORWARD -j DOCKER-USER`,
    letsIn: true,
  },
] as const;

const skip = needsBooted("ping");

for (const { recipe, packages, closed, ...rest } of FIREWALLS) {
  describe(`the recipe for ${recipe}`, { skip }, () => {
    let service: CheckoutService;
    let host: Booted;
    let office: Namespace;
    before(async () => {
      service = await CheckoutService.boot("", "bookworm", packages);
      host = service.host;
      office = await Namespace.create();
      await host.connect(office, { here: "10.20.0.1/24", there: `${OFFICE}/24` }, "eth1");
    });
    after(async () => {
      await office?.remove();
      await service?.close();
    });

    /** Dials, with a route to the office, and pings it from there. */
    async function pings(): Promise<Outcome> {
      const script = `
        printf %s "$PASSWORD" | timeout -s INT 20 "$PACCTL" dial ${SERVER} --user anna --password-stdin --timeout 5 --tun t0 --route 10.20.0.0/24 &
        dial=$!
        for turn in $(seq 60); do ip route show dev t0 2>/dev/null | grep -q 10.20 && break; kill -0 $dial 2>/dev/null || exit 3; sleep 0.1; done
        ping -c 2 -i 0.2 -W 1 ${OFFICE} && result=0 || result=4
        kill -INT $dial; wait $dial; exit $result`;
      const words = ["env", `PASSWORD=${service.password}`, `PACCTL=${PACCTL}`, "bash", "-c", script];
      const [program, args] = service.client.enter(words[0]!, ...words.slice(1));
      return attempt(program, ...args);
    }

    test("nothing is let through before, and pacd says so", async () => {
      await host.must(closed);
      const { code, output } = await pings();
      assert.equal(code, "letsIn" in rest ? 4 : 3, output);
      if ("forwards" in rest) return;
      await until("forward-blocked", async () =>
        (await service.pacctl("status")).includes("forward-blocked"),
      );
    });

    test("its commands let a client dial, and reach the office", async () => {
      await host.must(`set -e\n${commandsAfter("docs/operations.md", recipe)}`);
      const { code, output } = await pings();
      assert.equal(code, 0, `${output}\n${(await host.run("nft list ruleset")).output}`);
    });
  });
}
