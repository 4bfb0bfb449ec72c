import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SHELLS } from "../../pacctl/commands/completion.ts";
import { type CommandFacts, commandTree } from "../../pacctl/completion/command-tree.ts";
import { pacctlValues } from "../../pacctl/completion/pacctl-values.ts";
import { declaredValues } from "../../pacctl/completion/values.ts";
import type { Io } from "../../pacctl/io.ts";
import { pacctlProgram } from "../../pacctl/run.ts";
import { pacdProgram } from "../../server/command-line.ts";
import { debianPackage } from "../../server/installation/installation.ts";
import { commandPage } from "./man/command-page.ts";
import { configurationPage } from "./man/configuration-page.ts";
import { PACCTL_PAGE, PACD_PAGE } from "./man/pages.ts";

const EXAMPLE = join(import.meta.dirname, "../pacd.example.toml");

/** Where each shell looks for completions, by the program's name. */
const FOLDERS: Readonly<Record<keyof typeof SHELLS, (program: string) => string>> = {
  bash: (program) => `usr/share/bash-completion/completions/${program}`,
  zsh: (program) => `usr/share/zsh/vendor-completions/_${program}`,
  fish: (program) => `usr/share/fish/vendor_completions.d/${program}.fish`,
};

/** Manual pages and completions, made of what the programs declare, by their path in the package. */
export function texts(date: Date, version: string): ReadonlyMap<string, string> {
  const trees: Readonly<Record<string, CommandFacts>> = {
    pacctl: commandTree(pacctlProgram({ version } as Io)),
    pacd: commandTree(pacdProgram(debianPackage("/usr/lib/pacd/app", version), () => {})),
  };
  const found = new Map([
    ["usr/share/man/man1/pacctl.1", commandPage(PACCTL_PAGE, trees["pacctl"]!, date)],
    ["usr/share/man/man8/pacd.8", commandPage(PACD_PAGE, trees["pacd"]!, date)],
    ["usr/share/man/man5/pacd.toml.5", configurationPage(readFileSync(EXAMPLE, "utf8"), date)],
  ]);
  for (const [program, tree] of Object.entries(trees))
    for (const shell of Object.keys(SHELLS) as (keyof typeof SHELLS)[])
      found.set(
        FOLDERS[shell](program),
        SHELLS[shell](program, tree, program === "pacctl" ? pacctlValues : declaredValues),
      );
  return found;
}
