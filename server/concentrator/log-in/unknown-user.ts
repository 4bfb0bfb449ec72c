import { edgeSpaces } from "../../names/edge-space.ts";
import { safeText } from "../../names/login-name.ts";
import { spelled } from "../../names/spelled.ts";
import type { Ending } from "../records/ending.ts";

/**
 * Why nobody is found under the name that a client sent, for the record only. `sharing`: the names of those
 * who share it, where several do since names are compared in all their spellings.
 */
export function unknownUser(name: string, sharing: readonly string[] | undefined): Ending {
  const sent = spelled(safeText(name));
  if (sharing !== undefined) {
    const users = sharing.map(spelled).join(" and ");
    const evidence = `The client sent ${sent}. The users ${users} have names that count as one, and none is spelled like that.`;
    return { verdict: "name-clash", evidence };
  }
  const ends = edgeSpaces(name).join(" and ");
  const why = ends === "" ? "" : ` The name that the client sent, ${sent}, ${ends}.`;
  return { verdict: "bad-credentials", evidence: `There is no user of that name.${why}` };
}
