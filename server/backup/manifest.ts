import { AppError } from "../errors/app-error.ts";
import { damaged } from "./damaged.ts";

/** Of this file. A pacd that knows only an earlier one refuses it. */
export const FORMAT = 1;

/** The name of the first member. */
export const MANIFEST = "pacd-backup.json";

/** What a backup says of itself, before anything else. */
export interface Manifest {
  readonly format: number;
  /** Version of the pacd that made it. */
  readonly pacd: string;
  /** The newest step that its database has behind it. */
  readonly schema: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Name of the host. */
  readonly host: string;
  readonly users: number;
  readonly stateDirectory: string;
  /** Where the configuration stood; null: there was no file. */
  readonly configFile: string | null;
}

/** Ours, in octets: a manifest holds a few names. */
export const MAX_MANIFEST = 16 * 1024;

export const manifestOctets = (manifest: Manifest): Uint8Array =>
  Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`, "utf8");

/** Throws backup-damaged, and backup-too-new for a format that is not known. */
export function parseManifest(octets: Uint8Array): Manifest {
  let value: Partial<Record<keyof Manifest, unknown>>;
  try {
    const parsed: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(octets));
    value = typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    throw damaged(`${MANIFEST} is not JSON`);
  }
  const text = (key: keyof Manifest) => typeof value[key] === "string" && value[key] !== "";
  if (Number.isSafeInteger(value.format) && (value.format as number) > FORMAT)
    throw new AppError(
      "backup-too-new",
      `The backup has format ${value.format}, and was made by ${text("pacd") ? `pacd ${value.pacd}` : "a newer pacd"}; this pacd knows format ${FORMAT}. Install that version or a later one.`,
    );
  const whole =
    value.format === FORMAT &&
    (["pacd", "schema", "at", "host", "stateDirectory"] as const).every(text) &&
    Number.isSafeInteger(value.users) &&
    (value.configFile === null || text("configFile"));
  if (!whole) throw damaged(`${MANIFEST} lacks something`);
  return value as Manifest;
}
