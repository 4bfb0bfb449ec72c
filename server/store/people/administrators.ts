import { randomUUID } from "node:crypto";
import { AppError } from "../../errors/app-error.ts";
import { nameKey } from "../../names/user-name.ts";
import type { Clock } from "../../platform/clock.ts";
import type { AdministratorRow, Db } from "../database.ts";
import { isText, pager } from "../paging.ts";
import { checkName } from "../user-rules.ts";
import type { Administrator, AdministratorChange, AdministratorRepository } from "./administrator-types.ts";
import { MAX_ADMINISTRATORS } from "./limits.ts";
import type { TokenBook } from "./token-book.ts";

interface Parts {
  readonly db: Db;
  readonly clock: Pick<Clock, "date">;
  /** Whose entries of log-ins end with what is changed here. */
  readonly book: TokenBook;
  /** Waits for a lock, and returns when what `work` wrote is on the disk. */
  readonly write: <T>(work: () => Promise<T>) => Promise<T>;
}

const pages = pager("administrators", isText, (row: Pick<AdministratorRow, "name">) => row.name);

/** Administrators in the database. */
export function administratorRepository({ db, clock, book, write }: Parts): AdministratorRepository {
  const now = () => clock.date().toISOString();

  const rowFor = (nameOrId: string, within: Db = db) =>
    within
      .selectFrom("administrators")
      .selectAll()
      .where((e) => e.or([e("id", "=", nameOrId), e("nameKey", "=", nameKey(nameOrId))]))
      .executeTakeFirst();

  async function existing(nameOrId: string, within: Db): Promise<AdministratorRow> {
    const row = await rowFor(nameOrId, within);
    if (row !== undefined) return row;
    throw new AppError("administrator-not-found", `There is no administrator ${JSON.stringify(nameOrId)}.`);
  }

  /** Somebody else who is enabled and may do everything has to be there, where this one was such. */
  async function demandAnother(row: AdministratorRow, within: Db): Promise<void> {
    if (row.role !== "admin" || row.enabled === 0) return;
    const other = await within
      .selectFrom("administrators")
      .select("id")
      .where("role", "=", "admin")
      .where("enabled", "=", 1)
      .where("id", "<>", row.id)
      .executeTakeFirst();
    if (other !== undefined) return;
    throw new AppError(
      "last-administrator",
      `${JSON.stringify(row.name)} is the last administrator who is enabled and has the role admin; add another one before. To be left with the token of the file admin-token and the local socket alone, remove this one with last=true (pacctl admin remove NAME --last).`,
    );
  }

  /** Changes one administrator, and ends the log-ins where `ends` says so. */
  async function changed(
    nameOrId: string,
    change: (row: AdministratorRow, within: Db) => Promise<{ set: Partial<AdministratorRow>; ends: boolean }>,
  ): Promise<Administrator> {
    return write(async () => {
      const { row, ends } = await db.transaction().execute(async (within) => {
        const before = await existing(nameOrId, within);
        const { set, ends } = await change(before, within);
        await within.updateTable("administrators").set(set).where("id", "=", before.id).execute();
        if (ends) await within.deleteFrom("tokens").where("administratorId", "=", before.id).execute();
        return { row: { ...before, ...set }, ends };
      });
      for (const { id } of book.logInsOf(row.id))
        if (ends) book.end(id);
        else book.change(id, { name: row.name });
      return administratorOf(row);
    });
  }

  return {
    async create({ name, password, role, enabled, createdBy }) {
      checkName(name, "name of an administrator");
      const at = now();
      const row: AdministratorRow = {
        id: randomUUID(),
        name,
        nameKey: nameKey(name),
        password,
        role,
        enabled: enabled ? 1 : 0,
        createdAt: at,
        createdBy,
        updatedAt: at,
        passwordChangedAt: at,
        lastLogInAt: null,
        lastLogInAddress: null,
      };
      await write(() =>
        db.transaction().execute(async (within) => {
          const { all } = await within
            .selectFrom("administrators")
            .select((e) => e.fn.countAll<number>().as("all"))
            .executeTakeFirstOrThrow();
          if (all >= MAX_ADMINISTRATORS)
            throw new AppError(
              "too-many-administrators",
              `There are ${MAX_ADMINISTRATORS} administrators: remove one before.`,
            );
          await within.insertInto("administrators").values(row).execute().catch(conflict(name));
        }),
      );
      return administratorOf(row);
    },

    async find(nameOrId) {
      const row = await rowFor(nameOrId);
      return row && administratorOf(row);
    },

    async list(page) {
      const after = pages.after(page);
      let query = db
        .selectFrom("administrators")
        .selectAll()
        .orderBy("name")
        .limit(page.limit + 1);
      if (after !== undefined) query = query.where("name", ">", after);
      return pages.cut(await query.execute(), page, administratorOf);
    },

    update: (nameOrId, change) =>
      changed(nameOrId, async (row, within) => {
        const { name = row.name, role = row.role, enabled = row.enabled === 1 } = change;
        if (role !== "admin" || !enabled) await demandAnother(row, within);
        if (name !== row.name) await checkRename(row, name, within);
        const set = { name, nameKey: nameKey(name), role, enabled: enabled ? 1 : 0, updatedAt: now() };
        return { set, ends: endsLogIns(row, change) };
      }),

    setPassword: (nameOrId, password) =>
      changed(nameOrId, async () => {
        const at = now();
        return { set: { password, passwordChangedAt: at, updatedAt: at }, ends: true };
      }),

    remove(nameOrId, { last }) {
      return write(async () => {
        const row = await db.transaction().execute(async (within) => {
          const row = await existing(nameOrId, within);
          if (!last) await demandAnother(row, within);
          // The tokens of log-ins go with it: ON DELETE CASCADE.
          await within.deleteFrom("administrators").where("id", "=", row.id).execute();
          return row;
        });
        for (const { id } of book.logInsOf(row.id)) book.end(id);
        return administratorOf(row);
      });
    },

    async secret(name) {
      const row = await rowFor(name);
      return row && { administrator: administratorOf(row), password: row.password };
    },

    loggedIn: (id, address, rehashed) =>
      changed(id, async () => {
        const set = { lastLogInAt: now(), lastLogInAddress: address };
        return { set: rehashed === undefined ? set : { ...set, password: rehashed }, ends: false };
      }),
  };
}

const endsLogIns = (row: AdministratorRow, { role, enabled }: AdministratorChange): boolean =>
  (role !== undefined && role !== row.role) || enabled === false;

async function checkRename(row: AdministratorRow, name: string, within: Db): Promise<void> {
  checkName(name, "name of an administrator");
  const other = await within
    .selectFrom("administrators")
    .select("name")
    .where("nameKey", "=", nameKey(name))
    .where("id", "<>", row.id)
    .executeTakeFirst();
  if (other !== undefined) throw exists(other.name);
}

/** The database decides, not a question asked before. */
const conflict = (name: string) => (error: unknown) => {
  const text = error instanceof Error ? error.message : "";
  if (text.includes("UNIQUE") && text.includes("administrators.name")) throw exists(name);
  throw error;
};

const exists = (name: string) =>
  new AppError("administrator-exists", `There is an administrator ${JSON.stringify(name)} already.`, {
    field: "name",
  });

function administratorOf(row: AdministratorRow): Administrator {
  const { password: _secret, nameKey: _key, enabled, ...shown } = row;
  return { ...shown, enabled: enabled === 1 };
}
