import { isDeepStrictEqual } from "node:util";
import { nameKey } from "../../server/names/user-name.ts";
import type { ImportedUser, Remark } from "./import-types.ts";

/**
 * Each name once, in whatever spelling: the first of them counts. A second one that says the same is passed
 * over; one that says something else is told with both lines, and so is an address that two of them have.
 */
export function withoutDuplicates(users: readonly ImportedUser[]): {
  readonly users: readonly ImportedUser[];
  readonly remarks: readonly Remark[];
} {
  const names = new Map<string, ImportedUser>();
  const addresses = new Map<string, ImportedUser>();
  const remarks: Remark[] = [];
  for (const user of users) {
    const first = names.get(nameKey(user.name));
    if (first !== undefined) {
      const same = isDeepStrictEqual(sayings(first), sayings(user));
      const text = same
        ? `says the same of this user as line ${first.line}`
        : `${spelled(first, user)} stands in line ${first.line} already, which counts: left out`;
      remarks.push({ line: user.line, text, lost: !same });
      continue;
    }
    const address = user.fields["staticAddress"];
    const owner = typeof address === "string" ? addresses.get(address) : undefined;
    if (owner !== undefined)
      remarks.push({
        line: user.line,
        text: `the address ${address} is that of line ${owner.line} too: left out`,
        lost: true,
      });
    else {
      names.set(nameKey(user.name), user);
      if (typeof address === "string") addresses.set(address, user);
    }
  }
  return { users: [...names.values()], remarks };
}

const sayings = ({ line: _line, name: _name, ...said }: ImportedUser) => said;

const spelled = (first: ImportedUser, { name }: ImportedUser): string =>
  first.name === name
    ? JSON.stringify(name)
    : `${JSON.stringify(name)}, the same name as ${JSON.stringify(first.name)},`;
