import { challengeOf, errorOf } from "../../../server/ppp/auth/ms-chap-outcome.ts";
import type { CutPacket } from "../../../server/ppp/cut-packet.ts";
import { withoutSecrets } from "../../../server/ppp/describe/describe-chap.ts";
import { withoutBegunSecret } from "../../../server/ppp/describe/describe-cut-frame.ts";
import { printable } from "../../../server/wire/printable.ts";
import { CUT } from "../../../server/wire/shown-field.ts";

/** What parts the words of a Failure. */
const SPACE = 0x20;

/** What a Failure of CHAP says. */
export interface Failure {
  /** E=; undefined where it has none. */
  readonly error: number | undefined;
  /** E= may have been there: the capture cut the message. */
  readonly isCut: boolean;
  /** Printable, without secrets. */
  readonly message: string;
  /** C=; undefined where it has none. */
  readonly challenge: Uint8Array | undefined;
}

/** Of one that is cut, the words that are whole. */
export function failureOf({ data, cut }: CutPacket): Failure {
  const whole = cut ? data.subarray(0, Math.max(0, data.lastIndexOf(SPACE))) : data;
  const error = errorOf(whole);
  const said = withoutSecrets(cut ? withoutBegunSecret(data) : data);
  return {
    error,
    isCut: cut && error === undefined,
    message: `${printable(said)}${cut ? CUT : ""}`,
    challenge: challengeOf(whole),
  };
}
