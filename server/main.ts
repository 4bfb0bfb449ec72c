import { check } from "./check.ts";
import { parseCommandLine } from "./command-line.ts";
import { readConfig } from "./config/load-config.ts";
import { configCommand } from "./config-command.ts";
import { AppError } from "./errors/app-error.ts";
import { whereFrom } from "./greeting.ts";
import { installation } from "./installation/installation.ts";
import { systemClock } from "./platform/clock.ts";
import { complaint, createLogger } from "./platform/log.ts";
import { takeManagerEnvironment } from "./platform/service-manager.ts";
import { EXIT, ProcessEnd } from "./process-end.ts";
import { type Running, serve } from "./serve.ts";
import { listenToSignals } from "./signals.ts";

// A terminal that was closed, or a reader that ended: nobody listens, and pacd goes on.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

const say = (line: string) => process.stdout.write(`${line}\n`);

process.exitCode = await main(process.argv.slice(2));

/** The composition root. Returns the exit code; while pacd serves it stays undefined. */
async function main(argv: readonly string[]): Promise<number | undefined> {
  try {
    const { version, configFile, stateDirectory } = installation;
    const request = parseCommandLine(argv, installation);
    if (request.do === "nothing") return request.exitCode;
    const file = request.configFile ?? configFile;
    if (request.do === "config") return configCommand(request.what, file, say);
    const loaded = readConfig(file, { defaults: { stateDirectory } });
    const origin = whereFrom(file, loaded.config);
    if (request.do === "check") {
      say(origin);
      return await check(loaded.config, say);
    }
    const manager = takeManagerEnvironment(process.env, process.pid);
    const log = createLogger(loaded.config.log.level);
    const end = new ProcessEnd({
      clock: systemClock,
      log,
      say,
      stop: (failure) => stopOnceStarted(serving, failure),
      exit: (code) => process.exit(code),
    });
    listenToSignals({
      signals: process,
      stop: () => end.request(),
      // One that comes during the start waits for its end; where that fails, main says why.
      reload: () =>
        void serving.then(
          (running) => running.reload(),
          () => {},
        ),
      note: (sentence) => log.warn({}, sentence),
    });
    const serving = serve(loaded, version, log, manager, (error) => end.fail(error.message, error.cause));
    for (const event of ["uncaughtException", "unhandledRejection"] as const)
      process.on(event, (error) => end.fail(mistake(error), error));
    for (const line of [origin, ...(await serving).greeting]) say(line);
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    for (const line of error.message.split("\n")) process.stderr.write(complaint(line));
    if (error.code === "usage") return 2;
    // As after a boot, before DHCP has answered.
    return error.details["mayCome"] === true ? EXIT.startAgain : 1;
  }
}

/** A signal during the start waits for its end, so that nothing of it stays behind. */
async function stopOnceStarted(serving: Promise<Running>, failure: string | undefined): Promise<void> {
  const running = await serving.catch(() => undefined);
  // A start that failed has undone itself, and main says why.
  if (running !== undefined) await running.stop(failure);
  else await new Promise<never>(() => {});
}

/** What nobody caught: pacd may be in a state that nobody thought of, so it ends as well as it can. */
function mistake(error: unknown): string {
  return `pacd made a mistake that is its own (${error instanceof Error ? error.message : String(error)}).`;
}
