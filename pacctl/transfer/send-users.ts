import { AppError } from "../../server/errors/app-error.ts";
import { ApiRefusal } from "../api-client.ts";
import type { ImportedUser } from "../import/import-types.ts";
import type { Ask, Schemas } from "../typed-api.ts";
import { changing, creating, type RowOfBatch, type UserToSend } from "./users-to-send.ts";

/**
 * Users of one request: log-ins wait while it is written, a quarter of a second on a busy host with two
 * cores.
 */
export const USERS_AT_ONCE = 250;

/** The same where nothing is written. */
const NAMES_AT_ONCE = 1000;

type ResultOfRow = Schemas["BatchRowResult"];

/** What came of a user in a file. */
export interface Sent {
  readonly user: ImportedUser;
  /** "kept": is there, and stays; "unknown": no answer came; "not sent": an earlier request failed. */
  readonly did: "created" | "changed" | "unchanged" | "kept" | "refused" | "unknown" | "not sent";
  /** What pacd said of it. */
  readonly result?: ResultOfRow;
  /** Was a password generated for it? */
  readonly generated?: boolean;
}

/** Which of these users pacd has. Throws as `Ask` does. */
export async function whoExists(ask: Ask, users: readonly ImportedUser[]): Promise<readonly UserToSend[]> {
  const all: UserToSend[] = [];
  for (const some of portions(users, NAMES_AT_ONCE)) {
    const rows = some.map(({ name }): RowOfBatch => ({ do: "update", name }));
    const { rows: results } = await ask("POST", "/users:batch", { query: { dryRun: true }, body: { rows } });
    all.push(...some.map((user, at) => ({ user, exists: results[at]?.code !== "user-not-found" })));
  }
  return all;
}

interface Sending {
  readonly dryRun: boolean;
  /** Users who are there are changed; otherwise they stay. */
  readonly update: boolean;
  /** Passwords for those who are new and have none, kept before they are sent. */
  readonly generate: (users: readonly ImportedUser[]) => readonly string[];
  /** Before each request, and after the last one. */
  readonly progress: (done: number, total: number) => void;
  /** Shall no more be sent? */
  readonly stopped: () => boolean;
}

/** What came of all of them, and what ended it early. */
export interface Report {
  readonly sent: readonly Sent[];
  readonly failure: AppError | ApiRefusal | undefined;
}

/** Sends users in portions. A request that fails ends it; what was stored before is said. */
export async function sendUsers(
  ask: Ask,
  users: readonly UserToSend[],
  { dryRun, update, generate, progress, stopped }: Sending,
): Promise<Report> {
  const sent: Sent[] = [];
  const meant = users.filter(({ user, exists }) => {
    if (exists && !update) sent.push({ user, did: "kept" });
    return !exists || update;
  });
  let failure: Report["failure"];
  let done = 0;
  for (const some of portions(meant, USERS_AT_ONCE)) {
    if (failure !== undefined || stopped()) {
      sent.push(...some.map(({ user }): Sent => ({ user, did: "not sent" })));
      continue;
    }
    progress(done, meant.length);
    const lacking = some.filter(({ user, exists }) => !exists && user.password === undefined);
    const passwords = dryRun ? [] : generate(lacking.map(({ user }) => user));
    const generated = new Map(lacking.map(({ user }, at) => [user, passwords[at]]));
    const rows = some.map(({ user, exists }): RowOfBatch => {
      if (exists) return changing(user);
      const password = generated.get(user);
      return creating(password === undefined ? user : { ...user, password });
    });
    try {
      const { rows: results } = await ask("POST", "/users:batch", { query: { dryRun }, body: { rows } });
      sent.push(...some.map(({ user }, at) => outcome(user, results[at], generated.has(user))));
    } catch (error) {
      if (!(error instanceof AppError || error instanceof ApiRefusal)) throw error;
      failure = error;
      // A refusal has stored nothing; without an answer nobody knows.
      const did = error instanceof ApiRefusal ? "not sent" : "unknown";
      sent.push(...some.map(({ user }): Sent => ({ user, did, generated: generated.has(user) })));
    }
    done += some.length;
  }
  progress(meant.length, meant.length);
  return { sent: sent.toSorted((a, b) => a.user.line - b.user.line), failure };
}

function outcome(user: ImportedUser, result: ResultOfRow | undefined, generated: boolean): Sent {
  if (result === undefined || result.did === "removed") return { user, did: "unknown" };
  return { user, did: result.did, result, generated };
}

function* portions<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
