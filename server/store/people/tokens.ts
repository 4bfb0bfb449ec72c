import { randomUUID } from "node:crypto";
import { AppError } from "../../errors/app-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Db, TokenRow } from "../database.ts";
import { isText, pager } from "../paging.ts";
import { isStoreUnavailable } from "../store-unavailable.ts";
import { checkName } from "../user-rules.ts";
import { MAX_LOG_INS, MAX_TOKENS } from "./limits.ts";
import { TokenBook } from "./token-book.ts";
import type { Token, TokenRepository } from "./token-types.ts";
import { LateWrites } from "./token-writes.ts";

/** What stands around the tokens of a database. */
export interface TokenParts {
  readonly db: Db;
  readonly clock: Pick<Clock, "date" | "after">;
  /** Waits for a lock, and returns when what `work` wrote is on the disk. */
  readonly write: <T>(work: () => Promise<T>) => Promise<T>;
  /** The same without waiting for the disk. */
  readonly writeLate: <T>(work: () => Promise<T>) => Promise<T>;
}

/** A log-in that has expired is of no use to anybody; a named token is there until somebody revokes it. */
export async function forgetExpiredLogIns(db: Db, at: string): Promise<void> {
  await db
    .deleteFrom("tokens")
    .where("administratorId", "is not", null)
    .where("expiresAt", "<=", at)
    .execute();
}

/** The tokens of a database, and the book of those that hold, which administrators' changes end as well. */
export async function tokenRepository(
  parts: TokenParts,
): Promise<{ readonly tokens: TokenRepository; readonly book: TokenBook }> {
  const { db, clock, write } = parts;
  const book = await readBook(db);
  const late = new LateWrites(parts, book);
  const now = () => clock.date().toISOString();

  const get = (idOrName: string): Token => {
    const token = book.get(idOrName);
    if (token !== undefined) return token;
    throw new AppError("token-not-found", `There is no token ${JSON.stringify(idOrName)}.`);
  };

  /** Writes it, and has it hold from then on. */
  async function added(
    hash: Uint8Array,
    make: (work: Db) => Promise<Token>,
    gone: readonly string[],
  ): Promise<Token> {
    let made: Token | undefined;
    try {
      return await write(async () => {
        const token = await db.transaction().execute(async (work) => {
          made = await make(work);
          if (gone.length > 0) await work.deleteFrom("tokens").where("id", "in", gone).execute();
          await work.insertInto("tokens").values(rowOf(made, hash)).execute();
          // Before anybody else's transaction: who ends the log-ins of an administrator finds this one.
          book.add(hash, made);
          return made;
        });
        for (const id of gone) book.end(id);
        return token;
      });
    } catch (error) {
      if (made !== undefined) book.end(made.id);
      throw error;
    }
  }

  const tokens: TokenRepository = {
    async put(name, hash, role = "admin") {
      const before = book.named(name);
      const fresh = { name, role, sources: [], expiresAt: null, createdBy: "pacd" };
      const token: Token = { ...FRESH, ...fresh, id: randomUUID(), createdAt: now() };
      await added(hash, async () => token, before === undefined ? [] : [before.id]);
    },

    async create({ hash, ...given }) {
      checkName(given.name, "name of a token");
      if (book.get(given.name) !== undefined)
        throw new AppError("token-exists", `There is a token ${JSON.stringify(given.name)} already.`, {
          field: "name",
        });
      if (book.all().filter(({ kind }) => kind === "token").length >= MAX_TOKENS)
        throw new AppError("too-many-tokens", `There are ${MAX_TOKENS} tokens: revoke one before.`);
      return added(hash, async () => ({ ...FRESH, ...given, id: randomUUID(), createdAt: now() }), []);
    },

    logIn({ administratorId, hash, expiresAt }) {
      const at = now();
      const others = book.logInsOf(administratorId);
      const gone = others.filter((one, i) => i >= MAX_LOG_INS - 1 || (one.expiresAt ?? at) <= at);
      // In one transaction: who is disabled or removed meanwhile has no log-in after that.
      const make = async (work: Db): Promise<Token> => {
        const { name, role } = await whoLogsIn(administratorId, work);
        const own = { kind: "log-in" as const, administratorId, name, role, expiresAt, createdAt: at };
        return { ...FRESH, ...own, id: randomUUID(), createdBy: `administrator ${name}` };
      };
      return added(
        hash,
        make,
        gone.map(({ id }) => id),
      );
    },

    find: (hash) => book.find(hash),
    has: (hash) => book.find(hash) !== undefined,
    get: (idOrName) => book.get(idOrName),

    list(page) {
      const after = pages.after(page);
      const all = [...book.all()].sort(inOrder);
      const rest = after === undefined ? all : all.filter((token) => placeOf(token) > after);
      return pages.cut(rest.slice(0, page.limit + 1), page, (token) => token);
    },

    async revoke(idOrName) {
      const token = get(idOrName);
      book.end(token.id);
      try {
        await write(() => db.deleteFrom("tokens").where("id", "=", token.id).execute());
      } catch (error) {
        if (!isStoreUnavailable(error)) throw error;
        late.revoked(token.id);
        throw new AppError(
          "not-yet-written",
          `The token is refused from now on. The database does not know yet: pacd writes it as soon as it can, and forgets it if it is stopped before. ${error.message} Then ask again, to be sure.`,
        );
      }
      return token;
    },

    used: (id, address) => late.used(id, now(), address),
    watch: (ended) => book.watch(ended),
    settled: () => late.settled(),
  };
  return { tokens, book };
}

async function whoLogsIn(id: string, work: Db) {
  const row = await work
    .selectFrom("administrators")
    .select(["name", "role"])
    .where("id", "=", id)
    .where("enabled", "=", 1)
    .executeTakeFirst();
  if (row !== undefined) return row;
  throw new AppError("log-in-refused", "The administrator was removed or disabled just now.");
}

const FRESH = {
  kind: "token" as const,
  administratorId: null,
  sources: [] as readonly string[],
  lastUsedAt: null,
  lastUsedAddress: null,
};

/** Named ones first, by name; then log-ins by administrator. */
const placeOf = ({ kind, name, id }: Token): string => `${kind === "token" ? 0 : 1} ${name} ${id}`;
const inOrder = (a: Token, b: Token): number => (placeOf(a) < placeOf(b) ? -1 : 1);
const pages = pager("tokens", isText, placeOf);

async function readBook(db: Db): Promise<TokenBook> {
  const book = new TokenBook();
  const rows = await db
    .selectFrom("tokens")
    .leftJoin("administrators", "administrators.id", "tokens.administratorId")
    .selectAll("tokens")
    .select("administrators.name as administrator")
    .execute();
  for (const { hash, administrator, ...row } of rows)
    book.add(new Uint8Array(hash), tokenOf(row, administrator));
  return book;
}

const tokenOf = (row: Omit<TokenRow, "hash">, administrator: string | null): Token => ({
  ...row,
  kind: row.name === null ? "log-in" : "token",
  name: row.name ?? administrator ?? "",
  sources: JSON.parse(row.sources) as string[],
});

const rowOf = ({ kind, name, sources, ...token }: Token, hash: Uint8Array): TokenRow => ({
  ...token,
  name: kind === "token" ? name : null,
  sources: JSON.stringify(sources),
  hash: Buffer.from(hash),
});
