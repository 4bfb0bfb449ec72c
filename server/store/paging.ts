import { AppError } from "../errors/app-error.ts";
import type { Page, Paged } from "./page-types.ts";

/** Ours: bounds what one answer can cost. */
export const MAX_PAGE = 1000;

/**
 * Pages by the key of the last row seen, never by offset: rows that come or go between two pages shift
 * nothing. A cursor is the list's name and that key, in base64url; a cursor of another list is refused.
 */
export interface Pager<Key, Row> {
  /**
   * Where to go on after, undefined for the first page. invalid-request for a limit or cursor that is not
   * allowed.
   */
  after(page: Page): Key | undefined;
  /** `rows` holds one more than the limit where there is a next page. */
  cut<R extends Row, T>(rows: readonly R[], page: Page, item: (row: R) => T): Paged<T>;
}

export function pager<Key, Row>(
  list: string,
  isKey: (value: unknown) => value is Key,
  keyOf: (row: Row) => Key,
): Pager<Key, Row> {
  return {
    after({ limit, cursor }) {
      if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE)
        throw new AppError("invalid-request", `The limit must be a whole number from 1 to ${MAX_PAGE}.`, {
          field: "limit",
        });
      if (cursor === undefined) return undefined;
      const key = decode(list, cursor);
      if (!isKey(key))
        throw new AppError("invalid-request", "The cursor is not one that this list gave out.", {
          field: "cursor",
        });
      return key;
    },
    cut(rows, { limit }, item) {
      const items = rows.slice(0, limit).map(item);
      return rows.length > limit ? { items, next: encode(list, keyOf(rows[limit - 1]!)) } : { items };
    },
  };
}

export const isText = (value: unknown): value is string => typeof value === "string";
export const isSeq = (value: unknown): value is number => Number.isSafeInteger(value);

const encode = (list: string, key: unknown): string =>
  Buffer.from(JSON.stringify([list, key]), "utf8").toString("base64url");

function decode(list: string, cursor: string): unknown {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(parts) && parts.length === 2 && parts[0] === list ? parts[1] : undefined;
  } catch {
    return undefined;
  }
}
