import type { Static } from "typebox";
import type { GroupWrite } from "../../server/store/store-types.ts";
import type { NewGroup } from "../schemas/group.ts";
import type { Services } from "../services.ts";
import { checkPool } from "../users/pool.ts";

/** What only the configuration can tell. */
export function checkPoolOf(
  { pool }: { readonly pool?: string | null },
  { pools }: Pick<Services, "pools">,
): void {
  if (typeof pool === "string") checkPool(pool, pools);
}

/** The whole of a group out of a request. `name`: of which, as the path says. */
export function replacementOfGroup(
  name: string,
  body: Static<typeof NewGroup>,
  services: Pick<Services, "pools">,
): { readonly write: GroupWrite; readonly generated: undefined } {
  checkPoolOf(body, services);
  return { write: { kind: "group", do: "put", ref: name, group: body }, generated: undefined };
}
