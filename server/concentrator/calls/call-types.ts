import type { DataPlane } from "../../data-plane/data-plane.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Random } from "../../platform/random.ts";
import type { CallId, PeerCallId } from "../../wire/call-id.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import type { Millis } from "../../wire/units.ts";
import type { LeaseServices } from "../addresses/dial-lease.ts";
import type { LogInServices } from "../log-in/log-in-dial.ts";
import type { WrongLogIns } from "../log-in/wrong-log-ins.ts";
import type { WatchServices } from "../policy/session-watch.ts";
import type { UserPlaces } from "../policy/user-places.ts";
import type { StartRequestNames } from "../records/client-identity.ts";
import type { RecordServices } from "../records/dial-record.ts";
import type { Calls, RegisteredCall } from "./calls.ts";
import type { DisconnectCodes } from "./disconnect-codes.ts";
import type { LinkServices } from "./link-runner.ts";

/** What a call needs of the server around it: all that the rooms below it need, and its own. */
export interface CallServices
  extends LeaseServices,
    LinkServices,
    LogInServices,
    RecordServices,
    WatchServices {
  readonly clock: Clock;
  readonly log: LinkServices["log"] & LogInServices["log"] & RecordServices["log"];
  readonly plane: LinkServices["plane"] & WatchServices["plane"] & Pick<DataPlane, "link" | "remove">;
  readonly random: Random;
  readonly places: Pick<UserPlaces, "claim" | "leave">;
  readonly wrongLogIns: LogInServices["wrongLogIns"] & Pick<WrongLogIns, "cameUp">;
  /** The registry, as far as a call tells it of itself. */
  readonly calls: Pick<Calls<RegisteredCall>, "loggedIn" | "sessionUp" | "sessionOver" | "remove">;
  readonly penalties: Penalties;
}

/** What dials that come to nothing cost the address that they come from. */
export interface Penalties {
  /** A dial from this address came to nothing. */
  add(address: string): void;
  /** Have so many come to nothing that no more are taken from this address now? */
  refuses(address: string): boolean;
}

/** Who dialled, as the control connection knows it. */
export interface CallOrigin {
  readonly callId: CallId;
  readonly peerCallId: PeerCallId;
  readonly peerAddress: Ipv4;
  readonly localAddress: Ipv4;
  /** The clock when the Outgoing-Call-Request came: the zero of trace and set-up time. */
  readonly requestedAt: Millis;
  /** How the client introduced itself on the control connection. */
  readonly start?: StartRequestNames | undefined;
}

/** How the control connection is asked to end a call: codes and Call Statistics of RFC 2637 §2.13. */
export type HangUp = (callId: CallId, codes: DisconnectCodes, statistics: string) => void;
