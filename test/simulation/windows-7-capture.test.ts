import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { type Ipv4, parseIpv4 } from "../../server/wire/ipv4.ts";
import { readPcap } from "../support/lab/pcap.ts";
import { IPV6CP } from "../support/peers/habits.ts";
import { CCP, CONFIGURE_REQUEST, IPCP, LCP, packetOf, unframe } from "../support/peers/ppp-bytes.ts";
import { PptpClient } from "../support/peers/pptp-client.ts";
import { WINDOWS_7 } from "../support/peers/windows.ts";
import { ALICE } from "./dials.ts";
import { createWorld } from "./world.ts";

// Windows 7 against pptpd, as captured, and the simulated Windows 7 against pacd: octet for octet the same,
// wherever what it says is its own choice. Its Acks, its Response and its Echo-Reply repeat what the server
// chose.

const CAPTURE = new URL("../../../shared/captures/win7-to-pptpd.pcap", import.meta.url);
const skip = existsSync(CAPTURE) ? false : "the captures are not beside the repository";

const WINDOWS = "192.168.2.5";
const PPTPD = "192.168.2.2";
/** What pptpd gave it. */
const GIVEN = "192.168.2.234";

const IDENTIFICATION = 12;
const SET_LINK_INFO = 15;

interface Said {
  /** Control messages, one after the other. */
  readonly control: readonly Buffer[];
  /** PPP frames as they stand in GRE, address and control field included. */
  readonly frames: readonly Buffer[];
}

/** The capture's half that Windows sent; TCP sent one segment twice. */
function captured(): Said {
  const sent = readPcap(readFileSync(CAPTURE)).filter(({ from }) => from === WINDOWS);
  const segments = sent
    .filter(({ protocol, payload }) => protocol === 6 && payload.length > 4 * (payload[12]! >>> 4))
    .map(({ payload }) => ({
      at: payload.readUInt32BE(4),
      octets: payload.subarray(4 * (payload[12]! >>> 4)),
    }));
  const once = segments.filter(({ at }, index) => segments.findIndex((other) => other.at === at) === index);
  const frames = sent.flatMap(({ protocol, payload }) => {
    const length = payload.readUInt16BE(4);
    const header = 8 + (payload[0]! & 0x10 ? 4 : 0) + (payload[1]! & 0x80 ? 4 : 0);
    return protocol === 47 && length > 0 ? [payload.subarray(header, header + length)] : [];
  });
  return { control: once.map(({ octets }) => octets), frames };
}

/** What the simulated Windows 7 sends until it is up, with the addresses of the capture. */
async function simulated(t: Parameters<typeof createWorld>[0]): Promise<Said> {
  const address = (text: string): Ipv4 => parseIpv4(text)!;
  const world = await createWorld(t, (config) => ({
    ...config,
    tunnel: {
      ...config.tunnel,
      localAddress: address(PPTPD),
      pool: [{ first: address(GIVEN), last: address(GIVEN) }],
    },
  }));
  await world.store.users.create(ALICE);
  const said = { control: [] as Buffer[], frames: [] as Buffer[] };
  const overheard: typeof world = {
    ...world,
    connect: (from) => {
      const tcp = world.connect(from);
      const write = tcp.write.bind(tcp);
      tcp.write = (octets) => {
        said.control.push(Buffer.from(octets));
        write(octets);
      };
      return tcp;
    },
    gre: (from, packet) => {
      said.frames.push(Buffer.from(packet.subarray(12)));
      world.gre(from, packet);
    },
  };
  const client = new PptpClient(overheard, WINDOWS_7);
  client.dial();
  await world.settle();
  assert.ok(client.up);
  return said;
}

/** Without the server's call ID, which is another in each dial. */
function controlOf({ control }: Said): readonly string[] {
  return control.map((octets) => {
    const message = Buffer.from(octets);
    if (message.readUInt16BE(8) === SET_LINK_INFO) message.writeUInt16BE(0, 12);
    return message.toString("hex");
  });
}

/** The frames that are its own choice, in order. */
const ownFrames = ({ frames }: Said): readonly Buffer[] =>
  frames.filter((frame) => {
    const { protocol, rest } = unframe(frame);
    if (protocol !== LCP && protocol !== CCP && protocol !== IPCP && protocol !== IPV6CP) return false;
    const { code } = packetOf(protocol, rest);
    return code === CONFIGURE_REQUEST || code === IDENTIFICATION;
  });

const isIpcp = (frame: Buffer) => unframe(frame).protocol === IPCP;

test("the simulated Windows 7 says on the control connection what the captured one said, octet for octet", {
  skip,
}, async (t) => {
  const said = controlOf(await simulated(t));
  assert.equal(said.length, 4, "Start, call request, Set-Link-Info twice");
  assert.deepEqual(said, controlOf(captured()));
});

test("the simulated Windows 7 asks in LCP, CCP, IPV6CP and IPCP for what the captured one asked, octet for octet", {
  skip,
}, async (t) => {
  const said = ownFrames(await simulated(t)).map((frame) => frame.toString("hex"));
  // pptpd answered the early IPCP request with Terminate-Ack, so that Windows said it twice; each later one
  // has one more as its identifier for that.
  const heard = ownFrames(captured());
  const again = heard.findIndex(
    (frame, index) => isIpcp(frame) && isIpcp(heard[index - 1] ?? frame) && index > 0,
  );
  const once = heard
    .filter((_, index) => index !== again)
    .map((frame, index) => {
      const copy = Buffer.from(frame);
      if (index >= again) copy[3]! -= 1; // protocol in two octets, then code and identifier
      return copy.toString("hex");
    });
  assert.equal(once.length, 2 + 3 + 1 + 1 + 3);
  assert.deepEqual(said, once);
});
