import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../server/errors/app-error.ts";
import type { TokenRepository } from "../server/store/people/token-types.ts";
import { isTokenText, newTokenText } from "./people/token-text.ts";
import { tokenHash } from "./token-hash.ts";

/** The name under which the store keeps the hash. */
const TOKEN_NAME = "admin";

export interface AdminToken {
  /** The file that holds the token. */
  readonly path: string;
  /** True where this start wrote the file; an earlier token, if there was one, is no longer valid. */
  readonly created: boolean;
}

/**
 * Sees to it that the file `admin-token` (mode 0600) in the state directory and the hash in the store fit. A
 * lost or damaged file gets a new token. A file that the store does not know, after the database was
 * replaced, is accepted: who can write into the state directory rules pacd anyway. Throws state-unusable.
 */
export async function ensureAdminToken(directory: string, tokens: TokenRepository): Promise<AdminToken> {
  const path = join(directory, "admin-token");
  const known = await readToken(path);
  const token = known ?? newTokenText();
  if (known === undefined) await writeToken(path, token);
  // After the file: a crash in between leaves a file that the next start takes over.
  const hash = tokenHash(token);
  if (!tokens.has(hash)) await tokens.put(TOKEN_NAME, hash);
  return { path, created: known === undefined };
}

/**
 * Another token in the file, which holds from now on in place of the one before. Throws state-unusable, and
 * store-unavailable with the file as it was.
 */
export async function rotateAdminToken(directory: string, tokens: TokenRepository): Promise<string> {
  const path = join(directory, "admin-token");
  const before = await readToken(path);
  const token = newTokenText();
  await writeToken(path, token);
  try {
    await tokens.put(TOKEN_NAME, tokenHash(token));
  } catch (error) {
    if (before !== undefined) await writeToken(path, before);
    throw error;
  }
  return token;
}

async function readToken(path: string): Promise<string | undefined> {
  try {
    const text = (await readFile(path, "utf8")).trim();
    return isTokenText(text) ? text : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw unusable(path, error);
  }
}

/** Through a second file: a reader sees the whole token or none. */
async function writeToken(path: string, token: string): Promise<void> {
  const fresh = `${path}.new`;
  try {
    await rm(fresh, { force: true });
    const file = await open(fresh, "wx", 0o600);
    try {
      await file.writeFile(`${token}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, path);
  } catch (error) {
    throw unusable(path, error);
  }
}

const unusable = (path: string, error: unknown) =>
  new AppError("state-unusable", `The admin token ${path} cannot be used: ${(error as Error).message}.`);
