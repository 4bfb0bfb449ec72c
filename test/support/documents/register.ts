/** Blocks of documents that are none for a shell, by document and the beginning of their first line. */
export const NO_COMMANDS: readonly (readonly [document: string, first: string])[] = [
  ["ARCHITECTURE.md", "                   main thread"],
  ["CONTRIBUTING.md", "gre: accept sequence wrap"],
  ["docs/events.md", "GET /api/v1/events"],
  ["docs/events.md", "retry: 2000"],
  ["docs/webhooks.md", "POST /pacd"],
  ["docs/webhooks.md", "import { createHmac"],
  ["docs/exit-codes.md", "[Service]"],
  ["docs/operations.md", "[admin]"],
  ["docs/pacctl.md", '{ "error"'],
  ["docs/operations.md", "[pptp]"],
  ["docs/operations.md", "server {"],
  ["docs/operations.md", "vpn.example.com {"],
  ["docs/metrics.md", "scrape_configs:"],
  ["docs/operations.md", "scrape_configs:"],
  ["pacctl/capture/README.md", "const reader"],
  ["server/concentrator/README.md", "TCP 1723 →"],
  ["server/data-plane/README.md", "GRE socket →"],
  ["test/README.md", "const root"],
  ["test/bench/README.md", "down: pacd / openvpn"],
];

