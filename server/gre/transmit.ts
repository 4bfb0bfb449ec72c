import type { PeerCallId } from "../wire/call-id.ts";
import { following } from "../wire/sequence.ts";
import { type Millis, millis } from "../wire/units.ts";
import type { GreHeader } from "./header.ts";
import type { ReceiveWindow } from "./receive-window.ts";

/**
 * A lone acknowledgement goes out when one has been owed for so long, in ms, and no data packet has taken it
 * along. What Windows uses; the timer is the caller's.
 */
export const LONE_ACK_AFTER: Millis = millis(100);

/**
 * The sending side of one tunnel. There is no flow control: acknowledgements from the peer are not waited
 * for, since the window of RFC 2637 §4.2 only ever slows a tunnel down (FreeBSD ng_pptpgre calls it a design
 * error).
 */
export class Transmit {
  readonly #peerCallId: PeerCallId;
  readonly #window: ReceiveWindow;
  /** RFC 2637 §4.1: "set to zero at session startup". */
  #next = 0;

  /** `peerCallId` is the key that the peer gave us; `window` knows what is owed an acknowledgement. */
  constructor(peerCallId: PeerCallId, window: ReceiveWindow) {
    this.#peerCallId = peerCallId;
    this.#window = window;
  }

  /** Fills the header of the next data packet; it takes an acknowledgement along if one is owed. */
  data(header: GreHeader, payloadLength: number): void {
    header.callId = this.#peerCallId;
    header.payloadLength = payloadLength;
    header.hasSequence = true;
    header.sequence = this.#next;
    this.#next = following(this.#next);
    header.hasAcknowledgement = this.#window.ackOwed;
    header.acknowledgement = header.hasAcknowledgement ? this.#window.takeAcknowledgement() : 0;
  }

  /** Fills the header of a lone acknowledgement; false, and nothing to send, where none is owed. */
  acknowledgement(header: GreHeader): boolean {
    if (!this.#window.ackOwed) return false;
    header.callId = this.#peerCallId;
    header.payloadLength = 0;
    header.hasSequence = false;
    header.sequence = 0;
    header.hasAcknowledgement = true;
    header.acknowledgement = this.#window.takeAcknowledgement();
    return true;
  }
}
