import { AppError } from "../../server/errors/app-error.ts";
import type { UserPolicy } from "../../server/policy/user-policy.ts";
import type { Store, User as StoredUser } from "../../server/store/store-types.ts";
import { nobodySentence } from "../../server/store/user-lookup.ts";
import { guarded, guardedBody, noContent } from "../schemas/answers.ts";
import { listOf, pageOf } from "../schemas/page.ts";
import { reference } from "../schemas/reference.ts";
import { lastFailureOf } from "../schemas/remarks.ts";
import {
  freshUserJson,
  listedUserJson,
  NewUser,
  User,
  UserName,
  UserPatch,
  UserWithPassword,
  userJson,
} from "../schemas/user.ts";
import { filterOf, UserQuery } from "../schemas/user-query.ts";
import type { App, Services } from "../services.ts";
import { addressNotes } from "../users/address-notes.ts";
import { changeOf, isMergePatch } from "../users/change.ts";
import { generatePassword } from "../users/generated-password.ts";
import { passwordExpiry } from "../users/password-expiry.ts";
import { checkPool } from "../users/pool.ts";
import { checkStaticAddress } from "../users/static-address.ts";

const POLICY_CODES = [
  "invalid-policy",
  "invalid-address",
  "address-outside-network",
  "address-reserved",
  "pool-unknown",
  "group-unknown",
  "invalid-comment",
  "invalid-labels",
  "address-taken",
] as const;

/** `/api/v1/users`: who may dial in, and how. The store refuses what cannot be; it knows nothing of pools. */
export function addUserRoutes(app: App, services: Services): void {
  const { store, concentrator } = services;
  const tags = ["users"];

  app.post(
    "/users",
    {
      schema: {
        tags,
        operationId: "createUser",
        summary: "Add a user",
        description:
          "What is left out is unrestricted, and the password expires as `password.max_age_days` of the configuration says. " +
          "The answer's Location header is the user's path.",
        body: NewUser,
        response: {
          201: reference(UserWithPassword),
          ...guardedBody("invalid-name", "invalid-password", ...POLICY_CODES, "user-exists"),
        },
      },
    },
    async (request, reply) => {
      const { password = generatePassword(), ...settings } = request.body;
      checkAgainstPools(settings, services);
      const passwordExpiresAt = passwordExpiry(settings.passwordExpiresAt, services);
      const user = await store.users.create({ ...settings, password, passwordExpiresAt });
      request.audited({ target: userTarget(user), after: listedUserJson(user, services) });
      reply.code(201).header("location", `/api/v1/users/${encodeURIComponent(user.name)}`);
      const notes = addressNotes(user, () => concentrator.sessions());
      return freshUserJson(user, request.body.password, password, services, notes);
    },
  );

  app.get(
    "/users",
    {
      schema: {
        tags,
        operationId: "listUsers",
        summary: "List users",
        description:
          "By name, those who fit all that is said. What is asked of a policy is asked of what applies. With `id`, the one user who has it, or nobody.",
        querystring: UserQuery,
        response: { 200: listOf(User, "One page of users"), ...guarded("invalid-address") },
      },
    },
    async (request) => {
      const { id } = request.query;
      if (id !== undefined)
        return {
          items: [await store.users.find({ id })].flatMap((user) => (user ? [userJson(user, services)] : [])),
        };
      const { items, next } = await store.users.list({
        ...pageOf(request.query),
        ...filterOf(request.query, services.now(), () => concentrator.sessions()),
      });
      return {
        items: items.map((user) => listedUserJson(user, services)),
        ...(next === undefined ? {} : { next }),
      };
    },
  );

  app.get(
    "/users/:name",
    {
      schema: {
        tags,
        operationId: "getUser",
        summary: "Show a user",
        description:
          "By name, in whatever spelling. With the wrong log-ins that still count against the user.",
        params: UserName,
        response: { 200: reference(User), ...guarded("user-not-found") },
      },
    },
    async (request) => {
      const user = await existing(request.params.name, store);
      return { ...userJson(user, services), ...(await lastFailureOf(user, store)) };
    },
  );

  app.patch(
    "/users/:name",
    {
      schema: {
        tags,
        operationId: "changeUser",
        summary: "Change what a user may do",
        description:
          "What is left out stays. A field of the policy that is said is the user's own from then on. As `application/merge-patch+json` " +
          "(RFC 7396) null takes any setting back, so that the group decides it again, or nobody, and labels are merged one by one; as `application/json` null " +
          "is a value of fields that have it, and `inherit` names what is taken back. Rates, destinations and time limits count at once, also for sessions that are up. " +
          "A session that `enabled`, the validity, the hours or the sources no longer allow is disconnected. Address, pool, " +
          "name servers, encryption and the number of sessions count from the next dial on. A new `name` disconnects nobody: " +
          "sessions that are up show it at once, and the ID stays. Only the new name logs in from then on.",
        params: UserName,
        body: UserPatch,
        response: {
          200: reference(User),
          ...guardedBody(
            "invalid-name",
            ...POLICY_CODES,
            "user-exists",
            "user-not-found",
            "password-needed",
            "not-yet-written",
          ),
        },
      },
    },
    async (request) => {
      const { name } = request.params;
      const merge = isMergePatch(request.headers);
      const labels = merge && request.body.labels ? (await existing(name, store)).labels : {};
      const { recoverablePassword, ...settings } = changeOf(request.body, merge, labels);
      checkAgainstPools(settings, services);
      if (recoverablePassword === true) await requireRecoverable(name, store);
      const forget = recoverablePassword === false ? { recoverablePassword } : {};
      const before = listedUserJson(await existing(name, store), services);
      const user = await store.users.update(name, { ...settings, ...forget }).catch((error: unknown) =>
        denied(name, error, store, async (disabled) => {
          const sessionsEnded = await concentrator.userChanged(disabled);
          const after = { ...before, enabled: false };
          request.audited({ target: userTarget(disabled), before, after, effects: { sessionsEnded } });
        }),
      );
      // After the store: whoever dials again right away is judged by what holds now.
      const sessionsEnded = await concentrator.userChanged(user);
      request.audited({
        target: userTarget(user),
        before,
        after: listedUserJson(user, services),
        ...(sessionsEnded > 0 ? { effects: { sessionsEnded } } : {}),
      });
      const notes =
        typeof settings.staticAddress === "string" ? addressNotes(user, () => concentrator.sessions()) : [];
      return { ...userJson(user, services), ...(notes.length === 0 ? {} : { notes: [...notes] }) };
    },
  );

  app.delete(
    "/users/:name",
    {
      schema: {
        tags,
        operationId: "removeUser",
        summary: "Remove a user, and disconnect the user's sessions",
        description:
          "Sessions and dials on record stay. A new user of the same name is another one, with an ID of its own.",
        params: UserName,
        response: { 204: noContent, ...guarded("user-not-found", "not-yet-written") },
      },
    },
    async (request, reply) => {
      const { name } = request.params;
      const user = await store.users.remove(name).catch((error: unknown) =>
        denied(name, error, store, async (removed) => {
          const sessionsEnded = await concentrator.disconnectUser(removed.id);
          request.audited({ target: userTarget(removed), effects: { sessionsEnded } });
        }),
      );
      const sessionsEnded = await concentrator.disconnectUser(user.id);
      request.audited({
        target: userTarget(user),
        before: listedUserJson(user, services),
        effects: { sessionsEnded },
      });
      return reply.code(204).send(null);
    },
  );
}

