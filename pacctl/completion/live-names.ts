import { ago, shortened } from "../print/columns.ts";
import { printable } from "../print/printable.ts";
import type { Ask } from "../typed-api.ts";
import type { LiveKind } from "./values.ts";

/** A word to choose, and what tells people which it is. */
export interface Candidate {
  readonly word: string;
  readonly about: string;
}

/** Ours: what nobody looks through. */
const MOST = 1000;

/** Ours: of what is many, the latest. */
const LATEST = 50;

/** Beginnings of IDs, as far as it takes to tell them apart, and as far as they are typed. */
function byId<T extends { readonly id: string }>(
  items: readonly T[],
  typed: string,
  about: (item: T) => string,
): readonly Candidate[] {
  const short = shortened(items.map(({ id }) => id));
  return items.map((item, i) => ({
    word: typed.length > short[i]!.length ? item.id : short[i]!,
    about: about(item),
  }));
}

/** Undefined, where nothing is typed, is not asked for. */
const begun = (typed: string): string | undefined => (typed === "" ? undefined : typed);

type Find = (ask: Ask, typed: string, now: Date) => Promise<readonly Candidate[]>;

const users = async (ask: Ask, typed: string) =>
  (await ask("GET", "/users", { query: { q: begun(typed), limit: MOST } })).items;

const sessions = (state: "live" | "all"): Find => {
  return async (ask, typed) => {
    const query = typed === "" ? { state: "live" as const } : { state, idPrefix: typed, limit: LATEST };
    const { items } = await ask("GET", "/sessions", { query });
    return byId(items, typed, (one) => `${one.user}, ${one.assignedAddress} from ${one.clientAddress}`);
  };
};

const administrators: Find = async (ask) =>
  (await ask("GET", "/admins", { query: { limit: MOST } })).items.map(({ name, role }) => ({
    word: name,
    about: role,
  }));

const tokens: Find = async (ask) =>
  (await ask("GET", "/tokens", { query: { limit: MOST } })).items.map(({ id, kind, name, role }) =>
    kind === "log-in" ? { word: id, about: `log-in of ${name}` } : { word: name, about: role },
  );

/** How the names of a kind are found out. */
const FIND: Readonly<Record<LiveKind, Find>> = {
  user: async (ask, typed) =>
    (await users(ask, typed)).map(({ name, enabled, group, comment }) => ({
      word: name,
      about: [enabled ? "" : "disabled", group ?? "", comment].filter((text) => text !== "").join(", "),
    })),
  "user-id": async (ask) => (await users(ask, "")).map(({ id, name }) => ({ word: id, about: name })),
  group: async (ask) =>
    (await ask("GET", "/groups", { query: { limit: MOST } })).items.map(({ name, users, comment }) => ({
      word: name,
      about: comment === "" ? `${users} ${users === 1 ? "user" : "users"}` : comment,
    })),
  session: sessions("all"),
  "live-session": sessions("live"),
  attempt: async (ask, typed, now) => {
    const { items } = await ask("GET", "/attempts", { query: { idPrefix: begun(typed), limit: LATEST } });
    return byId(
      items,
      typed,
      ({ user, verdict, startedAt }) => `${user ?? "somebody"}, ${verdict.code}, ${ago(startedAt, now)}`,
    );
  },
  "audit-record": async (ask, typed, now) => {
    const { items } = await ask("GET", "/audit", { query: { idPrefix: begun(typed), limit: LATEST } });
    return byId(items, typed, ({ action, target, at }) =>
      [action, target.name ?? target.kind, ago(at, now)].join(", "),
    );
  },
  administrator: administrators,
  token: tokens,
  actor: async (ask, typed, now) => {
    const both = await Promise.all([administrators(ask, typed, now), tokens(ask, typed, now)]);
    return both.flat();
  },
  pool: async (ask) =>
    (await ask("GET", "/status")).pools.map(({ name, free, total }) => ({
      word: name,
      about: `${free} of ${total} free`,
    })),
  webhook: async (ask, typed) => {
    const { items } = await ask("GET", "/webhooks", { query: { limit: MOST } });
    return byId(items, typed, ({ url, description }) => (description === "" ? url : description));
  },
  lockout: async (ask) =>
    (await ask("GET", "/lockouts")).items.flatMap(({ address, user, failures }) =>
      address === null ? [] : [{ word: address, about: `${failures} wrong as ${user ?? "anybody"}` }],
    ),
};

/**
 * Names of a kind that begin with what is typed, however its letters are written; what each of them is stands
 * beside it. Throws as `Ask` does.
 */
export async function liveNames(
  kind: LiveKind,
  ask: Ask,
  typed: string,
  now: Date,
): Promise<readonly Candidate[]> {
  const found = await FIND[kind](ask, typed, now);
  const start = typed.toLowerCase();
  return found
    .filter(({ word }) => word.toLowerCase().startsWith(start) && printable(word) === word)
    .map(({ word, about }) => ({ word, about: printable(about) }));
}
