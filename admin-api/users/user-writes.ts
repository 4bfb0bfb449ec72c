import type { Static } from "typebox";
import { AppError } from "../../server/errors/app-error.ts";
import { nameKey } from "../../server/names/user-name.ts";
import type { UserPolicy } from "../../server/policy/user-policy.ts";
import type { NewUser, OtherPassword, UserWrite } from "../../server/store/store-types.ts";
import type { NewUser as NewUserBody, WholeUser as WholeUserBody } from "../schemas/user.ts";
import type { Services } from "../services.ts";
import { generatePassword } from "./generated-password.ts";
import { passwordExpiry } from "./password-expiry.ts";
import { checkPool } from "./pool.ts";
import { checkStaticAddress } from "./static-address.ts";

/** What only the configuration can tell. */
export function checkAgainstPools(
  { staticAddress, pool }: Partial<UserPolicy>,
  services: Pick<Services, "tunnelNetworks" | "poolNetworksText" | "pools">,
): void {
  if (typeof staticAddress === "string") checkStaticAddress(staticAddress, services);
  if (typeof pool === "string") checkPool(pool, services.pools);
}

/** A write, and the password that was generated for it, to be shown once. */
export interface PreparedWrite {
  readonly write: UserWrite;
  readonly generated: string | undefined;
}

/** A new user out of a request. */
export function creation(body: Static<typeof NewUserBody>, services: Services): PreparedWrite {
  const generated = body.password === undefined ? generatePassword() : undefined;
  const password = body.password ?? generated!;
  checkAgainstPools(body, services);
  const passwordExpiresAt = passwordExpiry(body.passwordExpiresAt, services);
  const user: NewUser = { ...body, password, passwordExpiresAt };
  return { write: { kind: "user", do: "create", user }, generated };
}

/** The whole of a user out of a request. `name`: of whom, as the path says. */
export function replacement(
  name: string,
  body: Static<typeof WholeUserBody>,
  services: Services,
): PreparedWrite {
  const { password, ...said } = body;
  if (said.name !== undefined && nameKey(said.name) !== nameKey(name))
    throw new AppError(
      "invalid-request",
      `The body's name ${JSON.stringify(said.name)} is not that of the path. PATCH gives a user another name.`,
      { in: "request body", field: "name" },
    );
  checkAgainstPools(said, services);
  const generated = password === undefined ? generatePassword() : undefined;
  const user = {
    ...said,
    name: said.name ?? name,
    firstPassword: otherPassword(password ?? generated!, services),
    ...(password === undefined ? {} : { password: otherPassword(password, services) }),
  };
  return { write: { kind: "user", do: "put", ref: name, user }, generated };
}

export const otherPassword = (text: string, services: Services): OtherPassword => ({
  text,
  expiresAt: passwordExpiry(undefined, services),
});
