import type { FastifyRequest } from "fastify";
import type { Static } from "typebox";
import { AppError } from "../../server/errors/app-error.ts";
import { parseNetwork } from "../../server/policy/networks.ts";
import { utcTime } from "../../server/policy/times.ts";
import type { AttemptFilter, SessionFilter } from "../../server/store/history/filters.ts";
import type { SessionSort } from "../../server/store/history/sources.ts";
import { TOTAL_KEYS, type TotalKey } from "../../server/store/history/totals.ts";
import type { Store } from "../../server/store/store-types.ts";
import type { AttemptQuery, SessionQuery, TotalsQuery } from "../schemas/history.ts";
import type { Form } from "./forms.ts";
import type { SessionQuestion } from "./session-list.ts";

type Asked = Omit<Static<typeof TotalsQuery>, "by">;

/** What the query of a list of sessions asks for. invalid-request, invalid-address. */
export async function sessionQuestion(
  query: Static<typeof SessionQuery>,
  groups: Store["groups"],
): Promise<SessionQuestion> {
  const { state = "live" } = query;
  const sort = query.sort ?? (state === "live" ? "connectedAt" : "-connectedAt");
  const descending = sort.startsWith("-");
  const filter = await sessionFilter(query, groups);
  return { state, filter, sort: (descending ? sort.slice(1) : sort) as SessionSort, descending };
}

/** A group that is no more is looked for by the name that it had. */
export async function sessionFilter(asked: Asked, groups: Store["groups"]): Promise<SessionFilter> {
  const { user, userId, pool, group, encryption, endReason, idPrefix } = asked;
  const known =
    group === undefined ? undefined : ((await groups.find(group)) ?? (await groups.find({ id: group })));
  return said({
    user,
    userId,
    address: place(asked.address, "address"),
    clientAddress: place(asked.clientAddress, "clientAddress"),
    assignedAddress: place(asked.assignedAddress, "assignedAddress"),
    pool,
    groupId: known?.id,
    groupName: known === undefined ? group : undefined,
    encryption,
    since: time(asked.since, "since"),
    until: time(asked.until, "until"),
    at: time(asked.at, "at"),
    endReason,
    idPrefix,
  });
}

export function attemptFilter(asked: Static<typeof AttemptQuery>): AttemptFilter {
  const { user, userId, verdict, idPrefix } = asked;
  return said({
    user,
    userId,
    address: place(asked.address, "address"),
    verdict,
    since: time(asked.since, "since"),
    until: time(asked.until, "until"),
    idPrefix,
  });
}

/** What `by` of the totals says. */
export function totalsBy(by = "user,day"): { readonly days: boolean; readonly keys: readonly TotalKey[] } {
  const words = by.split(",").map((word) => word.trim());
  const wrong = words.find((word) => word !== "day" && !TOTAL_KEYS.some((key) => key === word));
  if (wrong !== undefined)
    throw new AppError(
      "invalid-request",
      `by takes day, ${TOTAL_KEYS.join(", ")} with commas between, not ${JSON.stringify(wrong)}.`,
      { field: "by" },
    );
  return { days: words.includes("day"), keys: TOTAL_KEYS.filter((key) => words.includes(key)) };
}

/** In which form the answer is wanted: as the query says, else as Accept does. */
export function formOf(request: FastifyRequest, format: Form | undefined): Form {
  if (format !== undefined) return format;
  const accept = request.headers.accept ?? "";
  if (/^\s*text\/csv\b/.test(accept)) return "csv";
  return /^\s*application\/(?:x-)?ndjson\b/.test(accept) ? "ndjson" : "json";
}

/** A time of the query as it is on record. */
export function time(text: string | undefined, field: string): string | undefined {
  if (text === undefined) return undefined;
  // A "+" of a zone that was not escaped is a blank in a query.
  const parsed = utcTime(text.replace(/ (?=\d\d:\d\d$)/, "+"));
  if (parsed !== undefined) return parsed;
  const wrong = `${field} must be a time with its zone such as 2026-11-24T10:00:00Z, not ${JSON.stringify(text)}.`;
  throw new AppError("invalid-request", wrong, { field });
}

function place(text: string | undefined, field: string): string | undefined {
  if (text === undefined || parseNetwork(text).ok) return text;
  const parsed = parseNetwork(text);
  throw new AppError("invalid-address", parsed.ok ? "" : parsed.says, { field });
}

/** Without what was not said. */
const said = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
