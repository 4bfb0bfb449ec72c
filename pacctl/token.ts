import { join } from "node:path";
import { AppError } from "../server/errors/app-error.ts";
import type { Io } from "./io.ts";

/** The API token, and what to call it where pacd does not accept it. */
export interface Token {
  readonly text: string;
  readonly origin: string;
}

/**
 * The API token: `--token-file`, then PACD_TOKEN, then that of `pacctl log-in`, then the file that a pacd of
 * this host has left in one of these state directories. Throws no-token.
 */
export async function findToken(
  io: Pick<Io, "env" | "readFile" | "readStateFile">,
  tokenFile: string | undefined,
  loggedIn: Token | undefined,
  stateDirectories: readonly string[],
): Promise<Token> {
  if (tokenFile !== undefined) {
    const text = required(await read(tokenFile, io.readFile), `There is no token file ${tokenFile}.`);
    return { text: oneWord(text, `The token file ${tokenFile}`), origin: `the token in ${tokenFile}` };
  }
  const given = io.env["PACD_TOKEN"]?.trim();
  if (given !== undefined && given !== "")
    return { text: oneWord(given, "PACD_TOKEN"), origin: "the token in PACD_TOKEN" };
  if (loggedIn !== undefined) return loggedIn;
  const files = stateDirectories.map((directory) => join(directory, "admin-token"));
  for (const path of files) {
    const text = await read(path, io.readStateFile);
    // A pacd that was tried out in the working copy leaves its token there when another one is installed.
    if (text !== undefined) return { text, origin: `the token in ${path}; --token-file FILE names another` };
  }
  throw new AppError(
    "no-token",
    `No API token: set PACD_TOKEN, or give --token-file FILE; where pacd runs on this host with a configuration of its own, --config FILE. Looked for ${files.join(" and ")}.`,
  );
}

/** Undefined where there is no such file; any other obstacle is an error that names it. */
async function read(path: string, readFile: Io["readFile"]): Promise<string | undefined> {
  try {
    const token = (await readFile(path)).trim();
    return required(token === "" ? undefined : token, `The token file ${path} is empty.`);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    const reason =
      code === "EACCES"
        ? "permission denied; try as root, or give a token of your own by PACD_TOKEN or --token-file FILE"
        : code === "ELOOP"
          ? "it is a link, and pacd makes none; to read what it leads to, name that with --token-file FILE"
          : message;
    throw new AppError("no-token", `The token file ${path} cannot be read: ${reason}.`);
  }
}

/** What is no token goes into no header, whose error would print it; here it is not printed either. */
function oneWord(text: string, origin: string): string {
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new AppError("no-token", `${origin} holds no token, which is one word without spaces.`);
}

function required(token: string | undefined, otherwise: string): string {
  if (token === undefined) throw new AppError("no-token", otherwise);
  return token;
}
