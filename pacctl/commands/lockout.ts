import type { Command } from "commander";
import type { Static } from "typebox";
import type { Lifted, Lockout } from "../../admin-api/schemas/lockout.ts";
import { instant } from "../print/quantities.ts";
import { table } from "../print/table.ts";
import type { Connect } from "../terminal.ts";

type LockoutJson = Static<typeof Lockout>;

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
      const { api, show } = await connect(command);
      const page = await api<{ items: readonly LockoutJson[] }>("GET", "/lockouts");
      show(page, () => lockoutTable(page.items));
    });

  lockout
    .command("lift <address>")
    .description("forget the wrong log-ins that came from an address")
    .action(async (address: string, _options: object, command: Command) => {
      const { api, show } = await connect(command);
      const answer = await api<Static<typeof Lifted>>("DELETE", `/lockouts/${encodeURIComponent(address)}`);
      show(answer, ({ lifted }) =>
        lifted === 0
          ? `No wrong log-ins from ${address} count.\n`
          : `Log-ins from ${address} are judged again.\n`,
      );
    });
}

const lockoutTable = (lockouts: readonly LockoutJson[]): string =>
  lockouts.length === 0
    ? "Every log-in is judged.\n"
    : table(
        ["USER", "FROM", "WRONG", "SINCE", "LAST", "REFUSED UNTIL"],
        lockouts.map((one) => [
          one.user === null ? "(all)" : one.userId === null ? `${one.user} (no such user)` : one.user,
          one.address ?? "(all)",
          String(one.failures),
          instant(one.since),
          instant(one.last),
          until(one),
        ]),
      );

function until({ kind, refusedUntil }: LockoutJson): string {
  if (kind === "user") return "new addresses wait";
  return refusedUntil === null ? "-" : instant(refusedUntil);
}

const HELP = `
Examples:
  pacctl lockout list
  pacctl lockout lift 203.0.113.7
  pacctl user unlock anna

Users who have connected from an address before are let in there, however many wrong log-ins of others came from it.
`;
