import type { Conditions } from "./conditions/conditions.ts";
import { spelled } from "./names/spelled.ts";
import { nameKey } from "./names/user-name.ts";
import type { NameClash } from "./store/name-clashes.ts";

/** Holds the condition name-clash for each clash that the store tells of, until it tells of it no more. */
export function nameClashConditions(
  conditions: Pick<Conditions, "raise" | "clear">,
): (clashes: readonly NameClash[]) => void {
  let held: readonly string[] = [];
  return (clashes) => {
    const now = new Map(clashes.map((clash) => [nameKey(clash[0]?.name ?? ""), clash]));
    for (const [key, clash] of now) conditions.raise("name-clash", sentence(clash), key);
    for (const key of held) if (!now.has(key)) conditions.clear("name-clash", key);
    held = [...now.keys()];
  };
}

function sentence(clash: NameClash): string {
  const users = clash.map(({ name }) => spelled(name)).join(" and ");
  return (
    `The users ${users} have names that count as one, being spelled differently only. Each logs in under exactly its own spelling, ` +
    "every other one is refused. Rename or remove all but one: pacctl user rename OLD NEW."
  );
}
