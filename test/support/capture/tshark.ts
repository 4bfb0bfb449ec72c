import { execFileSync } from "node:child_process";
import { fromHex } from "../bytes.ts";

/** All octets of one TCP connection: of the end that spoke first, and of the other. */
interface Followed {
  readonly here: Uint8Array;
  readonly there: Uint8Array;
}

/** What Wireshark's dissectors make of a file. */
export interface Dissection<Name extends string> {
  /** Fields of every packet; empty where it has none. */
  readonly packets: readonly Readonly<Record<Name, string>>[];
  readonly streams: readonly Followed[];
}

/**
 * Fields of all packets of a file, and so many of its TCP connections. One run for all of it: a run costs a
 * second. GRE is not dissected, so that its octets are `data.data`.
 */
export function dissected<Name extends string>(
  file: string,
  names: readonly Name[],
  streams = 0,
): Dissection<Name> {
  const asked = names.flatMap((name) => ["-e", name]);
  const follow = Array.from({ length: streams }, (_, i) => ["-z", `follow,tcp,raw,${i}`]).flat();
  const options = ["-r", file, "--disable-protocol", "gre", "-T", "fields", ...asked, ...follow];
  const output = execFileSync("tshark", options, {
    encoding: "utf8",
    maxBuffer: 256 << 20,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [table = "", ...parts] = output.split(/^=+\nFollow: /m);
  const lines = table.split("\n").filter((line) => /^\d/.test(line));
  const packets = lines.map((line) => {
    const values = line.split("\t");
    return Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""])) as Record<Name, string>;
  });
  return { packets, streams: parts.map(followed) };
}

function followed(part: string): Followed {
  const of = (pattern: RegExp) => fromHex([...part.matchAll(pattern)].map((match) => match[1]!).join(""));
  return { here: of(/^([0-9a-f]+)$/gm), there: of(/^\t([0-9a-f]+)$/gm) };
}

/** Another file format for the same packets; `format` is one of editcap's. */
export function converted(file: string, format: string): string {
  const to = `${file}.${format}`;
  execFileSync("editcap", ["-F", format, file, to], { stdio: "ignore" });
  return to;
}

/** Source of the innermost IP packet of each frame of a file, if that holds GRE with PPP in it. */
export function innermostSources(file: string): string[] {
  const fields = ["ip.src", "ipv6.src", "frame.protocols"].flatMap((name) => ["-e", name]);
  const options = ["-r", file, "-d", "udp.port==8472,vxlan", "-T", "fields", "-E", "occurrence=l", ...fields];
  const output = execFileSync("tshark", options, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return output
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t"))
    .map(([v4, v6, protocols]) =>
      !protocols!.includes(":gre:ppp") && !protocols!.endsWith(":gre")
        ? ""
        : protocols!.lastIndexOf(":ipv6:") > protocols!.lastIndexOf(":ip:")
          ? v6!
          : v4!,
    );
}
