import type { Command } from "commander";
import { ago, type Column, momentColumn } from "../print/columns.ts";
import { several } from "../several.ts";
import type { Connect } from "../terminal.ts";
import type { Schemas } from "../typed-api.ts";

type LockoutJson = Schemas["Lockout"];

/** `pacctl lockout …`: where wrong log-ins keep others from being judged. */
export function addLockoutCommands(pacctl: Command, connect: Connect): void {
  const lockout = pacctl
    .command("lockout")
    .description("where wrong log-ins keep others from being judged")
    .addHelpText("after", HELP);

  lockout
    .command("list")
    .description("list them, the latest first")
    .action(async (_options: object, command: Command) => {
      const { ask, list } = await connect(command);
      const page = await ask("GET", "/lockouts");
      list(page.items, LOCKOUT_COLUMNS, { page, empty: "Every log-in is judged.\n" });
    });

  lockout
    .command("lift <address...>")
    .description("forget the wrong log-ins that came from an address, or from several")
    .action(async (addresses: readonly string[], _options: object, command: Command) => {
      const terminal = await connect(command);
      const lift = (address: string) => terminal.ask("DELETE", "/lockouts/{address}", { path: { address } });
      await several(terminal, addresses, lift, ({ lifted }, address) =>
        lifted === 0
          ? `No wrong log-ins from ${address} count.\n`
          : `Log-ins from ${address} are judged again.\n`,
      );
    });
}

export const LOCKOUT_COLUMNS: readonly Column<LockoutJson>[] = [
  {
    key: "user",
    title: "USER",
    value: (one) =>
      one.user === null ? "(all)" : one.userId === null ? `${one.user} (no such user)` : one.user,
    exact: (one) => one.user,
  },
  {
    key: "from",
    title: "FROM",
    value: (one) => one.address ?? "(all)",
    exact: (one) => one.address,
    whole: true,
  },
  { key: "wrong", title: "WRONG", value: (one) => String(one.failures), whole: true },
  momentColumn("since", "SINCE", (one) => one.since, { spare: true }),
  momentColumn("last", "LAST", (one) => one.last),
  {
    key: "refused-until",
    title: "REFUSED UNTIL",
    value: (one, now) => (one.kind === "user" ? "new addresses wait" : ago(one.refusedUntil, now)),
    exact: (one) => one.refusedUntil,
    whole: true,
  },
  { key: "user-id", title: "USER ID", value: (one) => one.userId ?? "-", wide: true },
];

const HELP = `
Examples:
  pacctl lockout list
  pacctl lockout lift 203.0.113.7
  pacctl user unlock anna

Users who have connected from an address before are let in there, however many wrong log-ins of others came from it.
`;
