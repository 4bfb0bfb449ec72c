import type { Config } from "../../config/config-types.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/log.ts";
import type { User, UserRepository } from "../../store/store-types.ts";
import type { PlaceHolder, UserPlaces } from "../policy/user-places.ts";
import type { DialRecord } from "../records/dial-record.ts";
import type { UsersRevision } from "./users-revision.ts";
import type { WrongLogIns } from "./wrong-log-ins.ts";

/** What a log-in needs of the server around it. */
export interface LogInServices {
  readonly clock: Pick<Clock, "date">;
  readonly log: Pick<Logger, "warn">;
  readonly users: Pick<UserRepository, "credentials" | "sharing" | "setPassword">;
  readonly usersRevision: Pick<UsersRevision, "number">;
  readonly places: Pick<UserPlaces, "claim">;
  readonly wrongLogIns: Pick<WrongLogIns, "historyMatters" | "hasBeenHere" | "refusal" | "judged">;
  /** For passwords that users choose themselves. */
  readonly passwordRule: Config["password"];
}

/** The dial that somebody logs in on. */
export interface LogInDial extends PlaceHolder {
  readonly services: LogInServices;
  readonly record: Pick<DialRecord, "nameSent" | "nameBelongsTo" | "loggedInBy" | "note">;
  /** Who has logged in, as last changed by an administrator; undefined: nobody yet. */
  readonly user: User | undefined;
  /** From here on it is this user's dial: what an administrator changes counts for it at once. */
  setUser(user: User): void;
}
