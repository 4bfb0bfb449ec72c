import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { AppError } from "../../server/errors/app-error.ts";
import type { Place } from "../../server/store/history/read-page.ts";
import { EXPORT_PIECE } from "../limits.ts";
import { type Field, FORM_TYPES, type Form, heading } from "./forms.ts";
import type { ShapedRow } from "./jobs.ts";

/** A list that gives its rows in pages: so many that come after a place. */
export type Pages = (after: Place | undefined, most: number) => Promise<readonly ShapedRow[]>;

/** What is wanted of a list. */
export interface Wanted {
  /** The list's name and order: a cursor of another one is refused. */
  readonly list: string;
  readonly form: Form;
  /** Undefined: all. */
  readonly limit: number | undefined;
  readonly cursor: string | undefined;
  readonly columns: readonly Field[];
}

/** Answers with one page as JSON, put together of texts that are JSON already; or with a stream. */
export async function answerList(reply: FastifyReply, pages: Pages, wanted: Wanted): Promise<FastifyReply> {
  const { list, form, limit, cursor } = wanted;
  const after = cursor === undefined ? undefined : placeIn(list, cursor);
  if (form !== "json") {
    // The first piece before the answer begins: what is wrong with the question is a problem, and no stream.
    const first = await pages(after, Math.min(limit ?? EXPORT_PIECE, EXPORT_PIECE));
    reply.type(FORM_TYPES[form]);
    return reply.send(Readable.from(pieces(pages, first, wanted), { objectMode: false, highWaterMark: 1 }));
  }
  const rows = await pages(after, limit === undefined ? Number.MAX_SAFE_INTEGER : limit + 1);
  const shown = limit === undefined ? rows : rows.slice(0, limit);
  const items = shown.map(({ text }) => text).join(",");
  const last = shown.at(-1);
  const next =
    rows.length > shown.length && last !== undefined
      ? `,"next":${JSON.stringify(cursorTo(list, last.place))}`
      : "";
  return sendJson(reply, `{"items":[${items}]${next}}`);
}

/** JSON that is text already. */
export const sendJson = (reply: FastifyReply, text: string | Buffer): FastifyReply =>
  reply
    .type("application/json; charset=utf-8")
    .serializer((payload: unknown) => payload as string)
    .send(text);

/**
 * One piece after the other: the next is read when the client has taken the one before. Where the client has
 * gone, nobody asks for it.
 */
async function* pieces(
  pages: Pages,
  first: readonly ShapedRow[],
  { form, limit = Number.POSITIVE_INFINITY, columns }: Wanted,
): AsyncGenerator<string> {
  let rows = first;
  let left = limit;
  let before = heading(columns, form);
  for (;;) {
    const piece = before + rows.map(({ text }) => text).join("");
    before = "";
    if (piece !== "") yield piece;
    left -= rows.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < EXPORT_PIECE || left <= 0) return;
    rows = await pages(last.place, Math.min(left, EXPORT_PIECE));
  }
}

const cursorTo = (list: string, place: Place): string =>
  Buffer.from(JSON.stringify([list, ...place]), "utf8").toString("base64url");

function placeIn(list: string, cursor: string): Place {
  const [of, value, among] = decoded(cursor);
  if (of === list && isPlaced(value) && isPlaced(among)) return [value, among];
  throw new AppError("invalid-request", "The cursor is not one that this list gave out.", {
    field: "cursor",
  });
}

const isPlaced = (value: unknown): value is string | number =>
  typeof value === "string" || typeof value === "number";

function decoded(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(parts) && parts.length === 3 ? parts : [];
  } catch {
    return [];
  }
}
