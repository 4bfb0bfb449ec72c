import { changeJson, shownConfigJson } from "../admin-api/schemas/config-json.ts";
import { differencesText, shownConfigText } from "../pacctl/print/config.ts";
import type { ConfigRequest } from "./command-line.ts";
import { compareConfigs } from "./config/compare-configs.ts";
import { showConfig } from "./config/config-origins.ts";
import { loadConfig, parseConfig } from "./config/load-config.ts";
import { AppError } from "./errors/app-error.ts";
import { installation } from "./installation/installation.ts";
import { readIdentity } from "./tls/identity-files.ts";

/**
 * `pacd config show|check|diff`: what `pacctl config` asks of a running server, of the file alone. Returns
 * the exit code. Throws as loadConfig does, and tls-unusable.
 */
export function configCommand(
  what: ConfigRequest,
  file: string | undefined,
  say: (line: string) => void,
): number {
  const { stateDirectory } = installation;
  const config = loadConfig(file, { defaults: { stateDirectory } });
  const { tls } = config.admin;
  const judged = tls === undefined ? undefined : readIdentity(tls);
  switch (what) {
    case "show": {
      say(shownConfigText(shownConfigJson(showConfig(config, file))).trimEnd());
      return 0;
    }
    case "check":
      if (judged?.ok === false) throw new AppError("tls-unusable", judged.sentence);
      say(file === undefined ? "The built-in defaults hold." : `${file} is right.`);
      return 0;
    case "diff": {
      const changes = file === undefined ? [] : compareConfigs(parseConfig("", file), config);
      say(
        changes.length === 0 ? "All is at its default." : differencesText(changes.map(changeJson)).trimEnd(),
      );
      return changes.length === 0 ? 0 : 1;
    }
  }
}
