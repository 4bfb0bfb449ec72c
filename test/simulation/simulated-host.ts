import type { DialHost } from "../../pacctl/client/dial/dial-types.ts";
import { typescriptKernel } from "../../server/mppe/kernel.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { VirtualPort } from "../support/virtual-port.ts";
import type { VirtualTcp } from "./virtual-tcp.ts";
import { SERVER, type World } from "./world.ts";

const US = "198.51.100.7";

/** What passes between our client and the server. */
export interface Path {
  /** Is GRE let through towards the server, and from it? */
  readonly up: boolean;
  readonly down: boolean;
  /** Where the server's GRE seems to come from; the server itself, unless said. */
  readonly from?: string;
  /** What comes of the server's GRE in place of a packet: another server's, perhaps. */
  readonly mangle?: (packet: Uint8Array) => readonly Uint8Array[];
}

/** A machine in the simulation from which the product's own client dials. */
export class SimulatedHost implements DialHost {
  readonly clock;
  readonly gre = new VirtualPort();
  readonly tun = new VirtualPort();
  /** The settings of the interface that was asked for. */
  tunSettings: Parameters<DialHost["openTun"]>[1] | undefined;
  tcp: VirtualTcp | undefined;
  readonly #world: World;
  #seed = 7;

  constructor(world: World, path: Path = { up: true, down: true }) {
    this.#world = world;
    this.clock = world.clock;
    const [us, server] = [parseIpv4(US)!, parseIpv4(path.from ?? SERVER)!];
    this.gre.onSend = ({ bytes }) => {
      if (path.up) world.gre(us, bytes);
    };
    const mangle = path.mangle ?? ((packet) => [packet]);
    if (path.down)
      world.receivers.set(us, (bytes) => {
        for (const packet of mangle(bytes)) this.gre.deliver(packet, server, us);
      });
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.u16() & 0xff);
  }

  u16(): number {
    this.#seed = (this.#seed * 1103515245 + 12345) & 0x7fffffff;
    return (this.#seed >> 8) & 0xffff;
  }

  u32(): number {
    return this.u16() * 0x1_0000 + this.u16();
  }

  async connect() {
    const tcp = this.#world.connect(US);
    this.tcp = tcp;
    const close = () => tcp.close();
    return {
      remoteAddress: SERVER,
      remotePort: 1723,
      localAddress: US,
      write: (bytes: Uint8Array) => tcp.write(bytes.slice()),
      end: close,
      destroy: close,
      receive(handlers: { data(bytes: Uint8Array): void; closed(): void }) {
        tcp.onData = handlers.data;
        tcp.onClosed = handlers.closed;
      },
    };
  }

  openGre() {
    return Object.assign(this.gre, { keepTo() {} });
  }

  mppe() {
    return typescriptKernel();
  }

  openTun(_name: string, settings: Parameters<DialHost["openTun"]>[1]) {
    this.tunSettings = settings;
    return this.tun;
  }
}
