import type { Command } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
import { millis } from "../../server/wire/units.ts";
import { ApiRefusal } from "../api-client.ts";
import { eventsOf } from "../event-lines.ts";
import type { Io } from "../io.ts";
import { pastMoment } from "../options/past-moment.ts";
import { EVENT_COLUMNS, type EventJson, eventWords } from "../print/events.ts";
import { printable } from "../print/printable.ts";
import { instant } from "../print/quantities.ts";
import type { Connect, Terminal } from "../terminal.ts";

/** Ours: so long after a stream ended the next one is asked for. */
const COME_BACK_AFTER = millis(2000);

/** Ours: what is shown where nobody says since when. */
const USUAL_SPAN = "24h";

interface Filter {
  readonly type?: string;
  readonly user?: string;
  readonly address?: string;
  readonly group?: string;
}

interface Options extends Filter {
  readonly follow?: boolean;
  readonly since?: string;
  readonly limit: string;
}

/** `pacctl events`: what happened, and with --follow what happens. */
export function addEventsCommand(pacctl: Command, connect: Connect, io: Pick<Io, "now">): void {
  pacctl
    .command("events")
    .description("what happened: sessions, failed dials, conditions, reloads; the oldest first")
    .option("-f, --follow", "go on, and print what happens as it happens, until Ctrl-C")
    .option("--type <types>", "events of these types only, with commas between them")
    .option("--user <name>", "events about this user only")
    .option("--address <address>", "events about this address only, outer or inner")
    .option("--group <name>", "events about this group only")
    .option("--since <moment>", "since then: 2h, tuesday 10:00, 2026-11-24", (text: string) =>
      pastMoment(text, io.now()),
    )
    .option("--limit <count>", "without --follow at most so many, up to 1000", "1000")
    .addHelpText("after", HELP)
    .action(async ({ follow, since, limit, ...filter }: Options, command: Command) => {
      if (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > 1000)
        throw new AppError("usage", "--limit takes a whole number from 1 to 1000.");
      const terminal = await connect(command);
      if (follow === true) return followed(terminal, filter, since);
      const from = since ?? pastMoment(USUAL_SPAN, terminal.io.now());
      const query = { ...filter, from, limit: Number(limit), format: "json" as const };
      const page = await terminal.ask("GET", "/events", { query });
      terminal.list(page.items, EVENT_COLUMNS, {
        page,
        empty: "Nothing happened.\n",
        after: page.next === undefined ? "" : "There is more: --since WHEN\n",
      });
    });
}

/**
 * Where the stream ends it is asked for again, from the last number on: nothing is left out. The first time a
 * server that cannot be reached is an error; later it is waited for.
 */
async function followed(
  { io, stream, output }: Terminal,
  filter: Filter,
  from: string | undefined,
): Promise<void> {
  const json = output.format === "json";
  let last: string | undefined;
  while (!io.pace.closed()) {
    const query = { ...filter, from, since: last };
    try {
      for await (const { type, data, id } of eventsOf(await stream("GET", "/events", { query }))) {
        last = id ?? last;
        if (type === "gap" && id === undefined) io.err(FORGOTTEN);
        else if (data !== "") io.out(json ? `${data}\n` : line(JSON.parse(data) as EventJson));
        if (io.pace.closed()) return;
      }
    } catch (error) {
      // Refused it would be again and again; and who was never reached is most likely not there.
      if (last === undefined || error instanceof ApiRefusal) throw error;
    }
    await io.pause(COME_BACK_AFTER);
  }
}

const FORGOTTEN =
  "Events are missing: they are forgotten. pacctl attempt list and pacctl session list miss nothing.\n";

const line = (event: EventJson): string =>
  `${printable(`${instant(event.at)}  ${event.type.padEnd(WIDEST)}  ${eventWords(event)}`)}\n`;

/** Characters of the longest type. */
const WIDEST = "condition-cleared".length;

const HELP = `
Examples:
  pacctl events --since 2h --type dial-failed,guessing-slowed
  pacctl events --follow --user anna
  pacctl events --follow --json | while read -r event; do logger -t pacd "$event"; done
`;
