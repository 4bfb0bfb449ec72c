import assert from "node:assert/strict";
import { decodeEapHead, encodeEapHead } from "../../../server/ppp/auth/eap.ts";
import { decodeEapMsChapV2, encodeEapMsChapV2 } from "../../../server/ppp/auth/eap-ms-chap-v2.ts";
import { cbcp } from "../../../server/ppp/cbcp/cbcp.ts";
import { ccp } from "../../../server/ppp/ccp/ccp.ts";
import { describeFrame } from "../../../server/ppp/describe/describe-frame.ts";
import { decodeFrame, encodeFrame } from "../../../server/ppp/frame.ts";
import { ipcp } from "../../../server/ppp/ipcp/ipcp.ts";
import { ipv6cp } from "../../../server/ppp/ipv6cp/ipv6cp.ts";
import { lcp } from "../../../server/ppp/lcp/lcp.ts";
import { decodeOptions, encodeOptions, sameOptions } from "../../../server/ppp/option-list.ts";
import { decodePacket, encodePacket } from "../../../server/ppp/packet.ts";
import {
  decodeTerminateData,
  encodeTerminateData,
  terminateText,
  terminateWords,
} from "../../../server/ppp/terminate-data.ts";
import { equalOctets } from "../../../server/wire/bytes.ts";
import { fc } from "../../support/fc.ts";
import { fieldLines } from "../../support/field-lines.ts";
import { spoilt } from "../changes.ts";
import { CCP, FRAMES, IPCP, LCP, OTHERS } from "../seeds.ts";
import type { Target } from "../target.ts";

/** Characters of the longest line of a trace. */
const MAX_LINE = 2000;
const LINE = new RegExp(`^[ -~…]{1,${MAX_LINE}}$`);

export const pppFrame: Target = {
  name: "ppp-frame",
  share: 120,
  inputs: spoilt(FRAMES),
  run(input) {
    assert.match(describeFrame(input).text, LINE);
    const frame = decodeFrame(input);
    if (!frame.ok) return;
    const { protocol, information } = frame.value;
    const again = decodeFrame(encodeFrame(protocol, information));
    assert.ok(again.ok && again.value.protocol === protocol);
    assert.ok(equalOctets(again.value.information, information));
    const packet = decodePacket(information);
    if (!packet.ok) return;
    const encoded = encodePacket(packet.value);
    assert.ok(equalOctets(encoded, information.subarray(0, encoded.length)));
    const eap = decodeEapHead(packet.value);
    if (eap.ok) {
      assert.ok(equalOctets(encodeEapHead(eap.value), packet.value.data));
      const inner = decodeEapMsChapV2(eap.value.data);
      if (inner.ok && inner.value.msLength === eap.value.data.length)
        assert.ok(equalOctets(encodeEapMsChapV2(inner.value.chap), eap.value.data));
    }
    const terminate = decodeTerminateData(packet.value.data);
    assert.match(`${terminateText(terminate)} ${terminateWords(terminate)}`, LINE);
    assert.ok(equalOctets(encodeTerminateData(terminate), packet.value.data));
  },
};

const optionLists = [...LCP, ...CCP, ...IPCP, ...OTHERS].map((packet) => packet.subarray(4));

export const optionList: Target = {
  name: "option-list",
  share: 80,
  inputs: fc.oneof(spoilt(optionLists), fc.uint8Array({ maxLength: 64 })),
  run(input) {
    const result = decodeOptions(input);
    if (!result.ok) return assert.ok(result.at <= input.length);
    const options = result.value;
    assert.ok(equalOctets(encodeOptions(options), input));
    assert.ok(sameOptions(options, options));
    for (const protocol of [lcp, ccp, ipcp, ipv6cp, cbcp]) {
      for (const option of protocol.options) {
        option.in(options);
        for (const { data } of options) {
          assert.match(option.describe(data), LINE);
          const { words = "", parts } = option.show(data);
          assert.match(words + fieldLines(parts).join(""), /^[ -~…]*$/);
        }
      }
    }
  },
};
