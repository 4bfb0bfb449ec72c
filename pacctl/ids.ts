import { AppError } from "../server/errors/app-error.ts";
import { ApiRefusal } from "./api-client.ts";
import { shortened } from "./print/columns.ts";
import type { Ask } from "./typed-api.ts";

/** An ID in full, as pacd makes them. */
const WHOLE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** So many are looked at to name those that begin alike. */
const LOOKED_AT = 20;

interface Found {
  readonly id: string;
  readonly user: string | null;
}

/**
 * The whole of an ID that was typed, or the beginning of one. What begins none comes back as it is: the
 * request that follows says what there is not. Throws ambiguous-id, with the `candidates`.
 */
export async function wholeId(
  ask: Ask,
  kind: "session" | "attempt",
  typed: string,
  sessions: "live" | "all" = "all",
): Promise<string> {
  if (WHOLE.test(typed)) return typed;
  const query = { idPrefix: typed, limit: LOOKED_AT };
  const asked: Promise<{ readonly items: readonly Found[] }> =
    kind === "session"
      ? ask("GET", "/sessions", { query: { state: sessions, ...query } })
      : ask("GET", "/attempts", { query });
  const { items } = await asked.catch((error: unknown) => {
    // A pacd that cannot look for the beginning of an ID.
    if (error instanceof ApiRefusal && error.status === 400) return { items: [] };
    throw error;
  });
  const beginning = items.filter(({ id }) => id.startsWith(typed));
  if (beginning.length === 0 || beginning.some(({ id }) => id === typed)) return typed;
  if (beginning.length === 1) return beginning[0]!.id;
  const short = shortened(beginning.map(({ id }) => id));
  const named = beginning.map(({ user }, i) => (user === null ? short[i] : `${short[i]} (${user})`));
  throw new AppError(
    "ambiguous-id",
    `Several ${kind}s begin with "${typed}": ${named.join(", ")}. Type more of it.`,
    { candidates: beginning.map(({ id }) => id) },
  );
}
