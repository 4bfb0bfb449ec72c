import { Namespace } from "../../support/lab/namespace.ts";

/**
 *     host ┬ veth1 10.9.1.1 ── 10.9.1.2 eth0 client 1
 *          ├ veth2 10.9.2.1 ── 10.9.2.2 eth0 client 2
 *          …
 *
 * Namespaces of the bench, each client joined to the host by a veth of its own. Nothing outside is touched.
 * The host forwards nothing, and takes packets from forged sources, so that pacd itself must know them.
 */
export class Network {
  readonly host: Namespace;
  readonly #clients: Namespace[] = [];
  readonly #others: Namespace[] = [];

  private constructor(host: Namespace) {
    this.host = host;
  }

  static async create(): Promise<Network> {
    return new Network(await plain());
  }

  async client(): Promise<Client> {
    const namespace = await plain();
    const number = this.#clients.push(namespace);
    await this.host.ip(`link add veth${number} type veth peer name eth0 netns ${namespace.name}`);
    await this.host.ip(`addr add ${hostAddress(number)}/24 dev veth${number}`);
    await this.host.ip(`link set veth${number} up`);
    await namespace.ip(`addr add ${clientAddress(number)}/24 dev eth0`);
    await namespace.ip("link set eth0 up");
    return { namespace, address: clientAddress(number), host: hostAddress(number) };
  }

  /** A namespace in which nothing runs, joined to one of the clients alone; returns its address. */
  async alone(client: Namespace): Promise<string> {
    const namespace = await plain();
    this.#others.push(namespace);
    await client.ip(`link add alone type veth peer name eth0 netns ${namespace.name}`);
    await client.ip(`addr add ${ALONE_BESIDE}/24 dev alone`);
    await client.ip("link set alone up");
    await namespace.ip(`addr add ${ALONE}/24 dev eth0`);
    await namespace.ip("link set eth0 up");
    return ALONE;
  }

  async remove(): Promise<void> {
    for (const client of [...this.#clients, ...this.#others]) await client.remove();
    await this.host.remove();
  }
}

/** A namespace, its outer address, and the host's address on its veth. */
export interface Client {
  readonly namespace: Namespace;
  readonly address: string;
  readonly host: string;
}

const ALONE = "10.10.0.1";
const ALONE_BESIDE = "10.10.0.2";

const hostAddress = (number: number): string => `10.9.${number}.1`;
const clientAddress = (number: number): string => `10.9.${number}.2`;

async function plain(): Promise<Namespace> {
  const namespace = await Namespace.create();
  for (const which of ["all", "default"])
    await namespace.run("sysctl", "-q", "-w", `net.ipv4.conf.${which}.rp_filter=0`);
  return namespace;
}
