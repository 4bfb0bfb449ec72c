import type { Static } from "typebox";
import { AppError } from "../../server/errors/app-error.ts";
import { nameKey } from "../../server/names/user-name.ts";
import type { GroupWrite } from "../../server/store/store-types.ts";
import type { WholeGroup } from "../schemas/group.ts";
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
  body: Static<typeof WholeGroup>,
  services: Pick<Services, "pools">,
): { readonly write: GroupWrite; readonly generated: undefined } {
  if (body.name !== undefined && nameKey(body.name) !== nameKey(name))
    throw new AppError(
      "invalid-request",
      `The body's name ${JSON.stringify(body.name)} is not that of the path. PATCH gives a group another name.`,
      { in: "request body", field: "name" },
    );
  checkPoolOf(body, services);
  const group = { ...body, name: body.name ?? name };
  return { write: { kind: "group", do: "put", ref: name, group }, generated: undefined };
}
