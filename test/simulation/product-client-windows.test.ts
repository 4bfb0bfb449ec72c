import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeMessage } from "../../server/pptp/messages/codec.ts";
import { toPeerCallId } from "../../server/wire/call-id.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { greFrame, greOf } from "../support/peers/gre-bytes.ts";
import {
  CCP,
  CHAP,
  CONFIGURE_REQUEST,
  frameOf,
  IPCP,
  LCP,
  type PppPacket,
  packetOf,
  TERMINATE_REQUEST,
  unframe,
} from "../support/peers/ppp-bytes.ts";
import { WINDOWS_SAYS } from "../support/peers/windows-terminations.ts";
import { lastAttempt } from "./dials.ts";
import { finished, scene } from "./product-dial.ts";
import { SERVER } from "./world.ts";

// How `pacctl dial` tells what a Windows server says by the numbers in its Terminate-Requests.

/** A path on which a packet of the server is another one; undefined: it is what it was. */
const path = (become: (packet: PppPacket) => PppPacket | undefined) => ({
  up: true,
  down: true,
  mangle(packet: Uint8Array): readonly Uint8Array[] {
    const callId = (packet[6]! << 8) | packet[7]!;
    const inside = greOf(packet, callId);
    if (inside === undefined) return [packet];
    const { protocol, rest } = unframe(inside.payload);
    const other = become(packetOf(protocol, rest));
    return [other === undefined ? packet : greFrame(callId, inside.sequence, frameOf(other))];
  },
});

const leaves = (number: keyof typeof WINDOWS_SAYS): PppPacket => ({
  protocol: LCP,
  code: TERMINATE_REQUEST,
  id: 9,
  data: WINDOWS_SAYS[number],
});

/** In place of its first word in this protocol. */
const insteadOf = (wanted: number, number: keyof typeof WINDOWS_SAYS, code?: number) =>
  path(({ protocol, code: was }) =>
    protocol === wanted && (code === undefined || was === code) ? leaves(number) : undefined,
  );

const SUCCESS = 3;

const SERVER_ADDRESS = parseIpv4(SERVER)!;
const OUR_ADDRESS = parseIpv4("198.51.100.7")!;

for (const [what, where, words, code, says] of [
  [
    "hangs up with 691 after the Response",
    insteadOf(CHAP, 691, SUCCESS),
    [],
    "bad-credentials",
    /error 691 \(wrong/,
  ],
  ["hangs up with 742 after the log-in", insteadOf(CCP, 742), [], "mppe-refused", /error 742 \(the other/],
  [
    "hangs up with 742 on a dial in clear",
    insteadOf(CCP, 742),
    ["--mppe", "none"],
    "mppe-demanded",
    /error 742 \(the other/,
  ],
  ["hangs up with 738 in IPCP", insteadOf(IPCP, 738), [], "ipcp-not-agreed", /error 738 \(it was/],
  ["hangs up with 0", insteadOf(CCP, 0), [], "hung-up-by-server", /error 0 \(none; its/],
] as const)
  test(`a Windows server that ${what} is told as ${code}`, async (t) => {
    const { world, dial } = await scene(t, { path: where });
    const { code: exit, out } = await finished(world, dial([...words]));
    assert.equal(exit, 1);
    assert.match(out, new RegExp(`^failed: ${code}$`, "m"), out);
    assert.match(out, says);
    assert.doesNotMatch(out, /\\x/);
  });

test("a Windows server that offers EAP alone and hangs up with 919 is told as auth-method-refused", async (t) => {
  let asked = 0;
  const offersEap = path(({ protocol, code, id }) => {
    if (protocol !== LCP || code !== CONFIGURE_REQUEST) return undefined;
    asked += 1;
    const data = Buffer.from("0304c227", "hex");
    return asked === 1 ? { protocol, code, id, data } : leaves(919);
  });
  const { world, dial } = await scene(t, { path: offersEap });
  const { out } = await finished(world, dial([]));
  assert.match(out, /^failed: auth-method-refused$/m, out);
  assert.match(out, /error 919 \(the other side refuses the configured authentication protocol\)/);
});

test("a Windows server that ends a tunnel by a Call-Clear-Request of its own has hung up", async (t) => {
  const { world, host, dial } = await scene(t);
  const run = dial(["--tun", "vpn0"]);
  await world.clock.advance(1000);
  const { trace } = await lastAttempt(world);
  const [, id] = /Outgoing-Call-Reply call-id=(\d+)/.exec(trace.map(({ text }) => text).join())!;
  host.tcp!.onData!(encodeMessage({ type: "call-clear-request", callId: toPeerCallId(Number(id)) }));
  const { out } = await finished(world, run);
  assert.match(out, /^END {3}Tunnel .*The tunnel was up for .*\. The server sent a Call-Clear-Request\./m);
  assert.match(out, /^ended: hung-up-by-server$/m);
});

for (const [what, late, code] of [
  ["in GRE a moment later", 50, "bad-credentials"],
  ["in GRE much later", 500, "hung-up-by-server"],
] as const)
  test(`a server whose Call-Clear-Request comes first, and its reason ${what}, is told as ${code}`, async (t) => {
    // The Success is what is not sent; its place in the sequence is free.
    let free: { readonly callId: number; readonly sequence: number } | undefined;
    const silent = {
      up: true,
      down: true,
      mangle(packet: Uint8Array): readonly Uint8Array[] {
        const callId = (packet[6]! << 8) | packet[7]!;
        const inside = greOf(packet, callId);
        if (inside === undefined || free !== undefined) return [];
        const { protocol, rest } = unframe(inside.payload);
        if (protocol !== CHAP || packetOf(protocol, rest).code !== SUCCESS) return [packet];
        free = { callId, sequence: inside.sequence };
        return [];
      },
    };
    const { world, host, dial } = await scene(t, { path: silent });
    const run = dial([]);
    for (let turn = 0; turn < 20; turn += 1) await world.settle();
    const { callId, sequence } = free!;
    host.tcp!.onData!(encodeMessage({ type: "call-clear-request", callId: toPeerCallId(callId) }));
    await world.clock.advance(late);
    host.gre.deliver(greFrame(callId, sequence, frameOf(leaves(691))), SERVER_ADDRESS, OUR_ADDRESS);
    const { out } = await finished(world, run);
    assert.match(out, new RegExp(`^failed: ${code}$`, "m"), out);
  });
