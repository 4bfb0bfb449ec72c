import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { ShownField } from "../../../server/wire/shown-field.ts";
import { decodedFile } from "./decoded.ts";

/**
 * Our names of fields, by layer and, where that is not enough, what is around them; tshark's name for each.
 */
const PPTP: Readonly<Record<string, string>> = {
  length: "pptp.length",
  "pptp-message-type": "pptp.type",
  "magic-cookie": "pptp.magic_cookie",
  "control-message-type": "pptp.control_message_type",
  version: "pptp.protocol_version",
  "framing-capabilities": "pptp.framing_capabilities",
  "bearer-capabilities": "pptp.bearer_capabilities",
  "maximum-channels": "pptp.maximum_channels",
  "firmware-revision": "pptp.firmware_revision",
  error: "pptp.error",
  reason: "pptp.reason",
  identifier: "pptp.identifier",
  "call-id": "pptp.call_id",
  "peer-call-id": "pptp.peer_call_id",
  "call-serial-number": "pptp.call_serial_number",
  "minimum-bps": "pptp.minimum_bps",
  "maximum-bps": "pptp.maximum_bps",
  "framing-type": "pptp.framing_type",
  "bearer-type": "pptp.bearer_type",
  "receive-window": "pptp.packet_receive_window_size",
  "processing-delay": "pptp.packet_processing_delay",
  "phone-number-length": "pptp.phone_number_length",
  cause: "pptp.cause",
  "connect-speed": "pptp.connect_speed",
  "physical-channel-id": "pptp.physical_channel_id",
  "send-accm": "pptp.send_accm",
  "receive-accm": "pptp.receive_accm",
};

/** The field that every message calls result, by its Control Message Type. */
const RESULTS: Readonly<Record<number, string>> = {
  2: "pptp.control_result",
  4: "pptp.stop_result",
  6: "pptp.echo_result",
  8: "pptp.out_result",
  13: "pptp.disc_result",
};

const GRE: Readonly<Record<string, string>> = {
  "flags-and-version": "gre.flags_and_version",
  "C-checksum-present": "gre.flags.checksum",
  "R-routing-present": "gre.flags.routing",
  "K-key-present": "gre.flags.key",
  "S-sequence-present": "gre.flags.sequence_number",
  "s-strict-source-route": "gre.flags.strict_source_route",
  "recursion-control": "gre.flags.recursion_control",
  "A-acknowledgement-present": "gre.flags.ack",
  version: "gre.flags.version",
  "protocol-type": "gre.proto",
  "payload-length": "gre.key.payload_length",
  "call-id": "gre.key.call_id",
  "sequence-number": "gre.sequence_number",
  "acknowledgement-number": "gre.ack_number",
};

/** Options by the layer in front of them. */
const OPTIONS: Readonly<Record<string, string>> = {
  "lcp mru": "lcp.opt.mru",
  "lcp accm": "lcp.opt.asyncmap",
  "lcp magic": "lcp.opt.magic_number",
  "ccp mppe": "ccp.opt.supported_bits",
  "ipcp address": "ipcp.opt.ip_address",
  "ipcp dns1": "ipcp.opt.pri_dns_address",
  "ipcp dns2": "ipcp.opt.sec_dns_address",
  "ipcp wins1": "ipcp.opt.pri_nbns_address",
  "ipcp wins2": "ipcp.opt.sec_nbns_address",
};

const MPPE_BITS: Readonly<Record<string, string>> = {
  "H-stateless": "ccp.opt.supported_bits.h",
  "M-56": "ccp.opt.supported_bits.m",
  "S-128": "ccp.opt.supported_bits.s",
  "L-40": "ccp.opt.supported_bits.l",
  "D-obsolete": "ccp.opt.supported_bits.d",
  "C-mppc": "ccp.opt.supported_bits.c",
};

