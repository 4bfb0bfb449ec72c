import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { concat } from "../../../../server/wire/bytes.ts";
import { CARRIERS } from "../../../support/capture/carriers.ts";
import { enhancedPacket, interfaceDescription, sectionHeader } from "../../../support/capture/files.ts";
import { ethernet } from "../../../support/capture/frames.ts";
import { ETHERNET, IPV4 } from "../../../support/capture/link-frames.ts";
import { MORE_LINKS } from "../../../support/capture/more-links.ts";
import { ofKind, read } from "../../../support/capture/read.ts";
import { innermostSources } from "../../../support/capture/tshark.ts";
import { needs } from "../../../support/needs.ts";

const folder = mkdtempSync(join(tmpdir(), "pacd-carriers-"));
after(() => rmSync(folder, { recursive: true }));

/**
 * What tshark 4.0 does not read, or guesses otherwise: IPv4 where IPv6 is announced, numbers that are used
 * otherwise than registered, pseudowires by the addresses of their frames.
 */
const NOT_THEIRS =
  /^(6in|Teredo|PPPoE of a Multilink bundle, short|(Cisco.s HDLC|Frame Relay) with a direction|Ethernet pseudowire|PPP under the number|PPP of pppd|IPNET|NFLOG of a big|netANA|tag of)|preamble/;

const CASES = [
  ...MORE_LINKS,
  ...Object.entries(CARRIERS).map(([name, wrap]) => [name, ETHERNET, ethernet(wrap(IPV4))] as const),
].filter(([name, linkType]) => !NOT_THEIRS.test(name) && linkType !== 219);

test("each carrier and kind of network as tshark has it", { skip: needs({ programs: ["tshark"] }) }, () => {
  const types = [...new Set(CASES.map(([, linkType]) => linkType))];
  const file = concat(
    sectionHeader("little"),
    ...types.map((linkType) => interfaceDescription("little", { linkType })),
    ...CASES.map(([, linkType, octets], i) =>
      enhancedPacket("little", BigInt(i), { octets, interfaceId: types.indexOf(linkType) }),
    ),
  );
  const path = join(folder, "carriers.pcapng");
  writeFileSync(path, file);
  const ours = ofKind(read(file), "gre").map(({ source }) => source);
  const name = (list: readonly string[]) => list.map((source, i) => `${CASES[i]![0]}: ${source}`);
  assert.deepEqual(name(ours), name(innermostSources(path)));
});
