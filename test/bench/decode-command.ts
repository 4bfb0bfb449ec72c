/**
 * How long `pacctl decode` takes, and in how much memory, in each of its forms: for a capture of large
 * packets, for one of many calls, and for one of many that go on at once. They are made in a folder for
 * temporary files first. Seconds are those of the processor, and compared with `--summary` of the same
 * capture.
 *
 *     node test/bench/decode-command.ts [MEGABYTES] [CALLS]
 */
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inner } from "../simulation/dials.ts";
import { pcapHeader } from "../support/capture/files.ts";
import { DialCapture } from "../support/decode/dial-capture.ts";
import { manyDials } from "../support/decode/many-dials.ts";

const PACCTL = fileURLToPath(new URL("../../bin/pacctl", import.meta.url));
const MEGABYTE = 1_000_000;

const megabytes = Number(process.argv[2] ?? 1000);
const calls = Number(process.argv[3] ?? 10_000);
const folder = mkdtempSync(join(tmpdir(), "pacd-bench-"));
process.once("exit", () => rmSync(folder, { recursive: true }));
process.once("SIGINT", () => process.exit(130));

/** One session with packets of 1,400 octets, stateless MPPE with 128 bits. */
function largePackets(file: string): void {
  const packet = inner("10.77.0.10", "203.0.113.5", 1340);
  const dial = new DialCapture().up();
  const out = openSync(file, "w");
  writeSync(out, pcapHeader("little", true, 101));
  for (let written = 0; written < megabytes * MEGABYTE; ) {
    for (let i = 0; i < 500; i += 1) dial.data(i % 2 === 0 ? "client" : "server", packet);
    const records = dial.file().subarray(24);
    writeSync(out, records);
    written += records.length;
    dial.packets.length = 0;
  }
  closeSync(out);
}

/** Calls of so many clients at once, one of four refused, one of four without GRE from the server. */
function manyCalls(file: string, pace: { readonly atOnce: number; readonly own: boolean }): void {
  const packet = inner("10.77.0.10", "203.0.113.5", 40);
  const dial = new DialCapture().up();
  for (let i = 0; i < 4; i += 1) dial.data(i % 2 === 0 ? "client" : "server", packet);
  dial.fin("client").fin("server");
  const refused = new DialCapture().start().call().lcp().logIn().refuse("E=691 R=0 V=3 M=No");
  const blocked = new DialCapture().start().call();
  for (let i = 0; i < 10; i += 1) blocked.control("client", "lcp", 1, 1, "01040578");
  for (const one of [refused, blocked]) one.fin("client").fin("server");
  const out = openSync(file, "w");
  for (const piece of manyDials([dial, dial, refused, blocked], calls, { ...pace, step: 50 }))
    writeSync(out, piece);
  closeSync(out);
}

/** Runs the command, its output led to where `shell` says. */
function measured(words: string, shell: string): { seconds: number; elapsed: number; mebibytes: number } {
  const figures = join(folder, "time");
  const line = `/usr/bin/time -o ${figures} -f '%e %U %S %M' ${PACCTL} decode ${words} ${shell}`;
  const { status } = spawnSync("sh", ["-c", line], { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`${line} ended with ${status}`);
  const [elapsed, user, system, kibibytes] = spawnSync("cat", [figures], { encoding: "utf8" })
    .stdout.split(" ")
    .map(Number);
  return { elapsed: elapsed!, seconds: user! + system!, mebibytes: Math.round(kibibytes! / 1024) };
}

const credentials = join(folder, "credentials");
writeFileSync(credentials, "alice s3cret\n");
const FORMS: readonly (readonly [words: string, shell?: string])[] = [
  ["--summary"],
  [""],
  ["--json"],
  ["--fields"],
  [`--html-dir ${folder}/pages`],
  [`--summary --credentials ${credentials} --write-decrypted ${folder}/inside.pcap`],
  ["--json", "| (sleep 5; cat)"],
];

for (const [title, make] of [
  [`${megabytes} MB in packets of 1,400 octets`, largePackets],
  [`${calls} calls, 20 at once`, (file: string) => manyCalls(file, { atOnce: 20, own: false })],
  [`${calls} calls, 1,500 at once`, (file: string) => manyCalls(file, { atOnce: 1500, own: true })],
] as const) {
  const file = join(folder, "capture.pcap");
  make(file);
  process.stdout.write(`${title}, ${Math.round(statSync(file).size / MEGABYTE)} MB\n\n`);
  let summary: number | undefined;
  for (const [words, shell = "> /dev/null"] of FORMS) {
    const { seconds, elapsed, mebibytes } = measured(`${file} ${words}`, shell);
    summary ??= seconds;
    const name = `${words.replaceAll(`${folder}/`, "")} ${shell === "> /dev/null" ? "" : shell}`.trim();
    const ratio = (seconds / summary).toFixed(2);
    process.stdout.write(
      `${(name || "ladders").padEnd(70)}${seconds.toFixed(1).padStart(7)} s  ${ratio.padStart(6)} ×${elapsed.toFixed(1).padStart(8)} s elapsed${String(mebibytes).padStart(6)} MiB\n`,
    );
    rmSync(join(folder, "pages"), { recursive: true, force: true });
  }
  process.stdout.write("\n");
  rmSync(file);
}
