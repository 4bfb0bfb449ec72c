import type { Config } from "../../config/config-types.ts";
import type { DataPlane } from "../../data-plane/data-plane.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/log.ts";
import type { SharedTicks } from "../../platform/shared-ticks.ts";
import type { LinkPolicy } from "../../ppp/link/link-types.ts";
import type { Records, UserRepository } from "../../store/store-types.ts";
import type { Ipv4 } from "../../wire/ipv4.ts";
import type { Millis, Octets } from "../../wire/units.ts";
import type { Leases } from "../addresses/leases.ts";
import type { Patience } from "../connections/address-penalties.ts";
import type { UsersRevision } from "../log-in/users-revision.ts";
import type { WrongLogIns } from "../log-in/wrong-log-ins.ts";
import type { UserPlaces } from "../policy/user-places.ts";
import type { Tally } from "../records/dial-counters.ts";
import type { DeadSessions } from "./dead-sessions.ts";
import type { Sessions } from "./sessions.ts";

/** What every call shares. */
export interface CallServices {
  readonly clock: Clock;
  /** For keep-alives, which thousands of sessions have and which may be late. */
  readonly ticks: SharedTicks;
  readonly log: Logger;
  readonly plane: DataPlane;
  readonly users: UserRepository;
  readonly records: Records;
  readonly leases: Leases;
  readonly places: UserPlaces;
  readonly deadSessions: DeadSessions;
  readonly sessions: Sessions;
  readonly tally: Tally;
  readonly patience: Patience;
  readonly wrongLogIns: WrongLogIns;
  readonly usersRevision: UsersRevision;
  readonly random: Random;
  readonly policy: LinkPolicy;
  /** For passwords that users choose themselves. */
  readonly passwordRule: Config["password"];
  /** The largest inner packet, as configured. */
  readonly mtu: Octets;
}

/** Randomness at the edge; tests hand in a seeded one. */
export interface Random {
  /** Cryptographically strong in production. */
  bytes(count: number): Uint8Array;
  /** 0 to 65535. */
  u16(): number;
  /** 0 to 4294967295. */
  u32(): number;
  uuid(): string;
}

/** Who dialled, as the control connection knows it. */
export interface CallOrigin {
  readonly callId: number;
  readonly peerCallId: number;
  readonly peerAddress: Ipv4;
  readonly localAddress: Ipv4;
  /** The clock when the Outgoing-Call-Request came: the zero of trace and set-up time. */
  readonly requestedAt: Millis;
}

/** How the control connection is asked to end a call: Result Code and Call Statistics of RFC 2637 §2.13. */
export type HangUp = (callId: number, parting: Parting, statistics: string) => void;

/** Result and Error Code of a Call-Disconnect-Notify. */
export interface Parting {
  readonly result: number;
  /** For a general error alone; not said: PAC-Error. */
  readonly error?: number;
}

/** One decoded control message; `at` is the clock's time. */
export interface ControlLine {
  readonly at: number;
  readonly from: "client" | "server";
  readonly text: string;
}
