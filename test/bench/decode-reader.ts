/**
 * How fast captures are read, and in how much memory: a gigabyte of each kind of traffic, made as it is read.
 * Only the reader is timed, by the time that the processor spent on it, garbage collection with it.
 *
 *     node test/bench/decode-reader.ts [MEGABYTES]
 */
import { CaptureReader } from "../../pacctl/capture/reader.ts";
import { type FilePacket, pcap, pcapng } from "../support/capture/files.ts";
import { ethernet, gre, ipv4, tcp } from "../support/capture/frames.ts";

const MEGABYTE = 1_000_000;
const CHUNK = 1024 * 1024;

const ETHERNET = 14;
const IP = 20;

/**
 * An Ethernet frame, and where in it a number of four octets stands that differs from packet to packet, by
 * how much.
 */
interface Template {
  readonly frame: Uint8Array;
  readonly counter: number;
  readonly step: number;
}

/**
 * Without a checksum, as a sending host captures it: the sequence numbers change, and nobody reckons it anew
 * here.
 */
const segment = (serverPort: number, octets: number): Template => ({
  frame: ethernet(tcp({ serverPort, seq: 0, checksum: 0 }, new Uint8Array(octets).fill(0x55))),
  counter: ETHERNET + IP + 4,
  step: octets,
});

const tunnelled = (octets: number): Template => ({
  frame: ethernet(ipv4({ protocol: 47 }, gre(0, new Uint8Array(octets).fill(0x55)))),
  counter: ETHERNET + IP + 8,
  step: 1,
});

const KINDS: ReadonlyMap<string, readonly Template[]> = new Map([
  ["other TCP, 1460 octets", [segment(443, 1460)]],
  ["other TCP, 0 octets", [segment(443, 0)]],
  ["GRE, 1400 octets", [tunnelled(1400)]],
  ["GRE, 60 octets", [tunnelled(60)]],
  ["mixed TCP and GRE", [segment(443, 1460), segment(443, 0), tunnelled(1400), tunnelled(60)]],
  ["control connection", [segment(1723, 156)]],
]);

/** How a file is made, and where in one of its records the time and the packet stand. */
interface FileKind {
  readonly file: (packets: readonly FilePacket[]) => Uint8Array;
  readonly packet: number;
  readonly setTime: (view: DataView, at: number, microseconds: number) => void;
}

const FILES: ReadonlyMap<string, FileKind> = new Map([
  [
    "pcap",
    {
      file: pcap,
      packet: 16,
      setTime: (view, at, microseconds) => {
        view.setUint32(at, Math.floor(microseconds / 1e6), true);
        view.setUint32(at + 4, microseconds % 1e6, true);
      },
    },
  ],
  ["pcapng", { file: pcapng, packet: 28, setTime: (view, at, time) => view.setUint32(at + 16, time, true) }],
]);

/**
 * Chunks of a capture with these packets over and over, each chunk made in the same memory when it is asked
 * for.
 */
function* chunks({ file, packet, setTime }: FileKind, templates: readonly Template[], total: number) {
  const header = file([]);
  yield header;
  const records = templates.map(({ frame }) => file([{ octets: frame }]).subarray(header.length));
  const round = records.reduce((sum, { length }) => sum + length, 0);
  const buffer = new Uint8Array(CHUNK + round);
  const view = new DataView(buffer.buffer);
  const sequences = templates.map(() => 0);
  let microseconds = 0;
  for (let made = 0; made < total; ) {
    let at = 0;
    while (at < CHUNK) {
      for (const [i, record] of records.entries()) {
        const { counter, step } = templates[i]!;
        buffer.set(record, at);
        view.setUint32(at + packet + counter, sequences[i]!);
        sequences[i] = (sequences[i]! + step) >>> 0;
        microseconds += 5;
        setTime(view, at, microseconds);
        at += record.length;
      }
    }
    made += at;
    yield buffer.subarray(0, at);
  }
}

/** Reads such a capture, and says how that went in one line. */
function measure(format: string, kind: string, total: number): string {
  let events = 0;
  const reader = new CaptureReader({}, () => {
    events += 1;
  });
  let spent = 0; // ms
  for (const chunk of chunks(FILES.get(format)!, KINDS.get(kind)!, total)) {
    const began = process.cpuUsage();
    reader.push(chunk);
    const { user, system } = process.cpuUsage(began);
    spent += (user + system) / 1000;
  }
  reader.end();
  const { octets, frames } = reader.summary();
  const rate = (octets / MEGABYTE / (spent / 1000)).toFixed(0).padStart(6);
  const each = ((spent * 1e6) / frames).toFixed(0).padStart(5);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  return `${format.padEnd(8)}${kind.padEnd(24)}${rate} MB/s ${each} ns a packet ${String(events).padStart(9)} events  ${memory} MiB`;
}

const megabytes = Number(process.argv[2] ?? 1000);
for (const format of FILES.keys()) {
  for (const kind of KINDS.keys()) process.stdout.write(`${measure(format, kind, megabytes * MEGABYTE)}\n`);
}
process.stdout.write("MiB: the most memory that the process has held so far.\n");
