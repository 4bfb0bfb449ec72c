import { CODE } from "../../../server/ppp/codes.ts";
import { type CutPacket, wholeOptions } from "../../../server/ppp/cut-packet.ts";
import { authenticationProtocol } from "../../../server/ppp/lcp/authentication-protocol.ts";
import { decodeOptions } from "../../../server/ppp/option-list.ts";
import { equalOctets } from "../../../server/wire/bytes.ts";
import type { Side } from "../../capture/captured.ts";
import { type BySide, bySide, opposite } from "../side.ts";

/** What one side asked the other to log in with, and what it was told: values of LCP's option 3. */
export interface MethodOffers {
  /** Each once, in the order in which they were asked for first. */
  offered: readonly Uint8Array[];
  /** Those of them that the other side refused by Nak or Reject. */
  refused: readonly Uint8Array[];
  /** What the other side named in Naks, each once. */
  wanted: readonly Uint8Array[];
  /** The other side refused to log in at all, by Reject. */
  rejected: boolean;
  /** Of the last Configure-Request; undefined: it asks for no log-in, or none was sent. */
  asking: Uint8Array | undefined;
  /** What had been refused was asked for again. */
  insisted: boolean;
  /** Naks and Rejects of the option in a row. */
  refusals: number;
  /** The other side acknowledged what `asking` says. */
  agreed: boolean;
}

/** Who asked whom to log in by which method, over the time in which LCP is negotiated. */
export class MethodOffersWatch {
  readonly sides: BySide<MethodOffers> = bySide(nothing);

  /** An LCP packet. */
  packet(from: Side, { code, data, cut }: CutPacket): void {
    const values = valuesIn(cut ? wholeOptions(data) : data);
    const [value] = values;
    const own = this.sides[from];
    const other = this.sides[opposite(from)];
    switch (code) {
      case CODE.configureRequest:
        // LCP begins anew, in mid-session: what was said before belongs to the past.
        if (own.agreed) Object.assign(own, nothing());
        own.asking = value;
        if (value === undefined) return;
        own.offered = withValue(own.offered, value);
        own.insisted ||= own.refused.some((one) => equalOctets(one, value));
        return;
      case CODE.configureAck:
        seenInReply(other, value);
        other.agreed = true;
        other.refusals = 0;
        return;
      case CODE.configureNak:
      case CODE.configureReject:
        if (value === undefined) return;
        if (code === CODE.configureReject) seenInReply(other, value);
        other.refusals += 1;
        if (other.asking !== undefined) other.refused = withValue(other.refused, other.asking);
        if (code === CODE.configureReject) other.rejected = true;
        else
          for (const one of values)
            if (other.asking === undefined || !equalOctets(other.asking, one))
              other.wanted = withValue(other.wanted, one);
        return;
      default:
    }
  }
}

/** Has the other side refused what this one asks for, and it insists or has given up asking? */
export const isRefused = ({ asking, refused, rejected, agreed }: MethodOffers): boolean =>
  asking === undefined
    ? rejected || refused.length > 0
    : !agreed && refused.some((one) => equalOctets(one, asking));

const nothing = (): MethodOffers => ({
  offered: [],
  refused: [],
  wanted: [],
  rejected: false,
  insisted: false,
  asking: undefined,
  refusals: 0,
  agreed: false,
});

/** An Ack or Reject repeats what was asked for, which tells where the capture lacks the request. */
function seenInReply(asker: MethodOffers, value: Uint8Array | undefined): void {
  if (value === undefined || asker.asking !== undefined) return;
  asker.asking = value;
  asker.offered = withValue(asker.offered, value);
}

/** The octets of the capture do not last. */
function valuesIn(data: Uint8Array): readonly Uint8Array[] {
  const options = decodeOptions(data);
  if (!options.ok) return [];
  return options.value.flatMap(({ code, data: value }) =>
    code === authenticationProtocol.code ? [value.slice()] : [],
  );
}

/** Ours: values that are remembered; there are no more methods. */
const MAX_VALUES = 8;

const withValue = (values: readonly Uint8Array[], value: Uint8Array): readonly Uint8Array[] =>
  values.length >= MAX_VALUES || values.some((one) => equalOctets(one, value)) ? values : [...values, value];
