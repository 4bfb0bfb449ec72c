import assert from "node:assert/strict";
import { test } from "node:test";
import { CARRIERS } from "../../support/capture/carriers.ts";
import { ipv4 } from "../../support/capture/frames.ts";
import { DialCapture } from "../../support/decode/dial-capture.ts";
import { pacctl, type Run } from "../../support/pacctl.ts";

/** What is said of a file. */
const decode = (file: Uint8Array, ...words: readonly string[]): Promise<Run> =>
  pacctl(["decode", "dial.pcap", ...words], {
    fetch: () => Promise.reject(new Error("a capture needs no API")),
    openCapture: async () => ({
      chunks: (async function* () {
        yield file;
      })(),
      size: file.length,
    }),
  });

test("packets that may hide a dial: it is not said that there is none, and what would read them is", async () => {
  const hidden = new DialCapture();
  for (let i = 0; i < 712; i += 1) hidden.add(ipv4({ protocol: 50 }, new Uint8Array(40)));
  hidden.add(ipv4({ protocol: 253 }, new Uint8Array(40)));
  const { code, out } = await decode(hidden.file());
  assert.equal(code, 0);
  assert.equal(
    out,
    [
      "713 packets: 0 of GRE, 0 of control connections. No PPTP in what could be read.",
      "  712 packets of ESP (IPsec): what is inside is encrypted; capture behind the gateway that decrypts it.",
      "  1 packet of IP protocol 253: its header is not read here; capture on the tunnel's own interface, at one of its ends.",
      "",
    ].join("\n"),
  );
  const json = await decode(hidden.file(), "--json");
  const [esp, other] = JSON.parse(json.out).unread;
  assert.deepEqual([esp.what, esp.packets, other.what, other.number], ["esp", 712, "ip-protocol", 253]);
  assert.match(esp.text, /^ESP \(IPsec\): /);
});

test("GRE that belongs to nothing is not called the absence of PPTP", async () => {
  const lone = new DialCapture();
  lone.raw("client", Uint8Array.of(0, 0, 0x20, 1, 0, 0));
  const { out } = await decode(lone.file());
  assert.match(
    out,
    /^1 packet: 1 of GRE, .* No PPTP in what could be read\.\n {2}1 packet of GRE with type 0x2001: .*\n$/,
  );
});

test("many kinds that are not read: the most frequent are named, the others counted", async () => {
  const many = new DialCapture();
  for (let protocol = 200; protocol < 220; protocol += 1) many.add(ipv4({ protocol }, new Uint8Array(8)));
  const { out } = await decode(many.file());
  assert.equal(out.match(/ of IP protocol /g)?.length, 12);
  assert.match(out, /\n {2}8 packets of 8 other kinds that are not read here\.\n$/);
});

test("a file without packets says so", async () => {
  const { code, out } = await decode(new DialCapture().file());
  assert.equal(code, 0);
  assert.match(out, /^There are no packets in it/);
});

test("packets cut before what they carry are named once, with the option that keeps all of them", async () => {
  const cut = new DialCapture();
  const packet = CARRIERS["VXLAN"]!(ipv4({ protocol: 47 }, new Uint8Array(40)));
  for (let i = 0; i < 3; i += 1) cut.add(packet.slice(0, 50), packet.length);
  const { out } = await decode(cut.file());
  assert.equal(
    out,
    [
      "3 packets: 0 of GRE, 0 of control connections. No PPTP in what could be read.",
      "  3 packets of what was cut before its inner headers: capture whole packets (tcpdump -s 0).",
      "",
    ].join("\n"),
  );
});
