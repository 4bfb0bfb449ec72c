import type { Services } from "../services.ts";

const DAY = 86_400_000;

/** When a new password expires: as the request says, or else as the configuration does. */
export function passwordExpiry(
  asked: string | null | undefined,
  { now, passwordMaxAgeDays }: Pick<Services, "now" | "passwordMaxAgeDays">,
): string | null {
  if (asked !== undefined) return asked;
  if (passwordMaxAgeDays === 0) return null;
  return new Date(now().getTime() + passwordMaxAgeDays * DAY).toISOString();
}
