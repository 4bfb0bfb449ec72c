import { AppError } from "../../server/errors/app-error.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import type { CallName } from "../decode/decode-types.ts";

/** Which calls of a capture are wanted: all where neither is given, otherwise those that both let through. */
export interface Choice {
  /** As `--summary` numbers them. */
  readonly call?: readonly number[];
  readonly client?: readonly string[];
}

export const chooses = ({ call, client }: Choice, { number, client: address }: CallName): boolean =>
  (call === undefined || call.includes(number)) && (client === undefined || client.includes(address));

/** Was anything chosen? */
export const isChoice = ({ call, client }: Choice): boolean => call !== undefined || client !== undefined;

/** What to say where none of the calls that were found is among the chosen ones. */
export function noneChosen({ call = [], client = [] }: Choice, file: string, found: number): AppError {
  const wanted = [...call.map((number) => `--call ${number}`), ...client.map((from) => `--client ${from}`)];
  const has = found === 1 ? "one call" : `${found} calls`;
  return new AppError(
    "usage",
    `Nothing in ${file} is chosen by ${wanted.join(" ")}: it has ${has}; --summary lists them.`,
  );
}

/** For Commander: one more number of a call. Throws AppError. */
export function callNumber(text: string, before: readonly number[] = []): readonly number[] {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new AppError("usage", "--call is the number of a call, as --summary lists them.");
  return [...before, Number(text)];
}

/** For Commander: one more address, in the form in which calls have theirs. Throws AppError. */
export function clientAddress(text: string, before: readonly string[] = []): readonly string[] {
  const address = parseIpv4(text) === undefined ? ipv6(text) : text;
  if (address === undefined)
    throw new AppError("usage", "--client is an address such as 198.51.100.7 or 2001:db8::7.");
  return [...before, address];
}

/** In the form of RFC 5952, which URLs have too. */
const ipv6 = (text: string): string | undefined =>
  /^[0-9a-f:.]+$/i.test(text) ? URL.parse(`http://[${text}]/`)?.hostname.slice(1, -1) : undefined;
