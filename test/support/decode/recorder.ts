import { ipv4 as address, formatIpv4 } from "../../../server/wire/ipv4.ts";
import type { VirtualTcp } from "../../simulation/virtual-tcp.ts";
import { SERVER, type World } from "../../simulation/world.ts";
import { type FilePacket, pcap, START } from "../capture/files.ts";
import { ipv4 } from "../capture/frames.ts";
import { SegmentWriter } from "./segment-writer.ts";

const GRE = 47;

/**
 * Records what passes the server's network card in a simulated world, as tcpdump would: a pcap file of raw
 * IP.
 */
export class Recorder {
  readonly packets: FilePacket[] = [];
  readonly #world: World;
  #connections = 0;

  constructor(world: World) {
    this.#world = world;
    world.tap = (client, from, bytes) => this.#gre(formatIpv4(address(client)), from, bytes);
    const connect = world.connect.bind(world);
    world.connect = (from) => this.#tap(connect(from), from);
  }

  file(): Uint8Array {
    return pcap(this.packets, { linkType: 101, nanoseconds: true });
  }

  #add(octets: Uint8Array): void {
    const time = START + BigInt(Math.round(this.#world.clock.now() * 1e6)) + BigInt(this.packets.length);
    this.packets.push({ octets, time });
  }

  #gre(client: string, from: "client" | "server", bytes: Uint8Array): void {
    const [source, destination] = from === "client" ? [client, SERVER] : [SERVER, client];
    this.#add(ipv4({ source, destination, protocol: GRE, id: this.packets.length & 0xffff }, bytes.slice()));
  }

  #tap(tcp: VirtualTcp, from: string): VirtualTcp {
    this.#connections += 1;
    const segments = new SegmentWriter(from, SERVER, 40_000 + this.#connections, (octets) =>
      this.#add(octets),
    );
    segments.open();
    const write = tcp.write.bind(tcp);
    tcp.write = (bytes) => {
      segments.say("client", bytes);
      write(bytes);
    };
    const close = tcp.close.bind(tcp);
    tcp.close = () => {
      segments.fin("client");
      close();
    };
    const server = tcp.server as { -readonly [K in keyof typeof tcp.server]: (typeof tcp.server)[K] };
    const answer = server.write;
    server.write = (bytes) => {
      segments.say("server", bytes);
      return answer(bytes);
    };
    const end = server.end;
    server.end = () => {
      segments.fin("server");
      end();
    };
    return tcp;
  }
}
