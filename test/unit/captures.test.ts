import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { GRE_OK, GreHeader, readGre } from "../../server/gre/header.ts";
import { describeFrame } from "../../server/ppp/describe/describe-frame.ts";
import { Framer } from "../../server/pptp/framer.ts";
import { describeMessage, encodeMessage } from "../../server/pptp/messages/codec.ts";
import { type CapturedPacket, readPcap } from "../support/lab/pcap.ts";

const FOLDER = new URL("../../../shared/captures/", import.meta.url);
const skip = existsSync(FOLDER) ? false : "the captures are not beside the repository";
const GRE = 47;

const packets = (name: string): CapturedPacket[] => readPcap(readFileSync(new URL(name, FOLDER)));

/** The PPP frame in a GRE packet; undefined for an acknowledgement alone, or what does not come from PPTP. */
function pppOf({ payload }: CapturedPacket): Uint8Array | undefined {
  const header = new GreHeader();
  if (readGre(payload, 0, payload.length, header) !== GRE_OK) return undefined;
  const { payloadOffset, payloadLength } = header;
  return payloadLength === 0 ? undefined : payload.subarray(payloadOffset, payloadOffset + payloadLength);
}

/** The control messages of a capture: one framer for each direction of the one connection. */
function messages(all: readonly CapturedPacket[]) {
  const framers = new Map<string, Framer>();
  return all.flatMap(({ protocol, payload, from }) => {
    if (protocol !== 6 || (payload.readUInt16BE(0) !== 1723 && payload.readUInt16BE(2) !== 1723)) return [];
    const framer = framers.get(from) ?? new Framer();
    framers.set(from, framer);
    const octets = payload.subarray(4 * (payload[12]! >>> 4));
    return framer.push(octets).map((result) => ({ result, octets }));
  });
}

test("all captures: every control message decodes, and encodes to its octets again", { skip }, () => {
  let count = 0;
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith(".pcap"))) {
    for (const { result, octets } of messages(packets(name))) {
      assert.ok(result.ok, `${name}: ${JSON.stringify(result)}`);
      assert.match(describeMessage(result.value), /^[\x20-\x7e]+$/, name);
      // Windows as a server leaves octets of its own in a reserved field.
      if (result.value.type === "set-link-info") octets.fill(0, 14, 16);
      const again = Buffer.from(encodeMessage(result.value));
      assert.equal(again.length, octets.length, name);
      assert.deepEqual(again.subarray(12), octets.subarray(12), `${name}: ${result.value.type}`);
      count += 1;
    }
  }
  assert.equal(count, 19, "18, of which TCP sent one twice");
});

test("all captures: every PPP frame in GRE has a line in a trace", { skip }, () => {
  let count = 0;
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith(".pcap"))) {
    for (const packet of packets(name).filter(({ protocol }) => protocol === GRE)) {
      const frame = pppOf(packet);
      if (frame === undefined) continue;
      const { layer, text } = describeFrame(frame);
      assert.doesNotMatch(text, /malformed|\?/, `${name}: ${layer} ${text}`);
      count += 1;
    }
  }
  assert.equal(count, 71);
});

test("the EAP packets of CVE-2020-8597 are lines of a trace, and show no more than a length", {
  skip,
}, () => {
  const [first, ...others] = packets("cve-2020-8597-eap.pcap");
  assert.equal(others.length, 1);
  // GRE without a sequence number: the frame begins behind the key.
  assert.deepEqual(describeFrame(first!.payload.subarray(8)), {
    layer: "eap",
    text: "Request id=0 type=4(md5-challenge) data=(273 octets)",
  });
});

const CODES: Readonly<Record<string, string>> = {
  ConfReq: "Configure-Request",
  ConfAck: "Configure-Ack",
  ConfNak: "Configure-Nak",
  ConfRej: "Configure-Reject",
  TermAck: "Terminate-Ack",
  ProtRej: "Protocol-Reject",
  EchoReq: "Echo-Request",
  EchoRep: "Echo-Reply",
  Ident: "Identification",
};

const OPTIONS: readonly (readonly [RegExp, string])[] = [
  [/MPPE=01000040\S*/, "mppe=01000040(stateless,128)"],
  [/Auth=CHAP-MSv2/, "auth=ms-chap-v2"],
  [/Addr=/, "address="],
  [/NBNS/g, "wins"],
  [/Callback=06/, "callback=cbcp"],
];

/** A line of the timeline, which somebody else's dissector wrote, in the words of our traces. */
function expected(line: string): { layer: string; head: string; options: string | undefined } | undefined {
  const match = / 192\.168\.\S+ (LCP|CHAP|CCP|IPCP) (\w+) (?:id=(\d+))?(.*)$/.exec(line);
  if (match === null) return undefined;
  const [, layer, code, id, rest] = match;
  const list = /^ \[(.*?)\](?:$| )/.exec(rest!.replace(/\[stateless\(H\)\+S128\]/, ""))?.[1];
  const translated = OPTIONS.reduce((text, [from, to]) => text.replace(from, to), list ?? "");
  const lower = translated.replace(/(MRU|ACCM|Magic|PFC|ACFC|Callback|DNS)/g, (name) => name.toLowerCase());
  return {
    layer: layer!.toLowerCase(),
    head: `${CODES[code!] ?? code} id=${id}`,
    options: list === undefined ? undefined : lower,
  };
}

test("Windows 7 capture: our traces say what the timeline says, frame by frame", { skip }, () => {
  const timeline = readFileSync(new URL("win7-to-pptpd.timeline.txt", FOLDER), "utf8").split("\n");
  const want = timeline.flatMap((line) => expected(line) ?? []);
  const have = packets("win7-to-pptpd.pcap")
    .filter(({ protocol }) => protocol === GRE)
    .flatMap((packet) => pppOf(packet) ?? [])
    .map(describeFrame)
    .filter(({ layer }) => layer !== "ppp" && layer !== "ipv6cp");
  assert.equal(have.length, want.length);
  for (const [index, { layer, head, options }] of want.entries()) {
    const line = have[index]!;
    assert.equal(line.layer, layer);
    if (options === undefined) assert.ok(`${line.text} `.startsWith(`${head} `), `${line.text}, not ${head}`);
    else assert.equal(line.text, `${head} ${options}`);
  }
});
