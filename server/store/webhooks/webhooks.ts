import { randomUUID } from "node:crypto";
import { AppError } from "../../errors/app-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Logger } from "../../platform/log.ts";
import type { Db } from "../database.ts";
import { isSeq, isText, pager } from "../paging.ts";
import type { SecretBox } from "../secret-box.ts";
import { LateWrites } from "./late-writes.ts";
import { MAX_WEBHOOKS } from "./limits.ts";
import { deliveryOf, rowOf, UNTRIED, webhookOf } from "./webhook-rows.ts";
import type { Webhook, WebhookChange, WebhookStore } from "./webhook-types.ts";

/** What stands around the web hooks of a database. */
export interface WebhookParts {
  readonly db: Db;
  readonly box: SecretBox;
  readonly clock: Clock;
  readonly log: Pick<Logger, "error">;
  readonly checkFile: () => void;
  /** Waits for a lock, and returns when what `work` wrote is on the disk. */
  readonly write: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Of one web hook, in memory. */
interface Entry {
  webhook: Webhook;
  secret: Uint8Array;
}

const place = (id: string) => ({ row: id, column: "webhooks.secret" });

const placeOf = ({ createdAt, id }: Webhook): string => `${createdAt} ${id}`;
const pages = pager("webhooks", isText, placeOf);
const deliveryPages = pager("deliveries", isSeq, ({ seq }: { readonly seq: number }) => seq);

/** The web hooks of a database. `end`: writes what was noted, and leaves no timer. */
export async function webhookRepository(
  parts: WebhookParts,
): Promise<{ readonly webhooks: WebhookStore; readonly end: () => Promise<void> }> {
  const { db, box, clock, write } = parts;
  const book = await readBook(db);
  const late = new LateWrites({ ...parts, get: (id) => book.get(id)?.webhook });
  const watchers = new Set<(id: string) => void>();
  const tell = (id: string) => {
    for (const changed of watchers) changed(id);
  };
  const now = () => clock.date().toISOString();

  const entryOf = (id: string): Entry => {
    const entry = book.get(id);
    if (entry !== undefined) return entry;
    throw new AppError("webhook-not-found", `There is no web hook ${JSON.stringify(id)}.`);
  };

  const webhooks: WebhookStore = {
    all: () =>
      [...book.values()].map(({ webhook }) => webhook).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1)),
    get: (id) => book.get(id)?.webhook,

    list(page) {
      const after = pages.after(page);
      const all = webhooks.all().filter((webhook) => after === undefined || placeOf(webhook) > after);
      return pages.cut(all.slice(0, page.limit + 1), page, (webhook) => webhook);
    },

    secretOf(id) {
      const opened = box.open(entryOf(id).secret, place(id));
      if (opened !== undefined) return Buffer.from(opened).toString("utf8");
      throw new AppError(
        "store-unavailable",
        "The secret of the web hook was not sealed by this pacd. Give it a new one: pacctl webhook rotate.",
      );
    },

    async create({ secret: text, ...given }) {
      if (book.size >= MAX_WEBHOOKS)
        throw new AppError("too-many-webhooks", `There are ${MAX_WEBHOOKS} web hooks: remove one before.`);
      const id = randomUUID();
      const at = now();
      const secret = box.seal(Buffer.from(text, "utf8"), place(id));
      const fresh = { ...UNTRIED, disabledBecause: null, lastDelivery: null };
      const webhook: Webhook = { ...given, ...fresh, id, createdAt: at, updatedAt: at };
      await write(() => db.insertInto("webhooks").values(rowOf(webhook, secret)).execute());
      book.set(id, { webhook, secret });
      tell(id);
      return webhook;
    },

    async change(id, change) {
      const before = entryOf(id);
      const secret =
        change.secret === undefined ? before.secret : box.seal(Buffer.from(change.secret, "utf8"), place(id));
      const set = { ...changeOf(before.webhook, change), updatedAt: now() };
      const { description, url, allowPlain, filter, enabled } = { ...before.webhook, ...set };
      await write(() =>
        db
          .updateTable("webhooks")
          .set({
            description,
            url,
            allowPlain: allowPlain ? 1 : 0,
            filter: JSON.stringify(filter),
            enabled: enabled ? 1 : 0,
            updatedAt: set.updatedAt,
            secret: Buffer.from(secret),
          })
          .where("id", "=", id)
          .execute(),
      );
      const entry = entryOf(id);
      entry.secret = secret;
      entry.webhook = { ...entry.webhook, ...set };
      late.note(id, undefined);
      await late.settled();
      tell(id);
      return entry.webhook;
    },

    async remove(id) {
      const { webhook } = entryOf(id);
      await write(() => db.deleteFrom("webhooks").where("id", "=", id).execute());
      book.delete(id);
      late.forget(id);
      tell(id);
      return webhook;
    },

    note(id, step, delivery) {
      const entry = book.get(id);
      if (entry === undefined) return;
      const last = delivery === undefined ? {} : { lastDelivery: delivery };
      entry.webhook = { ...entry.webhook, ...step, ...last };
      late.note(id, delivery);
    },

    disable(id, because) {
      const entry = book.get(id);
      if (entry === undefined) return;
      entry.webhook = { ...entry.webhook, enabled: false, disabledBecause: because, updatedAt: now() };
      late.note(id, undefined);
      tell(id);
    },

    async deliveries(id, page) {
      entryOf(id);
      const after = deliveryPages.after(page);
      await late.settled();
      let query = db
        .selectFrom("webhookDeliveries")
        .selectAll()
        .where("webhookId", "=", id)
        .orderBy("seq", "desc")
        .limit(page.limit + 1);
      if (after !== undefined) query = query.where("seq", "<", after);
      if (page.result !== undefined) query = query.where("result", "=", page.result);
      return deliveryPages.cut(await query.execute(), page, deliveryOf);
    },

    watch(changed) {
      watchers.add(changed);
      return () => void watchers.delete(changed);
    },
    retain: (days) => late.retain(days),
    settled: () => late.settled(),
  };
  return { webhooks, end: () => late.end() };
}

/** Where it has a new way, or is to begin again, nothing was tried yet. */
function changeOf(before: Webhook, { secret, ...change }: WebhookChange): Partial<Webhook> {
  const begins =
    secret !== undefined ||
    (change.url !== undefined && change.url !== before.url) ||
    (change.enabled === true && !before.enabled);
  const done = change.cursor !== undefined && change.cursor !== before.cursor;
  const fresh = begins || done ? UNTRIED : {};
  return { ...change, ...fresh, ...(change.enabled === undefined ? {} : { disabledBecause: null }) };
}

async function readBook(db: Db): Promise<Map<string, Entry>> {
  const book = new Map<string, Entry>();
  for (const row of await db
    .selectFrom("webhooks")
    .selectAll()
    .orderBy("createdAt")
    .orderBy("id")
    .execute()) {
    const last = await db
      .selectFrom("webhookDeliveries")
      .selectAll()
      .where("webhookId", "=", row.id)
      .orderBy("seq", "desc")
      .limit(1)
      .executeTakeFirst();
    const webhook = webhookOf(row, last === undefined ? null : deliveryOf(last));
    book.set(row.id, { webhook, secret: new Uint8Array(row.secret) });
  }
  return book;
}
