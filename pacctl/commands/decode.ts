import { type Command, Option } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
import type { Io } from "../io.ts";
import { readsStdin } from "../options/credentials.ts";
import { callNumber, clientAddress } from "./call-choice.ts";
import { Reading, type ReadingOptions, STDIN } from "./decode-reading.ts";

/**
 * `pacctl decode`: what a packet capture says of the dials in it. Needs no API, no server and no privileges.
 */
export function addDecodeCommand(pacctl: Command, io: Io): void {
  pacctl
    .command("decode <file>")
    .description(
      "explain the dials in a packet capture (pcap, pcapng, .gz, .zst; - reads standard input); needs no API",
    )
    .addOption(new Option("--summary", "a line per call").conflicts(["fields", "html", "htmlDir", "all"]))
    .option(
      "--all",
      "every packet: acknowledgements, keep-alives and copies as well, users' packets one by one",
    )
    .option("--fields", "every field of every message")
    .addOption(new Option("--html", "one HTML file, the ladders drawn").conflicts("htmlDir"))
    .option("--html-dir <folder>", "an HTML file for each call in a new folder, and a list of them")
    .option("--call <number>", "only this call of those that --summary lists; may be repeated", callNumber)
    .option("--client <address>", "only calls of this client; may be repeated", clientAddress)
    .option("--user <name>", "check the log-in of this user and decrypt; with --password-stdin or --nt-hash")
    .option("--password-stdin", "read the password from standard input")
    .option("--nt-hash", "standard input, or the file, holds the NT hash (32 hexadecimal digits) instead")
    .option("--credentials <file>", "names and passwords: on each line a name, a space, the password")
    .option("--write-decrypted <file>", "write the packets from inside the tunnels as pcap")
    .option("--show-secrets", "with --fields or --json: show passwords, challenges and responses")
    .option("--port <port>", "watch this TCP port instead of 1723; may be repeated", port)
    .addHelpText("after", HELP)
    .action(async (file: string, options: ReadingOptions, command: Command) => {
      const { json } = command.optsWithGlobals<{ json?: boolean }>();
      if ((options.html === true || options.htmlDir !== undefined) && json === true)
        throw new AppError("usage", "Either --html or --json.");
      if (file === STDIN && readsStdin(options))
        throw new AppError("usage", "Standard input cannot be both capture and password: use --credentials.");
      await new Reading(io, file, options, json === true).run();
    });
}

function port(text: string, before: readonly number[] = []): readonly number[] {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number < 1 || number > 65_535)
    throw new AppError("usage", "--port is a number from 1 to 65535.");
  return [...before, number];
}

const HELP = `
Every call is drawn as a ladder: client left, server right, an arrow for each message, silences and what was
sent again; below it how long each stage took, and the verdict: cause, what Windows shows, what to do.
Passwords, challenges and responses are shown as lengths unless --show-secrets asks for them.

Exit codes: 0 the capture was read, 2 it could not be read to its end (what could be is printed), or wrong usage

Examples:
  pacctl decode dial.pcapng
  tcpdump -i any -s 0 -U -w - 'tcp port 1723 or ip proto 47' | pacctl decode -
  pacctl decode big.pcap --summary
  pacctl decode dial.pcap --html >dial.html
  pacctl decode big.pcap --html-dir calls
  pacctl decode big.pcap --call 17 --fields
  printf %s "$PASSWORD" | pacctl decode dial.pcap --user anna --password-stdin --write-decrypted inside.pcap
  pacctl decode dial.pcap --user anna --nt-hash <hash.txt
  pacctl decode dial.pcap --json | jq 'select(.type == "call") | .verdict'
`;
