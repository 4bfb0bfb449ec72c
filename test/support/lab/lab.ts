import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Capture } from "./capture.ts";
import { Guest } from "./guest.ts";
import { Namespace } from "./namespace.ts";
import { end, start } from "./processes.ts";
import { Resident } from "./resident.ts";

/** The address that clients dial. */
export const SERVER_ADDRESS = "10.9.0.1";

/**
 * A host in the office, on the far side of the concentrator. It knows no way back to the address pool: only
 * NAT does.
 */
export const OFFICE_ADDRESS = "10.8.0.2";

/** A home's address as the world sees it, and its router's inside. */
export const HOME_ADDRESS = "10.9.0.50";
const HOME_GATEWAY = "192.168.5.1";

/** Since Linux 4.7 a conntrack helper must be asked for by name. */
const ROUTER_RULES = `
  table ip router {
    ct helper pptp { type "pptp" protocol tcp; }
    chain enter { type filter hook prerouting priority 0; tcp dport 1723 ct helper set "pptp"; }
    chain leave { type nat hook postrouting priority 100; oifname "wan" masquerade; }
  }
`;

/**
 *     guest 10.9.0.11 ── tap1 ┐
 *     guest 10.9.0.12 ── tap2 ┼ br0 10.9.0.1   lab   10.8.0.1 ── veth ── 10.8.0.2 office
 *     stranger 10.9.0.99 ─────┤  (pacd runs here)
 *     home 10.9.0.50 ── router ── 192.168.5.11, 192.168.5.12: guests behind NAT
 */
export class Lab {
  readonly namespace: Namespace;
  /** A process in the lab's namespace: speaks HTTP and TCP there for the test. */
  readonly resident: Resident;
  readonly folder: string;
  readonly #closing: (() => Promise<unknown>)[] = [];
  #guests = 0;

  private constructor(namespace: Namespace, resident: Resident, folder: string) {
    this.namespace = namespace;
    this.resident = resident;
    this.folder = folder;
  }

  static async create(): Promise<Lab> {
    // Signals end this process by way of its exit handlers, which remove the namespaces.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.once(signal, () => process.exit(1));
    const namespace = await Namespace.create();
    await namespace.ip("link add br0 type bridge");
    await namespace.ip(`addr add ${SERVER_ADDRESS}/24 dev br0`);
    await namespace.ip("link set br0 up");
    const folder = mkdtempSync(join(tmpdir(), "pacd-lab-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    return new Lab(namespace, Resident.start(namespace), folder);
  }

  /** Boots that many guests at once; they have the addresses 10.9.0.11 and up. */
  async guests(count: number): Promise<Guest[]> {
    return Promise.all(Array.from({ length: count }, () => this.#guest()));
  }

  async #guest(): Promise<Guest> {
    this.#guests += 1;
    return this.#boot(this.namespace, this.#guests, `10.9.0.${10 + this.#guests}`);
  }

  /** A guest on the bridge br0 of a namespace. */
  async #boot(namespace: Namespace, number: number, address: string, gateway?: string): Promise<Guest> {
    const tap = `tap${number}`;
    const { name } = namespace;
    await namespace.run("ip", "tuntap", "add", "dev", tap, "mode", "tap");
    await namespace.ip(`link set ${tap} master br0 up`);
    const place = { namespace: name, tap, address, name: `${name}-${tap}`, folder: this.folder };
    const guest = await Guest.boot(gateway === undefined ? place : { ...place, gateway });
    // User-mode Linux now and then leaves a packet lying until the next one comes. A capture showed both
    // answers to two Challenges, a second apart, within 4 ms. So that no dial waits for that, there is always
    // a next one.
    const nudges = start(...namespace.enter("ping", "-q", "-i", "0.05", address), { stdio: "ignore" });
    this.onClose(async () => {
      await end(nudges, "SIGKILL");
      await guest.close();
    });
    return guest;
  }

  /** A home with a router that masquerades and knows PPTP (nf_nat_pptp), and that many guests in it. */
  async home(count: number): Promise<{ readonly namespace: Namespace; readonly guests: readonly Guest[] }> {
    const home = await this.#neighbour();
    await this.namespace.ip(`link add home type veth peer name wan netns ${home.name}`);
    await this.namespace.ip("link set home master br0 up");
    await home.ip(`addr add ${HOME_ADDRESS}/24 dev wan`);
    await home.ip("link set wan up");
    await home.ip("link add br0 type bridge");
    await home.ip(`addr add ${HOME_GATEWAY}/24 dev br0`);
    await home.ip("link set br0 up");
    await home.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
    await home.run("nft", ROUTER_RULES);
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    const guests = await Promise.all(
      numbers.map((number) => this.#boot(home, number, `192.168.5.${10 + number}`, HOME_GATEWAY)),
    );
    return { namespace: home, guests };
  }

  /** The office: a namespace behind a veth, and a process in it. */
  async office(): Promise<Resident> {
    const office = await this.#neighbour();
    await this.namespace.ip(`link add office type veth peer name eth0 netns ${office.name}`);
    await this.namespace.ip("addr add 10.8.0.1/24 dev office");
    await this.namespace.ip("link set office up");
    await office.ip(`addr add ${OFFICE_ADDRESS}/24 dev eth0`);
    await office.ip("link set eth0 up");
    return this.#resident(office);
  }

  /** A host that is no client, on the clients' side. */
  async stranger(): Promise<Resident> {
    const stranger = await this.#neighbour();
    await this.namespace.ip(`link add stranger type veth peer name eth0 netns ${stranger.name}`);
    await this.namespace.ip("link set stranger master br0 up");
    await stranger.ip("addr add 10.9.0.99/24 dev eth0");
    await stranger.ip("link set eth0 up");
    return this.#resident(stranger);
  }

  async #neighbour(): Promise<Namespace> {
    const namespace = await Namespace.create();
    this.onClose(() => namespace.remove());
    return namespace;
  }

  #resident(namespace: Namespace): Resident {
    const resident = Resident.start(namespace);
    this.onClose(() => resident.close());
    return resident;
  }

  /** Records what passes between clients and server, on the bridge of a namespace. */
  async capture(namespace = this.namespace, snaplen?: number): Promise<Capture> {
    const capture = await Capture.start(namespace, snaplen);
    this.onClose(() => capture.close());
    return capture;
  }

  /** Something to end before the lab goes; the last one first. */
  onClose(close: () => Promise<unknown>): void {
    this.#closing.unshift(close);
  }

  async close(): Promise<void> {
    for (const close of this.#closing) await close();
    await this.resident.close();
    await this.namespace.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
