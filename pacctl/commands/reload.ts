import type { Command } from "commander";
import { writtenValue } from "../../server/config/compare-configs.ts";
import { printable } from "../print/printable.ts";
import type { Connect } from "../terminal.ts";
import type { Schemas } from "../typed-api.ts";

type ReloadJson = Schemas["Reload"];
type ChangeJson = ReloadJson["changes"][number];

/** `pacctl reload`: pacd reads its configuration file again. */
export function addReloadCommand(pacctl: Command, connect: Connect): void {
  pacctl
    .command("reload")
    .description("have pacd read its configuration file again; nobody is disconnected who need not be")
    .option("--dry-run", "change nothing, and say what would change and which sessions would end")
    .addHelpText("after", HELP)
    .action(async ({ dryRun = false }: { dryRun?: boolean }, command: Command) => {
      const { ask, show } = await connect(command);
      show(await ask("POST", "/config:reload", { body: { dryRun } }), reloadText);
    });
}

const HELP = `
The whole file is checked first: where anything in it is wrong, or this host refuses it, nothing changes.
docs/operations.md says of each key when it counts. Without the API: kill -HUP, and the log says what came of it.
`;

const HEADINGS = {
  now: ["Changed at once", "Would change at once"],
  "next-dial": ["Counts for whoever dials from now on", "Would count for whoever dials from then on"],
  restart: ["Needs a restart of pacd", "Would need a restart of pacd"],
} as const;

function reloadText({ dryRun, file, changes, sessions, notes }: ReloadJson): string {
  const tense = dryRun ? 1 : 0;
  const from = file === null ? ": pacd runs without a configuration file" : ` in ${file}`;
  const parts = (["now", "next-dial", "restart"] as const).flatMap((counts) => {
    const lines = changes.filter((change) => change.counts === counts).map(changeLine);
    return lines.length === 0 ? [] : [`${HEADINGS[counts][tense]}:\n${lines.join("")}`];
  });
  const heading =
    changes.length === 0
      ? `Nothing has changed${printable(from)}.\n`
      : dryRun
        ? "Nothing was changed: this was a dry run.\n"
        : "";
  return [
    heading,
    ...parts,
    ...sessionLines(dryRun, sessions),
    ...notes.map((note) => `Note: ${printable(note)}\n`),
  ].join("");
}

function changeLine({ key, from, to }: ChangeJson): string {
  const text = (value: ChangeJson["to"]) => (value === null ? "(not there)" : writtenValue(value));
  return `  ${printable(`${key}: ${text(from)} -> ${text(to)}`)}\n`;
}

function sessionLines(dryRun: boolean, { live, ended, noLongerAllowed }: ReloadJson["sessions"]): string[] {
  const end = dryRun ? (ended === 1 ? "ends" : "end") : "ended";
  return [
    ...(ended === 0
      ? []
      : [
          `${ended} of ${sessionsText(live)} ${end}: pool shrinks, their addresses are in no pool any more.\n`,
        ]),
    ...(noLongerAllowed === 0
      ? []
      : [
          `${noLongerAllowed} of ${sessionsText(live)} go on by a log-in or encryption that is allowed no more, until they end: pacctl session list, pacctl session disconnect ID.\n`,
        ]),
  ];
}

const sessionsText = (count: number): string => (count === 1 ? "1 session" : `${count} sessions`);
