import type { TestContext } from "node:test";
import { Concentrator } from "../../server/concentrator/concentrator.ts";
import { Conditions } from "../../server/conditions/conditions.ts";
import type { Config } from "../../server/config/config-types.ts";
import { loadConfig } from "../../server/config/load-config.ts";
import { localDataPlane } from "../../server/data-plane/workers/local-data-plane.ts";
import { type EventSide, eventSide } from "../../server/event-side.ts";
import type { Clock } from "../../server/platform/clock.ts";
import type { Logger } from "../../server/platform/log.ts";
import type { Random } from "../../server/platform/random.ts";
import type { Store } from "../../server/store/store-types.ts";
import { temporaryStore } from "../support/temporary-store.ts";
import { VirtualClock } from "../support/virtual-clock.ts";
import { type VirtualPacket, VirtualPort } from "../support/virtual-port.ts";
import { drawFailedDials } from "./failed-dials.ts";
import { type Link, perfect } from "./lossy-link.ts";
import { VirtualTcp } from "./virtual-tcp.ts";

/** The address that clients dial. */
export const SERVER = "192.0.2.1";

/** The whole server with real machines, packet loop and database; clock, network and chance are simulated. */
export interface World {
  readonly clock: VirtualClock;
  readonly concentrator: Concentrator;
  readonly store: Store;
  /** Where its database lies. */
  readonly directory: string;
  readonly conditions: Conditions;
  readonly events: EventSide;
  /** What the parts count by that ask for the configuration when they need it; a reload replaces it. */
  readonly running: { config: Config };
  readonly config: Config;
  /** What chance is made of; a test may break it. */
  readonly random: Random;
  /** Inner packets towards the office, and from it. */
  readonly tun: VirtualPort;
  /** Error lines of the log: none in a good run. */
  readonly errors: string[];
  readonly warnings: { readonly text: string; readonly fields: object }[];
  /** A TCP connection to port 1723. */
  connect(from: string): VirtualTcp;
  /** A GRE packet from an address to the server. */
  gre(from: number, bytes: Uint8Array): void;
  /** Where GRE packets for a client address go; without a receiver they are lost. */
  readonly receivers: Map<number, (bytes: Uint8Array) => void>;
  /** Is shown every GRE packet that passes the server's own socket: the client's address, who sent it. */
  tap: (client: number, from: "client" | "server", bytes: Uint8Array) => void;
  /** Lets everything that needs no time happen. */
  settle(): Promise<void>;
}

/** Counts up from a seed: the same run every time. Not a source of secrets. */
function countingRandom(): Random {
  let next = 1;
  const octet = () => {
    next = (next * 1103515245 + 12345) & 0x7fffffff;
    return (next >> 16) & 0xff;
  };
  const bytes = (count: number) => Uint8Array.from({ length: count }, octet);
  const u16 = () => (octet() << 8) | octet();
  const u32 = () => u16() * 0x1_0000 + u16();
  let ids = 0;
  return { bytes, u16, u32, uuid: () => `id-${String(++ids).padStart(4, "0")}` };
}

export async function createWorld(
  t: TestContext,
  change: (config: Config) => Config = (c) => c,
  network: Link | { readonly tcpDelay: number; readonly gre: (clock: Clock) => Link } = perfect,
  state: { readonly directory?: string } = {},
): Promise<World> {
  const clock = new VirtualClock();
  const link = typeof network === "function" ? network : network.gre(clock);
  const tcpDelay = typeof network === "function" ? 0 : network.tcpDelay;
  const config = change(loadConfig(undefined, { defaults: { stateDirectory: "unused" } }));
  const running = { config };
  const errors: string[] = [];
  const warnings: World["warnings"] = [];
  const ignore = () => {};
  const log: Logger = {
    debug: ignore,
    info: ignore,
    warn: (fields, text) => warnings.push({ text, fields }),
    error: (fields, text) => errors.push(`${text}: ${JSON.stringify(fields, errorText)}`),
  };
  const random = countingRandom();
  const conditions = new Conditions(clock, log);
  let made: World | undefined;
  drawFailedDials(t, () => made);
  const { store, directory } = await temporaryStore(t, { clock, log, conditions, ...state });
  const events = eventSide({ clock, conditions, store, running });
  const gre = new VirtualPort();
  const tun = new VirtualPort();
  const receivers = new Map<number, (bytes: Uint8Array) => void>();
  gre.onSend = (packet: VirtualPacket) => {
    world.tap(packet.peer, "server", packet.bytes);
    const receiver = receivers.get(packet.peer);
    if (receiver !== undefined) link(() => queueMicrotask(() => receiver(packet.bytes)), "server");
  };
  const reorder = { packets: config.gre.reorderPackets, delay: config.gre.reorderDelay };
  const concentrator = await Concentrator.open({
    config,
    clock,
    log,
    random,
    store,
    host: { refresh() {}, nat: () => "off", repairs: () => ({}) },
    conditions,
    rereadTimeZone: ignore,
    watcher: events.watcher,
    openDataPlane: async (events) => localDataPlane({ gre, tun, clock, reorder }, events),
  });
  const settle = async () => {
    for (let turn = 0; turn < 40; turn++) await clock.advance(0);
  };
  const world: World = {
    clock,
    concentrator,
    store,
    directory,
    conditions,
    events,
    running,
    config,
    random,
    tun,
    errors,
    warnings,
    receivers,
    settle,
    tap: ignore,
    connect(from) {
      const tcp = new VirtualTcp(from, SERVER, { clock, delay: tcpDelay });
      concentrator.accept(tcp.server);
      return tcp;
    },
    gre: (from, bytes) =>
      link(() => {
        world.tap(from, "client", bytes);
        gre.deliver(bytes, from, parseServer());
      }, "client"),
  };
  made = world;
  return world;
}

const parseServer = () => 0xc0000201;
const errorText = (_key: string, value: unknown) => (value instanceof Error ? value.stack : value);