const userTarget = ({ name, id }: StoredUser) => ({ kind: "user", name, id });

/** Disabled or removed while the database takes nothing: the sessions end all the same. Rethrows. */
async function denied(
  name: string,
  error: unknown,
  store: Store,
  endSessions: (user: StoredUser) => Promise<unknown>,
): Promise<never> {
  if (error instanceof AppError && error.code === "not-yet-written")
    await endSessions(await existing(name, store));
  throw error;
}

/** What only the configuration can tell. */
function checkAgainstPools({ staticAddress, pool }: Partial<UserPolicy>, services: Services): void {
  if (typeof staticAddress === "string") checkStaticAddress(staticAddress, services);
  if (typeof pool === "string") checkPool(pool, services.pools);
}

async function existing(name: string, store: Store): Promise<StoredUser> {
  const user = await store.users.find(name);
  if (user === undefined)
    throw new AppError("user-not-found", nobodySentence(name, store.users.sharing(name)));
  return user;
}

/** Of a password that was not kept there is only a hash. */
async function requireRecoverable(name: string, store: Store): Promise<void> {
  const user = await existing(name, store);
  if (user.recoverablePassword) return;
  throw new AppError(
    "password-needed",
    `The password of ${JSON.stringify(user.name)} was not kept: set a new one with recoverablePassword: true ` +
      "(PUT on the user's password, or pacctl user password NAME --recoverable-password).",
    { field: "recoverablePassword" },
  );
}