/** Commands that another test runs: the file, and what of it shows that. */
export const ELSEWHERE: readonly {
  readonly document: string;
  readonly test: string;
  readonly holds: string;
  readonly commands: readonly (string | RegExp)[];
}[] = [
  {
    document: "docs/operations.md",
    test: "test/package/firewalls.test.ts",
    holds: 'commandsAfter("docs/operations.md", recipe)',
    commands: [
      /^(nft add rule inet filter|iptables|ufw|firewall-cmd) /,
      /^sed .* \/etc\/ufw\/before\.rules$/,
    ],
  },
  {
    document: "docs/operations.md",
    test: "test/package/operations.test.ts",
    holds: "block(",
    commands: [/^setpriv /, /^cat >\/etc\/logrotate\.d\/pacd /],
  },
  {
    document: "docs/operations.md",
    test: "test/support/debian/checkout-service.ts",
    holds: 'source("deploy/systemd/pacd.service")',
    commands: [/\/opt\/pacd\//, "systemd-sysusers pacd.conf", "/usr/lib/systemd/systemd-sysctl 60-pacd.conf"],
  },
  {
    document: "docs/operations.md",
    test: "test/package/container.test.ts",
    holds: "compose.yaml",
    commands: [/^docker compose /],
  },
  {
    document: "docs/webhooks.md",
    test: "test/unit/webhooks/documented-example.test.ts",
    holds: 'blocksOf("docs/webhooks.md"',
    commands: [/^printf %s/],
  },
  {
    document: "docs/webhooks.md",
    test: "test/unit/pacctl/webhook.test.ts",
    holds: 'blocksOf("docs/webhooks.md"',
    commands: [/^pacctl webhook /],
  },
  {
    document: "README.md",
    test: "test/interop/employee.test.ts",
    holds: "cat >/etc/ppp/peers/office",
    commands: [
      /^touch \/etc\/ppp\/chap-secrets/,
      /^cat >\/etc\/ppp\/peers\/office/,
      "pon office updetach",
      "poff office",
      "ip route add 10.0.0.0/8 dev ppp0",
    ],
  },
  {
    document: "README.md",
    test: "test/interop/start.test.ts",
    holds: "serve",
    commands: ["npm start"],
  },
];

/**
 * Commands that no test runs, and why. What they name is looked at all the same: scripts of package.json and
 * files.
 */
export const NOT_RUN: readonly {
  readonly because: string;
  readonly commands: readonly (readonly [document: string, command: string])[];
}[] = [
  {
    because: "they run whole parts of the tests, of which this is one, or a benchmark, for minutes",
    commands: [
      ["CONTRIBUTING.md", "npm run types | lint | checks | unit | browser | sim | interop"],
      ["CONTRIBUTING.md", "npm run unit -- test/unit/gre/header.test.ts"],
      ["CONTRIBUTING.md", "npm test"],
      ["CONTRIBUTING.md", "npm run package-test"],
      ["docs/performance.md", "npm run bench"],
      ["test/README.md", "npm test"],
      ["test/README.md", "npm run check"],
      ["test/README.md", "npm run types"],
      ["test/README.md", "npm run unit -- FILE..."],
      ["test/README.md", "test/run.sh PART..."],
      ["test/README.md", "npm run fuzz [-- INPUTS]"],
      ["test/README.md", "npm run package-test"],
      ["test/README.md", "npm run package-test -- all"],
      ["test/README.md", "bin/node --test test/unit/gre/receive-window.test.ts"],
      ["test/README.md", "bin/node --test --test-name-pattern 'NAT' 'test/interop/*.test.ts'"],
      [
        "test/README.md",
        "bin/node --test --test-name-pattern 'Windows 7, 10 % loss, seed 3$' test/simulation/outcomes.test.ts",
      ],
      ["test/bench/README.md", "npm run bench"],
      ["test/bench/README.md", "npm run bench -- quick"],
      ["test/bench/README.md", "npm run bench -- 1 3"],
      ["test/bench/README.md", "npm run bench -- quick jumps"],
      ["test/bench/README.md", "npm run bench -- 1 --json FILE"],
      ["test/bench/README.md", "npm run bench -- 1 --rounds 1 --seconds 20 --peers pacd"],
      ["test/bench/README.md", "node test/bench/decode-reader.ts [MEGABYTES]"],
      ["test/bench/README.md", "node test/bench/decode-command.ts [MEGABYTES] [CALLS]"],
      ["test/bench/README.md", "node test/bench/history.ts [COUNT]"],
      ["test/bench/README.md", "node test/bench/lists.ts [COUNT]"],
      ["test/bench/README.md", "node test/bench/bulk.ts [USERS] [ROUNDS]"],
      ["test/bench/README.md", "node test/bench/user-lists.ts [COUNT]"],
    ],
  },
  {
    because: "they change the sources",
    commands: [
      ["CONTRIBUTING.md", "git clone … pacd && cd pacd"],
      ["CONTRIBUTING.md", "bin/node --test test/unit/gre/header.test.ts"],
      ["CONTRIBUTING.md", "$EDITOR server/gre/header.ts"],
      ["CONTRIBUTING.md", "git checkout server/gre/header.ts"],
      ["CONTRIBUTING.md", "npm run format"],
      ["CONTRIBUTING.md", "npm run client"],
      ["test/README.md", "npm run format"],
      ["test/README.md", "UPDATE_OUTCOMES=1 bin/node --test test/simulation/outcomes.test.ts"],
      ["test/fixtures/README.md", "UPDATE_FIXTURES=1 bin/node --test test/interop/decode.test.ts"],
      ["test/fixtures/README.md", "bin/node test/fixtures/states/make.ts"],
    ],
  },
  {
    because: "they wait for a debugger",
    commands: [
      ["test/README.md", "bin/node --inspect-brk test/simulation/dial.test.ts"],
      [
        "test/README.md",
        "bin/node --inspect-brk --test --test-isolation=none --test-name-pattern 'static address' test/simulation/dial.test.ts",
      ],
    ],
  },
  {
    because: "test/package/ builds packages and a release with what these call, for itself",
    commands: [
      ["CONTRIBUTING.md", "npm run package"],
      ["CONTRIBUTING.md", "npm run package -- amd64 --quick"],
      ["deploy/debian/README.md", "npm run package"],
      ["deploy/debian/README.md", "npm run package -- amd64"],
      ["deploy/debian/README.md", "npm run package -- amd64 --quick"],
      ["deploy/release/README.md", "npm run release -- --dry-run"],
      ["deploy/release/README.md", "npm run release"],
      ["docs/operations.md", "npm run package"],
    ],
  },
  {
    because: "the root of a test has no network; .ci/run and test/run.sh install such packages",
    commands: [
      [
        "README.md",
        "apt-get install --no-install-recommends git ca-certificates nodejs npm gcc libc6-dev nftables",
      ],
      [
        "CONTRIBUTING.md",
        "apt-get install --no-install-recommends git ca-certificates nodejs npm gcc libc6-dev",
      ],
    ],
  },
  {
    because:
      "there is no older package before the first release; test/package/ goes back with one that it makes",
    commands: [
      ["docs/operations.md", "apt install --allow-downgrades ./pacd_OLDER.deb"],
      ["docs/operations.md", "pacctl backup restore /var/lib/pacd/pacd.db.before-0006 --force"],
    ],
  },
  {
    because: "NetworkManager's plug-in wants ppp in the kernel, which the hosts of our tests have not",
    commands: [
      [
        "README.md",
        'nmcli connection add type vpn vpn-type pptp con-name office vpn.data "gateway=vpn.example.com, user=alice, require-mppe=yes, require-mppe-128=yes, refuse-eap=yes, refuse-pap=yes, refuse-chap=yes, refuse-mschap=yes, password-flags=2"',
      ],
      ["README.md", "nmcli --ask connection up office"],
    ],
  },
  {
    because: "it wants Samba's own database of users",
    commands: [["docs/decode.md", "pdbedit -Lw anna | cut -d: -f4"]],
  },
];

/** Blocks in the languages of systems that are not here, by what their fence calls them. */
export const OTHER_SYSTEMS: Readonly<Record<string, string>> = {
  powershell: "Windows",
  routeros: "RouterOS",
};
