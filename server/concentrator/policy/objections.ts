import { allowsMoment, localMoment } from "../../policy/allowed-hours.ts";
import { networkContains, parseNetwork } from "../../policy/networks.ts";
import { remembering } from "../../policy/parsed.ts";
import type { UserPolicy } from "../../policy/user-policy.ts";
import { formatIpv4, type Ipv4 } from "../../wire/ipv4.ts";
import type { Ending } from "../records/ending.ts";

const storedNetwork = remembering(parseNetwork);

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/**
 * Why a user may not be connected from this address at this moment; undefined: they may. The same rules hold
 * for a log-in, for a session as time passes, and after an administrator has changed them.
 */
export function objectionTo(user: UserPolicy, from: Ipv4, at: Date): Ending | undefined {
  if (!user.enabled) return { verdict: "user-disabled", evidence: "The user is disabled." };
  return outOfTime(user, at) ?? outsideHours(user, at) ?? wrongSource(user, from);
}

/** Has the password expired? */
export const passwordExpired = ({ passwordExpiresAt }: UserPolicy, at: Date): boolean =>
  passwordExpiresAt !== null && Date.parse(passwordExpiresAt) <= at.getTime();

function outOfTime({ validFrom, validUntil }: UserPolicy, at: Date): Ending | undefined {
  const now = at.toISOString();
  if (validFrom !== null && at.getTime() < Date.parse(validFrom))
    return { verdict: "user-not-valid", evidence: `The user is valid from ${validFrom}; it was ${now}.` };
  if (validUntil !== null && at.getTime() >= Date.parse(validUntil))
    return { verdict: "user-not-valid", evidence: `The user was valid until ${validUntil}; it was ${now}.` };
  return undefined;
}

function outsideHours({ allowedHours }: UserPolicy, at: Date): Ending | undefined {
  const moment = localMoment(at);
  if (allowsMoment(allowedHours, moment)) return undefined;
  const clock = `${two(Math.floor(moment.minuteOfDay / 60))}:${two(moment.minuteOfDay % 60)}`;
  const evidence = `Allowed: ${allowedHours.join("; ")}. It was ${WEEKDAYS[moment.weekday]} ${clock}.`;
  return { verdict: "outside-hours", evidence };
}

function wrongSource({ allowedSources }: UserPolicy, from: Ipv4): Ending | undefined {
  const allowed =
    allowedSources.length === 0 ||
    allowedSources.some((text) => {
      const network = storedNetwork(text);
      return network.ok && networkContains(network.value, from);
    });
  if (allowed) return undefined;
  const evidence = `Allowed from ${allowedSources.join(", ")}; the client dialled from ${formatIpv4(from)}.`;
  return { verdict: "source-not-allowed", evidence };
}

const two = (number: number): string => String(number).padStart(2, "0");
