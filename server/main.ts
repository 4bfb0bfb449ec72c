import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "./check.ts";
import { parseCommandLine } from "./command-line.ts";
import { loadConfig } from "./config/load-config.ts";
import { AppError } from "./errors/app-error.ts";
import { serve } from "./serve.ts";

const REPOSITORY = join(import.meta.dirname, "..");
const say = (line: string) => process.stdout.write(`${line}\n`);

process.exitCode = await main(process.argv.slice(2));

/** The composition root. Returns the exit code; while pacd serves it stays undefined. */
async function main(argv: readonly string[]): Promise<number | undefined> {
  try {
    const { version } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as {
      version: string;
    };
    const request = parseCommandLine(argv, version);
    if (request.do === "nothing") return 0;
    const config = loadConfig(request.configFile, { defaults: { stateDirectory: join(REPOSITORY, "var") } });
    if (request.do === "check") return await check(config, say);
    const running = await serve(config, version, crashed);
    stopOnSignals(running.stop);
    for (const line of running.greeting) say(line);
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    for (const line of error.message.split("\n")) process.stderr.write(`pacd: ${line}\n`);
    return error.code === "usage" ? 2 : 1;
  }
}

/** The first signal stops with goodbyes; a second one ends at once. */
function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(1);
    stopping = true;
    say("Stopping: saying goodbye to the clients ...");
    stop().then(
      () => process.exit(0),
      (error: unknown) => crashed(error as Error),
    );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

/** A mistake of ours that pacd cannot outlive: say so and end; a service manager starts it again. */
function crashed(error: Error): void {
  process.stderr.write(`pacd: made a mistake and ends: ${error.stack ?? error.message}\n`);
  process.exit(70);
}
