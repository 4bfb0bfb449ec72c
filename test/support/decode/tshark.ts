import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { PROTOCOL } from "../../../server/ppp/protocols.ts";
import { CUT, type ShownField } from "../../../server/wire/shown-field.ts";
import { decodedFile } from "./decoded.ts";
import {
  ALL_NAMES,
  GRE,
  HEADERS,
  ICMP,
  IPV6,
  OPTIONS,
  PACKETS,
  PARTS,
  PPP,
  PPTP,
  RELATIVE,
  RESULTS,
} from "./tshark-names.ts";

type Values = Map<string, string[]>;

/** Protocols that have no layer of their own here. */
const OTHERS = new Map<number, string>([
  [PROTOCOL.cbcp, "cbcp"],
  [PROTOCOL.bacp, "bacp"],
]);

/** What was compared: how many values, and of which fields. */
export interface Compared {
  readonly values: number;
  readonly names: ReadonlySet<string>;
}

/** Numbers in one form, whichever base they are printed in. */
const plain = (value: string | number): string => {
  const text = String(value);
  if (/^(?:True|False)$/.test(text)) return text === "True" ? "1" : "0";
  return /^(?:0x[0-9a-f]+|\d+)$/i.test(text) ? String(Number(text)) : text.toLowerCase().replaceAll(":", "");
};

/** Fields that may stand there again: of packets in the tunnel, and of what a packet is carried in. */
const REPEATED = /^(?:ip|ipv6|tcp|gre)\./;

/**
 * What is known of a capture: `carried`, each packet in another one, whose headers come first; `cut`, of
 * which tshark shows less than is there.
 */
type Kind = "whole" | "carried" | "cut";

/**
 * Holds every field of every message, of the headers before it and of the PPP packet in it against what
 * Wireshark's dissectors make of it. Throws where one differs, in value or order, and where a packet that
 * tshark takes for PPTP or enhanced GRE has no row.
 */
export function compareWithTshark(file: string, kind: Kind = "whole"): Compared {
  const theirs = dissected(file);
  const options = { fields: true, packets: true, all: true, secrets: true };
  const { rows } = decodedFile(readFileSync(file), options);
  const ours = new Map<number, Values>();
  const rejecting = new Set<number>();
  const rowed = new Set<number>();
  for (const { frame, layer, from, text, fields = [] } of rows) {
    rowed.add(frame);
    if (from === "note" && fields.length === 0) continue;
    if (/^(?:Protocol|Code)-Reject /.test(text)) rejecting.add(frame);
    const values = ours.get(frame) ?? new Map<string, string[]>();
    // Several messages of one segment have the same headers.
    if (!ours.has(frame)) for (const field of fields) header(values, field);
    ours.set(frame, values);
    const protocol = fields.find(({ name }) => name === "protocol")?.value;
    if (layer !== "tcp") collect(values, OTHERS.get(Number(protocol)) ?? layer, fields);
  }
  const compared = { values: 0, names: new Set<string>() };
  for (const [frame, values] of ours)
    for (const [name, list] of values) {
      const all = theirs.get(frame)?.get(name) ?? [];
      if (kind === "cut" && (all.length === 0 || list.includes(CUT))) continue;
      const count = list.length;
      // The rejected packet inside is dissected there as well.
      const isRepeated = REPEATED.test(name) || rejecting.has(frame);
      const right = kind === "carried" && REPEATED.test(name) ? all.slice(-count) : all.slice(0, count);
      assert.deepEqual(list, isRepeated ? right : all, `frame ${frame}: ${name}`);
      compared.values += list.length;
      compared.names.add(name);
    }
  for (const [frame, values] of theirs) {
    const isOurs = values.has("gre.key.call_id") || values.get("tcp.dstport")?.[0] === "1723";
    assert.ok(!isOurs || rowed.has(frame), `frame ${frame} has no row`);
  }
  return compared;
}

const putInto =
  (values: Values) =>
  (name: string | undefined, value: number | string): void => {
    // What is empty is mostly not printed there.
    if (name !== undefined && value !== "") values.set(name, [...(values.get(name) ?? []), plain(value)]);
  };

