import { type Command, Option } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
import type { Io } from "../io.ts";
import {
  addHistoryFilter,
  addSessionFilter,
  type SessionFilterOptions,
  sessionFilter,
} from "../options/session-filter.ts";
import type { Column } from "../print/columns.ts";
import { bytes, duration } from "../print/quantities.ts";
import type { Connect } from "../terminal.ts";
import { everyItem, type Schemas } from "../typed-api.ts";

type Total = Schemas["SessionTotal"];

/** `pacctl session totals` and `export`: what sessions did, and all of them as a file. */
export function addSessionHistoryCommands(session: Command, connect: Connect, io: Pick<Io, "now">): void {
  addSessionFilter(
    session
      .command("totals")
      .description(
        "add up what sessions did, per user and day; the last 31 days unless --since says otherwise",
      ),
    io.now,
  )
    .option("--by <keys>", "day, user, group, pool, with commas between", "user,day")
    .action(async ({ by, ...options }: SessionFilterOptions & { by: string }, command: Command) => {
      const { ask, list } = await connect(command);
      const { state: _, ...filter } = sessionFilter(options);
      const items = await everyItem(ask, "/sessions/totals", { by, ...filter });
      const keys = by.split(",").map((key) => key.trim());
      const columns = TOTAL_COLUMNS.filter(({ key }) => !TOTAL_KEYS.includes(key) || keys.includes(key));
      list(items, columns, { page: { items }, empty: "Nothing is on record.\n" });
    });

  addHistoryFilter(
    session
      .command("export [file]")
      .description("write sessions into a file, or to standard output, as they come"),
    io.now,
  )
    .addOption(new Option("--format <format>", "the form").choices(["csv", "ndjson"]).default("csv"))
    .action(
      async (
        file: string | undefined,
        { format, ...options }: SessionFilterOptions & { format: "csv" | "ndjson" },
        command: Command,
      ) => {
        const { io, stream } = await connect(command);
        const query = { ...sessionFilter(options), state: options.state ?? "all", format };
        await written(io, await stream("GET", "/sessions", { query }), file);
      },
    );
}

/** Writes what comes as it comes; of a file, all or nothing is said to be there. */
async function written(io: Io, octets: AsyncIterable<Uint8Array>, file: string | undefined): Promise<void> {
  try {
    if (file === undefined) {
      const decoder = new TextDecoder();
      for await (const piece of octets) {
        io.out(decoder.decode(piece, { stream: true }));
        await io.pace.full();
        if (io.pace.closed()) return;
      }
      return;
    }
    const output = await io.createFile(file);
    try {
      for await (const piece of octets) output.write(piece);
    } finally {
      await output.close();
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    const why = (error as Error).message;
    throw new AppError(
      "server-unreachable",
      `The export broke off, and what is written is not all of it: ${why}`,
    );
  }
}

/** What totals can be added up by. */
export const TOTAL_KEYS: readonly string[] = ["day", "user", "group", "pool"];

const octets = (key: string, title: string, of: (one: Total) => number): Column<Total> => ({
  key,
  title,
  value: (one) => bytes(of(one)),
  exact: of,
  whole: true,
});

export const TOTAL_COLUMNS: readonly Column<Total>[] = [
  { key: "day", title: "DAY", value: (one) => one.day ?? "-", whole: true },
  { key: "user", title: "USER", value: (one) => one.user ?? "-" },
  { key: "group", title: "GROUP", value: (one) => one.group ?? "-" },
  { key: "pool", title: "POOL", value: (one) => one.pool ?? "-" },
  { key: "sessions", title: "SESSIONS", value: (one) => String(one.sessions), whole: true },
  {
    key: "time",
    title: "TIME",
    value: (one) => duration(one.seconds),
    exact: (one) => one.seconds,
    whole: true,
  },
  octets("received", "RECEIVED", (one) => one.rxBytes),
  octets("sent", "SENT", (one) => one.txBytes),
];
