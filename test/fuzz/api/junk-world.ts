import assert from "node:assert/strict";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import SqliteDatabase from "better-sqlite3";
import { tokenHash } from "../../../admin-api/token-hash.ts";
import { ERRORS, type ErrorCode } from "../../../server/errors/register.ts";
import type { Store } from "../../../server/store/store-types.ts";
import { type Bench, bench } from "../../support/admin-api.ts";
import { openTemporaryStore } from "../../support/temporary-store.ts";
import type { JunkRequest } from "./requests.ts";

/** From one request to the next, in ms: no budget of a token runs out. */
const STEP = 5000;

const ROTATED_TEXT = "pacd_rotated";
const ROTATED = tokenHash(ROTATED_TEXT);

/** Tables in which being asked leaves traces, whoever asks. */
const TRACES: ReadonlySet<string> = new Set([
  "audit",
  "sqlite_sequence",
  "heartbeat",
  "events",
  "about",
  "tokens",
]);

/** An API that is sent junk, and looks after each request whether it has stored something. */
export class JunkWorld {
  readonly #store: Store;
  readonly #close: () => Promise<void>;
  readonly #sqlite: SqliteDatabase.Database;
  #bench: Bench | undefined;
  #asked = 0;
  #stored: string;
  /** Answers by status. */
  readonly statuses = new Map<number, number>();

  constructor(store: Store, close: () => Promise<void>, directory: string) {
    this.#store = store;
    this.#close = close;
    this.#sqlite = new SqliteDatabase(join(directory, "pacd.db"), { readonly: true });
    this.#stored = this.#dump();
  }

  static async open(): Promise<JunkWorld> {
    const { store, directory, close } = await openTemporaryStore();
    await store.users.create({ name: "anna", password: "correct horse" });
    return new JunkWorld(store, close, directory);
  }

  /** The document of the API. */
  async document(): Promise<object> {
    return (await (await this.#app()).app.inject("/api/v1/openapi.json")).json();
  }

  /** Throws where the answer is not as it should be. */
  async ask({ wrongField, ...request }: JunkRequest): Promise<void> {
    const { app, log } = await this.#app();
    // As a stream: that of the events never ends.
    const answer = await app.inject({ ...(request as object), payloadAsStream: true });
    const { statusCode: status } = answer;
    const stream = answer.stream();
    const body = status < 400 ? "" : await text(stream);
    stream.destroy();
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    assert.ok(status < 500, `${status}: ${body}\n${log.filter((line) => line.includes('"err"')).at(-1)}`);
    const now = this.#dump();
    if (status < 400) {
      this.#stored = now;
      return;
    }
    assert.equal(now, this.#stored, "a request that was refused has stored something");
    if (request.method === "HEAD") return;
    assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
    const problem = JSON.parse(body);
    assert.ok(Object.hasOwn(ERRORS, problem.code), problem.code);
    assert.equal(ERRORS[problem.code as ErrorCode].status, status);
    assert.ok(problem.detail.length > 0);
    if (wrongField !== undefined && problem.code === "invalid-request" && !/ lacks /.test(problem.detail))
      // Or what in it: "labels.room".
      assert.equal(String(problem.field).split(".", 1)[0], wrongField);
  }

  async close(): Promise<void> {
    this.#sqlite.close();
    await this.#bench?.app.close();
    await this.#close();
  }

  async #app(): Promise<Bench> {
    this.#asked++;
    if (this.#bench !== undefined) return this.#bench;
    const { tokens } = this.#store;
    this.#bench = await bench({
      store: this.#store,
      now: () => new Date(Date.UTC(2026, 2, 1) + this.#asked * STEP),
      // Under another name: the token that is asked with stays.
      async rotateAdminToken() {
        if (!tokens.has(ROTATED)) await tokens.put("rotated", ROTATED);
        return ROTATED_TEXT;
      },
      reload: async (dryRun) => ({
        dryRun,
        file: null,
        changes: [],
        sessions: { live: 0, ended: 0, noLongerAllowed: 0 },
        notes: [],
      }),
      backup: async () => ({
        name: "backup.tar",
        length: 0,
        octets: (async function* () {})(),
        close: async () => {},
      }),
    });
    return this.#bench;
  }

  #dump(): string {
    const tables = this.#sqlite
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .pluck()
      .all() as string[];
    return JSON.stringify(
      tables
        .filter((name) => !TRACES.has(name))
        .map((name) => [name, this.#sqlite.prepare(`SELECT * FROM "${name}"`).raw().all()]),
    );
  }
}