/** Octets (RFC 8200 §3). */
const IPV6_HEADER = 40;

function header(values: Values, { name, fields = [] }: ShownField): void {
  if (name !== "ip" && name !== "tcp") return;
  const put = putInto(values);
  if (name === "ip" && fields[0]?.value === 6) {
    put(IPV6.version, 6);
    put(IPV6.length, Number(fields.find((field) => field.name === "total-length")!.value) - IPV6_HEADER);
    return;
  }
  for (const field of fields) {
    put(HEADERS[name][field.name], field.value);
    const [, relative] = /\((-?\d+) from the beginning\)$/.exec(field.text ?? "") ?? [];
    if (relative !== undefined) put(RELATIVE[field.name], relative);
  }
}

function collect(values: Values, layer: string, fields: readonly ShownField[]): void {
  const put = putInto(values);
  const type = fields.find(({ name }) => name === "control-message-type")?.value;
  for (const field of fields) {
    const { name, value, fields: parts = [] } = field;
    if (name === "icmp") for (const part of parts) put(ICMP[part.name], part.value);
    if (name === "icmp" || name === "ip" || name === "tcp") continue;
    if (layer === "pptp") put(name === "result" ? RESULTS[Number(type)] : PPTP[name], value);
    else if (name === "gre" || layer === "gre") {
      for (const one of name === "gre" ? parts : [field])
        for (const part of [one, ...(one.fields ?? [])]) put(GRE[part.name], part.value);
    } else if (PACKETS[`${layer} ${name}`] !== undefined) put(PACKETS[`${layer} ${name}`], value);
    else if (parts.some((part) => part.name === "type")) option(values, layer, field);
    else if (PPP[name] !== undefined && (name === "protocol" || !/^(?:chap|pap|eap)$/.test(layer)))
      put(PPP[name], value);
  }
}

function option(values: Values, layer: string, field: ShownField): void {
  if (UNKNOWN_THERE.test(`${layer} ${field.name}`)) return;
  const put = putInto(values);
  put(OPTIONS[`${layer} ${field.name}`], numberOf(field));
  for (const part of field.fields ?? []) {
    put((PARTS[`${field.name} ${part.name}`] ?? PARTS[part.name])?.replace("*", layer), part.value);
    for (const { name, value } of part.fields ?? []) put(PARTS[name], value);
  }
}

/** Options that tshark does not look into. */
const UNKNOWN_THERE = /^\w+ option-\d+$|^ipv6cp compression$/;

/** Of an option: dotted quads and decimal numbers as they are, other numbers from their digits. */
function numberOf({ value }: ShownField): number | string {
  const [, digits] = /^([0-9a-f]{8})(?:\(.*)?$/.exec(String(value)) ?? [];
  return digits === undefined ? value : Number.parseInt(digits, 16);
}

/** tshark prints reserved fields as octets. */
const inForm =
  (name: string) =>
  (text: string): string =>
    plain(name === "pptp.reserved" ? Number.parseInt(text, 16) : text);

/** Each frame's values by the name of their field, in their order. One run for all: a run costs a second. */
function dissected(file: string): Map<number, Values> {
  const separator = "\u001f";
  const parts = (column: string) => column.split(separator).filter((part) => part !== "");
  const names = ["frame.number", ...ALL_NAMES];
  const options = ["-E", "occurrence=a", "-E", `aggregator=${separator}`];
  const output = execFileSync(
    "tshark",
    ["-r", file, "-T", "fields", ...options, ...names.flatMap((name) => ["-e", name])],
    { encoding: "utf8", maxBuffer: 64 << 20, stdio: ["ignore", "pipe", "ignore"] },
  );
  const frames = new Map<number, Values>();
  for (const line of output.split("\n").filter((text) => text !== "")) {
    const [number, ...columns] = line.split("\t");
    const values: Values = new Map();
    for (const [i, column] of columns.entries())
      if (column !== "") values.set(ALL_NAMES[i]!, parts(column).map(inForm(ALL_NAMES[i]!)));
    frames.set(Number(number), values);
  }
  return frames;
}
