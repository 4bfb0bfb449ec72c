import { AppError } from "../../server/errors/app-error.ts";
import { nobodySentence } from "../../server/store/user-lookup.ts";
import { parseIpv4 } from "../../server/wire/ipv4.ts";
import { guarded } from "../schemas/answers.ts";
import { Lifted, Lockout, LockoutAddress } from "../schemas/lockout.ts";
import { listOf } from "../schemas/page.ts";
import { reference } from "../schemas/reference.ts";
import { UserName } from "../schemas/user.ts";
import type { App, Services } from "../services.ts";

/** Ours: lockouts in one answer. Somebody who dials from thousands of addresses shall not make it endless. */
const SHOWN = 1000;

/**
 * `/api/v1/lockouts`: for whom log-ins are not judged, after wrong ones; and what an administrator can do
 * about it.
 */
export function addLockoutRoutes(app: App, { store, concentrator }: Services): void {
  const tags = ["lockouts"];

  app.get(
    "/lockouts",
    {
      schema: {
        tags,
        operationId: "listLockouts",
        summary: "List where wrong log-ins keep others from being judged, the latest first",
        description:
          "A budget is listed where more wrong log-ins count than are free. What was counted is in memory, and begins anew with pacd.",
        response: { 200: listOf(Lockout, `The latest ${SHOWN}, in one page`), ...guarded() },
      },
    },
    async () => ({
      items: concentrator
        .lockouts()
        .slice(0, SHOWN)
        .map((lockout) => ({ ...lockout })),
    }),
  );

  app.delete(
    "/lockouts/:address",
    {
      schema: {
        tags,
        operationId: "liftAddress",
        summary: "Forget the wrong log-ins that came from an address",
        description: "For all users there, and for the /24 around it. An address without any is no error.",
        params: LockoutAddress,
        response: { 200: reference(Lifted), ...guarded("invalid-address") },
      },
    },
    async (request) => {
      const { address } = request.params;
      if (parseIpv4(address) === undefined)
        throw new AppError(
          "invalid-address",
          `${JSON.stringify(address)} is not an IPv4 address like 203.0.113.7.`,
        );
      const lifted = concentrator.liftAddress(address);
      request.audited({ target: { kind: "lockout", name: address }, effects: { lifted } });
      return { lifted };
    },
  );

  app.delete(
    "/users/:name/lockout",
    {
      schema: {
        tags,
        operationId: "unlockUser",
        summary: "Forget the wrong log-ins of a user, at all addresses",
        description:
          "A new password does the same. An address from which the names of many users were tried stays slowed.",
        params: UserName,
        response: { 200: reference(Lifted), ...guarded("user-not-found") },
      },
    },
    async (request) => {
      const { name } = request.params;
      const user = await store.users.find(name);
      if (user === undefined)
        throw new AppError("user-not-found", nobodySentence(name, store.users.sharing(name)));
      const lifted = concentrator.liftUser(user.id);
      request.audited({ target: { kind: "user", name: user.name, id: user.id }, effects: { lifted } });
      return { lifted };
    },
  );
}
