import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Booted } from "../support/debian/booted.ts";
import { BuiltPackage, NEEDED_BY_PACD } from "../support/debian/built-package.ts";
import { DebianRoot } from "../support/debian/debian-root.ts";
import { needsBooted } from "../support/debian/needs-booted.ts";
import { type Block, blocks, ROOT } from "../support/documents/commands.ts";
import { hasNoCommands, tried } from "../support/documents/tried.ts";

const skip = needsBooted("dpkg-deb");

/** Programs of the documents' commands. */
const PROGRAMS = ["ca-certificates", "curl", "iproute2", "openssl", "tcpdump"];

const all = blocks().filter((block) => !hasNoCommands(block));

/** README.md first: it installs. Each document goes on with the host that the one before it left. */
const documents = [...new Set(all.map(({ document }) => document))]
  .filter((name) => commandsOf(name).length > 0)
  .toSorted((a, b) => Number(b === "README.md") - Number(a === "README.md"));

function commandsOf(document: string): readonly string[] {
  return all
    .filter((block) => block.document === document)
    .flatMap(({ commands }) => commands)
    .filter((command) => tried(document, command) === "run");
}

/** The text of a block by the beginning of its first line. */
const blockOf = (document: string, first: string): Block =>
  all.concat(blocks()).find((block) => block.document === document && block.first.startsWith(first))!;

/**
 * Beside the real programs: what runs until Ctrl-C runs for some seconds, in which somebody dials where
 * packets are watched; and whatever asks before it goes on is answered.
 */
const WRAPPERS = `
  mkdir -p /srv/typed /usr/local/bin && cd /srv/typed && ln -sfn /opt/pacd/bin bin
  printf '%s' "$PASSWORD" >password.txt
  cat >/usr/local/bin/tcpdump <<'END'
#!/bin/sh
(sleep 1; pacctl dial 127.0.0.1 --user anna --password-stdin </srv/typed/password.txt >/dev/null 2>&1) &
timeout --preserve-status --signal=INT 3 /usr/bin/tcpdump "$@"
END
  cat >/usr/local/bin/journalctl <<'END'
#!/bin/sh
case " $* " in *" -f "*) timeout --preserve-status --signal=INT 1 /usr/bin/journalctl "$@" || : ;; *) exec /usr/bin/journalctl "$@" ;; esac
END
  # The host that manages is this one as well: what goes by SSH stays here.
  printf '#!/bin/sh\\ncase $1 in -*) ;; *) shift; exec sh -c "$*" ;; esac\\n' >/usr/local/bin/ssh
  printf '#!/bin/sh\\nexec cp "\${1#*:}" "$2"\\n' >/usr/local/bin/scp
  printf '#!/bin/sh\\nexec /usr/bin/apt-get -y "$@"\\n' >/usr/local/bin/apt
  chmod 755 /usr/local/bin/*
  echo '127.0.0.1 vpn.example.com' >>/etc/hosts
  cp /opt/debs/*.deb .`;

/** What must be there before the commands of a document. */
const BEFORE: Readonly<Record<string, string>> = {
  "docs/api.md": "pacctl user show anna >/dev/null",
  "docs/day-to-day.md": `
    pacctl user set anna --no-hours
    pacctl dial 127.0.0.1 --user anna --password-stdin --tun t0 <password.txt >/tmp/dial 2>&1 &
    n=0; until pacctl session list --json | grep -q '"id"'; do n=$((n + 1)); [ $n -lt 50 ]; sleep 0.2; done`,
  "docs/decode.md": "cp dial.pcap dial.pcapng",
  "docs/dial.md": "PASSWORD=$(cat password.txt); export PASSWORD",
  "docs/operations.md": `
    mkdir -p /srv/pacd /etc/letsencrypt/renewal-hooks/deploy
    ip address add 192.0.2.1/24 dev lo
    ip address add 192.0.2.2/24 dev lo
    sed -i 's/^#* *listen = "0.0.0.0:1723".*/listen = "192.0.2.1:1723"/' /etc/pacd/pacd.toml
    grep -q '^listen = "192' /etc/pacd/pacd.toml
    systemctl restart pacd
    cat >/etc/pacd/second.toml <<'END'
${blockOf("docs/operations.md", "[pptp]").text}END
    chgrp pacd /etc/pacd/second.toml
    chmod 640 /etc/pacd/second.toml`,
};

/** What is done where a block that is no command stands: as it says, or back to what was before. */
const AT_BLOCK: readonly (readonly [document: string, first: string, script: string])[] = [
  [
    "docs/operations.md",
    "[admin]",
    `cp -p /etc/pacd/pacd.toml /srv/typed/plain.toml
    for line in 'listen = "0.0.0.0:8723"' 'tls_certificate = "/var/lib/pacd/tls/certificate.pem"' 'tls_key = "/var/lib/pacd/tls/key.pem"'
    do sed -i "/^\\[admin\\]/a $line" /etc/pacd/pacd.toml; done`,
  ],
  ["docs/operations.md", "server {", "cp -p /srv/typed/plain.toml /etc/pacd/pacd.toml; pacctl reload"],
];

/** What is typed of a document, in its order, with what an administrator does between. */
function stepsOf(document: string): string {
  let at = 0;
  const steps = blocks()
    .filter((block) => block.document === document)
    .flatMap((block) => [
      ...AT_BLOCK.filter(([where, first]) => where === document && block.first === first).map(
        ([, , script]) => script,
      ),
      ...(hasNoCommands(block) ? [] : block.commands)
        .filter((command) => tried(document, command) === "run")
        .map((command) => {
          at += 1;
          return `echo "@@ ${at}"\n${filled(command)}\nsystemctl reset-failed pacd 2>/dev/null || :`;
        }),
    ]);
  return steps.join("\n");
}

/** What stands in capitals, filled in. */
function filled(command: string): string {
  const [, kind] = /^pacctl (session|attempt|audit|webhook) \w+ ID\b/.exec(command) ?? [];
  if (kind !== undefined) return command.replace("ID", `"$(pacctl ${kind} list -o name | head -n 1)"`);
  return command;
}

describe("every command of every document that can be run here", { skip }, () => {
  let built: BuiltPackage;
  let root: DebianRoot;
  let host: Booted;
  before(async () => {
    built = await BuiltPackage.build();
    root = await DebianRoot.open({
      packages: [...NEEDED_BY_PACD, ...PROGRAMS],
      binds: [
        { from: ROOT, to: "/opt/pacd" },
        { from: built.folder, to: "/opt/debs" },
      ],
    });
    host = await root.boot();
    await host.must(`set -e; PASSWORD='correct horse'\n${WRAPPERS}`);
  });
  after(async () => {
    await root?.close();
    built?.remove();
  });

  for (const document of documents) {
    test(`${document}: ${commandsOf(document).length} commands`, async () => {
      const { code, output } = await host.run(
        `set -e; export PATH=/usr/local/bin:$PATH; cd /srv/typed\n${BEFORE[document] ?? ""}\n${stepsOf(document)}`,
      );
      const journal = code === 0 ? "" : (await host.run("journalctl --no-pager -n 25")).output;
      const reached = Number(/@@ (\d+)(?![\s\S]*@@ )/.exec(output)?.[1] ?? 0);
      assert.equal(
        code,
        0,
        `${commandsOf(document)[reached - 1]}\n${output.slice(output.lastIndexOf("@@ "))}\n${journal}`,
      );
      assert.equal(reached, commandsOf(document).length);
      if (document === "README.md")
        await host.must("cd /srv/typed && pacctl user add anna --password-stdin <password.txt");
    });
  }
});
