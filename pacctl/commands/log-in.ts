import type { Command } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
import { apiClient } from "../api-client.ts";
import type { Io } from "../io.ts";
import { logInFile, readLogIns } from "../log-in-file.ts";
import { secretOf } from "../options/secret.ts";
import { instant } from "../print/quantities.ts";
import { type ServerOptions, serverOfLogIn } from "../server.ts";
import { typedApi } from "../typed-api.ts";

/** `pacctl log-in` and `log-out`: an administrator at this terminal. */
export function addLogInCommands(pacctl: Command, io: Io): void {
  pacctl
    .command("log-in")
    .description("log in as an administrator; the token is kept for this user and this server")
    .option("--name <name>", "who logs in; by default the user of this terminal")
    .option("--password-stdin", "read the password from standard input")
    .action(async (options: Options, command: Command) => {
      const file = logInFile(io);
      const name = options.name ?? io.env["USER"];
      if (name === undefined) throw new AppError("usage", "Who logs in? Give --name NAME.");
      if (file === undefined)
        throw new AppError("usage", "There is no home directory to keep the log-in in.");
      const server = await serverOfLogIn(io, command.optsWithGlobals<ServerOptions>());
      const password = await secretOf(io, options, `Password of ${name}: `);
      const { token, expiresAt, administrator } = await typedApi(apiClient(io, server))("POST", "/log-in", {
        body: { name, password },
      });
      const kept = {
        ...(await readLogIns(io)),
        [server.base]: { name: administrator.name, token, expiresAt },
      };
      await io.writePrivate(file, `${JSON.stringify(kept, null, 2)}\n`);
      io.out(
        `${administrator.name} is logged in with the role ${administrator.role} until ${instant(expiresAt)}.\n`,
      );
    });

  pacctl
    .command("log-out")
    .description("end the log-in of this user at this server")
    .action(async (_options: object, command: Command) => {
      const server = await serverOfLogIn(io, command.optsWithGlobals<ServerOptions>());
      const { base } = server;
      const { [base]: gone, ...others } = await readLogIns(io);
      if (gone === undefined) throw new AppError("usage", `Nobody is logged in at ${base}.`);
      // Gone from here whatever the server says of it: it may have ended there before.
      await io.writePrivate(logInFile(io)!, `${JSON.stringify(others, null, 2)}\n`);
      const token = { text: gone.token, origin: `the log-in of ${gone.name}, which was over already` };
      await typedApi(apiClient(io, { ...server, token }))("POST", "/log-out");
      io.out(`${gone.name} is logged out.\n`);
    });
}

interface Options {
  readonly name?: string;
  readonly passwordStdin?: boolean;
}
