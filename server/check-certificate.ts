import { statSync } from "node:fs";
import type { Config } from "./config/config-types.ts";
import { runProgram } from "./platform/run-program.ts";
import { mayNotRead, readIdentity } from "./tls/identity-files.ts";
import { daysLeft, validity } from "./tls/validity.ts";

/** One line of `pacd check`. */
interface Line {
  readonly verdict: "ok" | "warning" | "REFUSED";
  readonly sentence: string;
}

/** What `pacd check` says of the API's certificate; nothing where the API speaks plain HTTP. */
export async function checkCertificate(
  { admin: { tls }, state }: Config,
  now: Date,
): Promise<readonly Line[]> {
  if (tls === undefined) return [];
  const judged = readIdentity(tls);
  if (!judged.ok) return [{ verdict: "REFUSED", sentence: judged.sentence }];
  const unreadable: Line[] = [];
  for (const path of [tls.certificate, tls.key])
    if (!(await ownerReads(state.directory, path)))
      unreadable.push({
        verdict: "REFUSED",
        sentence: `The owner of ${state.directory}, as whom pacd runs, may not read ${path}: ${mayNotRead(path)}`,
      });
  if (unreadable.length > 0) return unreadable;
  const dates = validity(judged.facts, tls.certificate, now);
  const { fingerprint, names } = judged.facts;
  const fine = `The API speaks TLS as ${names.join(", ")}, for ${daysLeft(judged.facts, now)} more days; SHA-256 ${fingerprint}`;
  return [
    dates === undefined
      ? { verdict: "ok", sentence: fine }
      : { verdict: "warning", sentence: dates.sentence },
    ...judged.notes.map((sentence) => ({ verdict: "warning" as const, sentence })),
  ];
}

/**
 * Can whoever owns the state directory, as whom a service runs, read a file that we can read? True where that
 * is nobody else, or cannot be found out.
 */
async function ownerReads(stateDirectory: string, path: string): Promise<boolean> {
  const own = process.geteuid?.();
  const owner = ownerOf(stateDirectory);
  if (own !== 0 || owner === undefined || owner.uid === 0) return true;
  const { uid, gid } = owner;
  // The kernel itself is asked, which knows of groups and access lists.
  const tried = await runProgram(
    "setpriv",
    [`--reuid=${uid}`, `--regid=${gid}`, "--init-groups", "test", "-r", path],
    "",
  );
  return !tried.ran || tried.code !== 1;
}

function ownerOf(directory: string): { readonly uid: number; readonly gid: number } | undefined {
  try {
    return statSync(directory);
  } catch {
    return undefined; // pacd has not run yet
  }
}
