import type { ConfigView } from "../admin-api/services.ts";
import { compareConfigs } from "./config/compare-configs.ts";
import { showConfig } from "./config/config-origins.ts";
import type { Config } from "./config/config-types.ts";
import { type FoundFault, faultsOf } from "./config/faults.ts";
import { keyLines } from "./config/key-lines.ts";
import { parseConfig, readConfigText } from "./config/load-config.ts";
import { AppError } from "./errors/app-error.ts";
import { readIdentity } from "./tls/identity-files.ts";

/** Against whose folder relative paths are, where pacd runs without a file. */
const ABSENT = "/etc/pacd/pacd.toml";

/** What the API may ask of the configuration. `running` is what counts at this moment. */
export function configView(running: { readonly config: Config }, file: string | undefined): ConfigView {
  return {
    show: () => showConfig(running.config, file),
    check(toml) {
      const name = file ?? null;
      // Without a file of its own, and without a document, there is nothing that could differ.
      if (toml === undefined && file === undefined) return { file: name, faults: [], changes: [] };
      try {
        const text = toml ?? readConfigText(file!);
        const next = parseConfig(text, file ?? ABSENT);
        const faults = certificateFaults(next, text);
        return { file: name, faults, changes: faults.length > 0 ? [] : compareConfigs(running.config, next) };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return { file: name, faults: faultsOf(error), changes: [] };
      }
    },
  };
}

function certificateFaults({ admin: { tls } }: Config, toml: string): readonly FoundFault[] {
  const judged = tls === undefined ? undefined : readIdentity(tls);
  if (judged === undefined || judged.ok) return [];
  const line = keyLines(toml)(["admin", "tls_certificate"]);
  return [{ line, key: "admin.tls_certificate", code: "tls-unusable", says: judged.sentence }];
}
