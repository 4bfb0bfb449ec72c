import { join } from "node:path";
import type { Io } from "./io.ts";
import type { Token } from "./token.ts";

/** What is kept of a log-in: whose, where, until when. */
export interface KeptLogIn {
  readonly name: string;
  readonly token: string;
  readonly expiresAt: string;
}

type Kept = Readonly<Record<string, KeptLogIn>>;

/** Mode 0600, for the user who logged in alone; undefined: this user has no home. */
export function logInFile({ env }: Pick<Io, "env">): string | undefined {
  const folder = env["XDG_CONFIG_HOME"] || (env["HOME"] ? join(env["HOME"], ".config") : undefined);
  return folder === undefined ? undefined : join(folder, "pacd", "log-ins.json");
}

/** The token of the log-in at this server, by its URL; undefined: there is none that holds. */
export async function storedLogIn(
  io: Pick<Io, "env" | "readFile" | "now">,
  base: string,
): Promise<Token | undefined> {
  const kept = (await readLogIns(io))[base];
  if (kept === undefined || kept.expiresAt <= io.now().toISOString()) return undefined;
  return { text: kept.token, origin: `the log-in of ${kept.name}; pacctl log-in makes another` };
}

/** All that hold; a file that is damaged or none holds nothing. */
export async function readLogIns(io: Pick<Io, "env" | "readFile">): Promise<Kept> {
  const file = logInFile(io);
  if (file === undefined) return {};
  try {
    const parsed: unknown = JSON.parse(await io.readFile(file));
    if (typeof parsed !== "object" || parsed === null) return {};
    return Object.fromEntries(Object.entries(parsed).filter(([, one]) => isKept(one))) as Kept;
  } catch {
    return {};
  }
}

function isKept(one: unknown): one is KeptLogIn {
  const { name, token, expiresAt } = (one ?? {}) as Record<keyof KeptLogIn, unknown>;
  return [name, token, expiresAt].every((value) => typeof value === "string");
}
