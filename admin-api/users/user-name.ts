import { AppError } from "../../server/errors/app-error.ts";

/** Ours: longer than any name of Windows logons, and short enough for tables. */
const MAX_NAME = 128;

/**
 * Refuses a name under which nobody could log in (invalid-name).
 *
 * Clients send names in their own code page, so only ASCII arrives as it was typed. A backslash would be taken for the
 * end of a domain (`DOMAIN\user`). Without a letter or digit, `.` and `..` would be names, which URLs cannot carry.
 */
export function checkUserName(name: string): void {
  const fault = faultOf(name);
  if (fault !== undefined) throw new AppError("invalid-name", `The user name ${fault}.`, { field: "name" });
}

function faultOf(name: string): string | undefined {
  if (name === "") return "is empty";
  if (name.length > MAX_NAME) return `is longer than ${MAX_NAME} characters`;
  if (!/^[\x20-\x7e]*$/.test(name)) {
    return "holds a character outside printable ASCII, which clients send in a code page of their own";
  }
  if (name.includes("\\")) return "holds a backslash, which ends the domain in DOMAIN\\user";
  if (name.startsWith(" ") || name.endsWith(" ")) return "begins or ends with a space";
  if (!/[A-Za-z0-9]/.test(name)) return "has neither a letter nor a digit";
  return undefined;
}