/** Of the packets of authentication. */
const LOG_IN: Readonly<Record<string, string>> = {
  "chap code": "chap.code",
  "chap identifier": "chap.identifier",
  "chap length": "chap.length",
  "chap value-size": "chap.value_size",
  "chap value": "chap.value",
  "chap name": "chap.name",
  "chap message": "chap.message",
  "pap code": "pap.code",
  "pap identifier": "pap.identifier",
  "pap length": "pap.length",
  "pap peer-id": "pap.peer_id",
  "pap password": "pap.password",
};

const PPP: Readonly<Record<string, string>> = {
  protocol: "ppp.protocol",
  code: "ppp.code",
  identifier: "ppp.identifier",
  length: "ppp.length",
};

const NAMES = [
  ...new Set([PPTP, RESULTS, GRE, OPTIONS, MPPE_BITS, LOG_IN, PPP].flatMap((table) => Object.values(table))),
];

type Values = Map<string, string[]>;

/** Numbers in one form, whichever base they are printed in. */
const plain = (value: string | number): string => {
  const text = String(value);
  if (/^(?:True|False)$/.test(text)) return text === "True" ? "1" : "0";
  return /^(?:0x[0-9a-f]+|\d+)$/i.test(text) ? String(Number(text)) : text.toLowerCase().replaceAll(":", "");
};

/**
 * Holds every field of every message, GRE header and PPP packet in a capture against what Wireshark's
 * dissectors make of it. Throws where one differs, in value or order. Returns how many were compared.
 */
export function compareWithTshark(file: string): number {
  const theirs = dissected(file);
  const { rows } = decodedFile(readFileSync(file), { fields: true, packets: true, secrets: true });
  const ours = new Map<number, Values>();
  const rejecting = new Set<number>();
  for (const { frame, layer, from, text, fields = [] } of rows) {
    if (from === "note" || layer === "tcp") continue;
    if (/^(?:Protocol|Code)-Reject /.test(text)) rejecting.add(frame);
    const values = ours.get(frame) ?? new Map<string, string[]>();
    ours.set(frame, values);
    collect(values, layer, fields);
  }
  let compared = 0;
  for (const [frame, values] of ours)
    for (const [name, list] of values) {
      const all = theirs.get(frame)?.get(name) ?? [];
      // The rejected packet inside is dissected there as well.
      const right = rejecting.has(frame) ? all.slice(0, list.length) : all;
      assert.deepEqual(list, right, `frame ${frame}: ${name}`);
      compared += list.length;
    }
  return compared;
}

function collect(values: Values, layer: string, fields: readonly ShownField[]): void {
  const put = (name: string | undefined, value: number | string) => {
    if (name !== undefined) values.set(name, [...(values.get(name) ?? []), plain(value)]);
  };
  const type = fields.find(({ name }) => name === "control-message-type")?.value;
  for (const field of fields) {
    const { name, value, fields: parts = [] } = field;
    if (layer === "pptp") put(name === "result" ? RESULTS[Number(type)] : PPTP[name], value);
    else if (name === "gre" || layer === "gre") {
      for (const one of name === "gre" ? parts : [field])
        for (const part of [one, ...(one.fields ?? [])]) put(GRE[part.name], part.value);
    } else if (name === "protocol") put(PPP["protocol"], value);
    else if (layer === "chap" || layer === "pap") put(LOG_IN[`${layer} ${name}`], value);
    else if (PPP[name] !== undefined) put(PPP[name], value);
    else if (parts.length > 0) {
      put(OPTIONS[`${layer} ${name}`], numberOf(field));
      for (const part of parts) put(MPPE_BITS[part.name], part.value);
    }
  }
}

/** Of an option: dotted quads and decimal numbers as they are, other numbers from their digits. */
function numberOf({ value }: ShownField): number | string {
  const [, digits] = /^([0-9a-f]{8})(?:\(.*)?$/.exec(String(value)) ?? [];
  return digits === undefined ? value : Number.parseInt(digits, 16);
}

/** Each frame's values by the name of their field, in their order. */
function dissected(file: string): Map<number, Values> {
  const separator = "\u001f";
  const names = ["frame.number", ...NAMES];
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
      if (column !== "") values.set(NAMES[i]!, column.split(separator).map(plain));
    frames.set(Number(number), values);
  }
  return frames;
}
