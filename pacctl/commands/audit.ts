import { type Command, Option } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
import { ACTOR_KINDS, RESULTS } from "../../server/store/audit/audit-types.ts";
import { pastMoment } from "../options/past-moment.ts";
import {
  type AuditJson,
  actorText,
  auditText,
  changeSummary,
  resultText,
  targetText,
} from "../print/audit.ts";
import { type Column, momentColumn } from "../print/columns.ts";
import type { Connect } from "../terminal.ts";
import type { Ask, QueryOf } from "../typed-api.ts";

interface ListOptions extends Omit<QueryOf<"/audit">, "limit" | "cursor" | "idPrefix"> {
  readonly limit: string;
}

/** `pacctl audit …`: who did what. */
export function addAuditCommands(pacctl: Command, connect: Connect, now: () => Date): void {
  const audit = pacctl.command("audit").description("who did what, and when").addHelpText("after", HELP);
  const past = (text: string) => pastMoment(text, now());

  audit
    .command("list", { isDefault: true })
    .description("list what was done and refused, newest first")
    .option("--user <name>", "what was done to this user, in whatever spelling, and to sessions of that name")
    .option("--actor <name>", "what this administrator, token or user of the host did")
    .addOption(new Option("--actor-kind <kind>", "what such actors did").choices(ACTOR_KINDS))
    .option("--action <action>", "this action only, such as changeUser")
    .option("--target-kind <kind>", "what was done to such things, such as session")
    .option("--target <name>", "what was done to things of this name")
    .option("--target-id <id>", "what was done to the thing with this ID")
    .addOption(new Option("--result <result>", "what came out so").choices(RESULTS))
    .option("--since <moment>", "since 2h ago, or since a moment such as 2027-01-01T08:00", past)
    .option("--until <moment>", "before that, likewise", past)
    .option("--address <address>", 'from this address; "socket" for the local socket')
    .option("--request-id <id>", "of this request, as the log and x-request-id call it")
    .option("--limit <count>", "at most so many, up to 1000", "50")
    .action(async ({ limit, ...filter }: ListOptions, command: Command) => {
      if (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > 1000)
        throw new AppError("usage", "--limit takes a whole number from 1 to 1000.");
      const { ask, list } = await connect(command);
      const page = await ask("GET", "/audit", { query: { ...filter, limit: Number(limit) } });
      list(page.items, AUDIT_COLUMNS, {
        page,
        empty: "Nothing is on record.\n",
        after: page.next === undefined ? "" : "There are more: --limit COUNT\n",
      });
    });

  audit
    .command("show <id>")
    .description("show a record, with what was before and after; the beginning of its ID will do")
    .action(async (id: string, _options: object, command: Command) => {
      const { ask, show } = await connect(command);
      show(await found(ask, id), auditText);
    });
}

/** By the whole ID, or the only one that begins so. */
async function found(ask: Ask, id: string): Promise<AuditJson> {
  if (id.length < 36) {
    const { items } = await ask("GET", "/audit", { query: { idPrefix: id, limit: 2 } });
    if (items.length === 1) return items[0]!;
    if (items.length > 1)
      throw new AppError("usage", `Several records begin with ${JSON.stringify(id)}: type more of the ID.`);
  }
  return ask("GET", "/audit/{id}", { path: { id } });
}

export const AUDIT_COLUMNS: readonly Column<AuditJson>[] = [
  { key: "id", title: "ID", value: (one) => one.id, exact: (one) => one.id, id: true },
  momentColumn("at", "WHEN", (one) => one.at),
  { key: "who", title: "WHO", value: actorText },
  { key: "action", title: "ACTION", value: (one) => one.action },
  { key: "target", title: "TARGET", value: targetText },
  { key: "result", title: "RESULT", value: resultText },
  {
    key: "changed",
    title: "CHANGED",
    value: changeSummary,
  },
  { key: "address", title: "FROM", value: (one) => one.from.address ?? "-", whole: true, wide: true },
  { key: "target-id", title: "TARGET ID", value: (one) => one.target.id ?? "-", id: true, wide: true },
  { key: "request", title: "REQUEST", value: (one) => one.requestId ?? "-", wide: true },
];

const HELP = `
Examples:
  pacctl audit --user anna
  pacctl audit --user anna --action changeUser
  pacctl audit --result refused --since 2h
  pacctl audit --actor-kind pacd --since 1d
  pacctl audit show 1c0e77aa
`;
