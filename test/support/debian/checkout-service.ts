import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Namespace } from "../lab/namespace.ts";
import { attempt, type Outcome } from "../lab/processes.ts";
import type { Booted } from "./booted.ts";
import type { Suite } from "./cached-root.ts";
import { DebianRoot } from "./debian-root.ts";

const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));

/** Where the root has the checkout. */
export const CHECKOUT = "/opt/pacd";

/** Where clients dial. */
export const SERVER = "10.9.0.1";

const PASSWORD = "correct horse";

/** What `pacctl`, run inside as root, is told. */
const PACCTL = `${CHECKOUT}/bin/pacctl --config /etc/pacd/pacd.toml`;

/**
 * This checkout as the service of a Debian of the test's own: the unit as it is, but for where the programs
 * are, and enabled. A client is connected by a cable.
 */
export class CheckoutService {
  readonly root: DebianRoot;
  readonly host: Booted;
  readonly client: Namespace;
  /** Of the user anna. */
  readonly password = PASSWORD;

  private constructor(root: DebianRoot, host: Booted, client: Namespace) {
    this.root = root;
    this.host = host;
    this.client = client;
  }

  /** A root with the unit in it, which nobody has booted. `more`: of pacd.toml; `packages`: of Debian. */
  static async install(
    more = "",
    suite: Suite = "bookworm",
    packages: readonly string[] = [],
  ): Promise<DebianRoot> {
    const root = await DebianRoot.open({
      suite,
      packages: ["logrotate", "nftables", ...packages],
      binds: [{ from: REPOSITORY, to: CHECKOUT }],
    });
    const source = (path: string) => readFileSync(`${REPOSITORY}/${path}`, "utf8");
    const unit = source("deploy/systemd/pacd.service").replaceAll(/\/usr\/s?bin\//g, `${CHECKOUT}/bin/`);
    writeFileSync(root.path("/etc/systemd/system/pacd.service"), unit);
    writeFileSync(root.path("/usr/lib/sysctl.d/60-pacd.conf"), source("deploy/systemd/60-pacd.conf"));
    writeFileSync(root.path("/usr/lib/sysusers.d/pacd.conf"), source("deploy/debian/files/sysusers.conf"));
    await root.must("systemd-sysusers pacd.conf && mkdir -p /etc/pacd && systemctl --quiet enable pacd");
    configure(root, more);
    return root;
  }

  /** Boots it; the user anna may log in. */
  static async boot(
    more = "",
    suite: Suite = "bookworm",
    packages: readonly string[] = [],
  ): Promise<CheckoutService> {
    const root = await CheckoutService.install(more, suite, packages);
    const client = await Namespace.create();
    try {
      const host = await root.boot();
      const service = new CheckoutService(root, host, client);
      await host.connect(client, { here: `${SERVER}/24`, there: "10.9.0.2/24" });
      await host.must(`echo '${PASSWORD}' | ${PACCTL} user add anna --password-stdin`);
      return service;
    } catch (error) {
      await root.close();
      await client.remove();
      throw error;
    }
  }

  /** Writes pacd.toml anew, with these lines. */
  configure(more: string): void {
    configure(this.root, more);
  }

  /** Lines that a drop-in adds to the unit, which is then read anew; undefined takes them away. */
  async dropIn(text: string | undefined): Promise<void> {
    const folder = "/etc/systemd/system/pacd.service.d";
    await this.host.must(`rm -rf ${folder} && mkdir ${folder}`);
    if (text !== undefined) writeFileSync(this.root.path(`${folder}/test.conf`), text);
    await this.host.must("systemctl daemon-reload");
  }

  /** A property of the service, as `systemctl show` has it. */
  async show(property: string, unit = "pacd.service"): Promise<string> {
    return (await this.host.must(`systemctl show --value --property=${property} ${unit}`)).trim();
  }

  /** Of pacd's Node; 0 where it does not run. */
  async mainPid(): Promise<number> {
    return Number(await this.show("MainPID"));
  }

  pacctl(command: string): Promise<string> {
    return this.host.must(`${PACCTL} ${command}`);
  }

  /** A dial from the client must be let in. */
  async answers(): Promise<void> {
    const { code, output } = await this.dial();
    assert.equal(code, 0, output);
  }

  /** Dials from the client, and hangs up. */
  dial(user = "anna", password = PASSWORD): Promise<Outcome> {
    const program = `${REPOSITORY}/bin/pacctl`;
    const [enter, words] = this.client.enter(
      ...(["sh", "-c", 'printf "%s" "$1" | "$2" dial "$3" --user "$4" --password-stdin', "sh"] as const),
      ...[password, program, SERVER, user],
    );
    return attempt(enter, ...words);
  }

  async close(): Promise<void> {
    await this.root.close();
    await this.client.remove();
  }
}

function configure(root: DebianRoot, more: string): void {
  writeFileSync(root.path("/etc/pacd/pacd.toml"), `[state]\ndirectory = "/var/lib/pacd"\n${more}`);
}
