import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
import { seconds } from "../../server/wire/units.ts";
import { type CaptureInput, chunksFor } from "../capture/input.ts";
import { NO_CREDENTIALS } from "../decode/credentials.ts";
import { Decoder } from "../decode/decoder.ts";
import { innerFileHead, innerRecord } from "../decode/inner-file.ts";
import type { Io, OutputFile } from "../io.ts";
import { type CredentialOptions, credentialsFrom, readsStdin } from "../options/credentials.ts";
import { type DecodeView, problemText, type ViewBase } from "../print/decode/decode-view.ts";
import { HtmlPage } from "../print/decode/html-page.ts";
import { JsonLines } from "../print/decode/json-lines.ts";
import { LiveLadders, WholeLadders } from "../print/decode/ladders.ts";
import { Progress } from "../print/decode/progress.ts";
import { CallLines } from "../print/decode/summary.ts";
import { printable } from "../print/printable.ts";

interface Options extends CredentialOptions {
  readonly summary?: boolean;
  readonly fields?: boolean;
  readonly html?: boolean;
  readonly showSecrets?: boolean;
  readonly writeDecrypted?: string;
  readonly port?: readonly number[];
}

/** Something of the file could not be read: it has been said, and what could be has been printed. */
export class CaptureBroken extends Error {}

/** The name of standard input. */
const STDIN = "-";

/**
 * `pacctl decode`: what a packet capture says of the dials in it. Needs no API, no server and no privileges.
 */
export function addDecodeCommand(pacctl: Command, io: Io): void {
  pacctl
    .command("decode <file>")
    .description(
      "explain the dials in a packet capture (pcap, pcapng, .gz, .zst; - reads standard input); needs no API",
    )
    .addOption(new Option("--summary", "a line per call").conflicts(["fields", "html"]))
    .option("--fields", "every field of every message")
    .addOption(new Option("--html", "one HTML file, the ladders drawn"))
    .option("--user <name>", "check the log-in of this user and decrypt; with --password-stdin or --nt-hash")
    .option("--password-stdin", "read the password from standard input")
    .option("--nt-hash", "standard input, or the file, holds the NT hash (32 hexadecimal digits) instead")
    .option("--credentials <file>", "names and passwords: on each line a name, a space, the password")
    .option("--write-decrypted <file>", "write the packets from inside the tunnels as pcap")
    .option("--show-secrets", "with --fields or --json: show passwords, challenges and responses")
    .option("--port <port>", "watch this TCP port instead of 1723; may be repeated", port)
    .addHelpText("after", HELP)
    .action(async (file: string, options: Options, command: Command) => {
      const { json } = command.optsWithGlobals<{ json?: boolean }>();
      if (options.html === true && json === true) throw new AppError("usage", "Either --html or --json.");
      if (file === STDIN && readsStdin(options))
        throw new AppError("usage", "Standard input cannot be both capture and password: use --credentials.");
      await new Reading(io, file, options, json === true).run();
    });
}

/** One run of the command. */
class Reading {
  readonly #io: Io;
  readonly #file: string;
  readonly #options: Options;
  readonly #json: boolean;
  #broken = false;
  #progress: Progress | undefined;

  constructor(io: Io, file: string, options: Options, json: boolean) {
    this.#io = io;
    this.#file = file;
    this.#options = options;
    this.#json = json;
  }

  async run(): Promise<void> {
    const { writeDecrypted, port: ports } = this.#options;
    const given = await credentialsFrom(this.#io, this.#options);
    if (
      writeDecrypted !== undefined &&
      this.#file !== STDIN &&
      resolve(writeDecrypted) === resolve(this.#file)
    )
      throw new AppError("usage", "--write-decrypted would overwrite the capture itself.");
    const live = this.#file === STDIN;
    const input = live ? this.#io.stdinCapture : await this.#io.openCapture(this.#file);
    this.#progress = Progress.of(input.size, this.#io.screen.errIsTerminal, this.#io.err);
    const written = writeDecrypted === undefined ? undefined : await this.#create(writeDecrypted);
    const { summary = false, fields = false, html = false, showSecrets = false } = this.#options;
    const base: ViewBase = {
      out: (text) => this.#out(text),
      width: this.#io.screen.columns ?? 100,
      startedAt: () => decoder.reader.summary().startedAt,
    };
    const view = this.#view(base, live, given !== undefined);
    const decoder = new Decoder(
      {
        credentials: given ?? NO_CREDENTIALS,
        fields: fields || html || (this.#json && !summary),
        packets: fields || (this.#json && !summary),
        secrets: showSecrets,
        ladders: html || !(summary || fields || this.#json || live),
      },
      {
        row: (call, row) => view.row(call, row),
        over: (call) => view.over(call),
        inner: (packet) => written?.write(innerRecord(packet, base.startedAt() ?? 0n)),
        problem: (problem) => {
          this.#broken ||= problem.code !== "unknown-link-type";
          view.problem(problem);
          this.#err(`pacctl: ${printable(this.#file)}: ${problemText(problem)}\n`);
        },
      },
      { name: this.#file, ...(ports === undefined ? {} : { ports }) },
    );
    const hush = live ? this.#listen(decoder) : () => {};
    try {
      await this.#read(input, decoder);
    } finally {
      hush();
      decoder.end();
      this.#progress?.clear();
      view.end(decoder.reader.summary(), decoder.leftOver);
      await written?.close();
    }
    if (this.#broken) throw new CaptureBroken();
  }

  #view(base: ViewBase, live: boolean, withPassword: boolean): DecodeView {
    const { summary = false, fields = false, html = false } = this.#options;
    if (this.#json) return new JsonLines(base, !summary);
    if (html) return new HtmlPage(base, this.#file === STDIN ? "standard input" : this.#file, fields);
    if (summary) return new CallLines(base, withPassword);
    return fields || live ? new LiveLadders(base, fields) : new WholeLadders(base);
  }

  async #read(input: CaptureInput, decoder: Decoder): Promise<void> {
    // tcpdump gets the same Ctrl-C and closes the pipe in order; a second one stops us where it does not.
    let interrupts = this.#file === STDIN ? 2 : 1;
    let stopped = false;
    let wake = () => {};
    this.#io.onInterrupt(() => {
      interrupts -= 1;
      stopped = interrupts <= 0;
      if (stopped) wake();
    });
    const iterator = chunksFor(decoder.reader, input);
    let octets = 0;
    while (!stopped) {
      const next = await new Promise<IteratorResult<Uint8Array>>((settle, fail) => {
        wake = () => settle({ done: true, value: undefined });
        iterator.next().then(settle, fail);
      });
      if (next.done === true) break;
      octets += next.value.length;
      const more = decoder.push(next.value);
      this.#progress?.at(input.taken?.() ?? octets);
      if (!more) break;
    }
    // A reader that is waiting for its next octets would never come to an end of its own.
    void iterator.return?.();
  }

  /** While nothing comes, time passes all the same: a call that is over gets its verdict. */
  #listen(decoder: Decoder): () => void {
    const { clock } = this.#io.host;
    let frames = -1;
    let since = clock.now();
    let cancel = () => {};
    const tick = () => {
      const now = decoder.reader.summary().frames;
      if (now === frames) decoder.quiet((clock.now() - since) * 1e6);
      else since = clock.now();
      frames = now;
      cancel = clock.after(seconds(1), tick);
    };
    tick();
    return () => cancel();
  }

  async #create(path: string): Promise<OutputFile> {
    try {
      const file = await this.#io.createFile(path);
      file.write(innerFileHead());
      return file;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new AppError("usage", `${path} cannot be written: ${why}.`);
    }
  }

  #out(text: string): void {
    this.#progress?.clear();
    this.#io.out(text);
  }

  #err(text: string): void {
    this.#progress?.clear();
    this.#io.err(text);
  }
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
  printf %s "$PASSWORD" | pacctl decode dial.pcap --user anna --password-stdin --write-decrypted inside.pcap
  pacctl decode dial.pcap --user anna --nt-hash <hash.txt
  pacctl decode dial.pcap --json | jq 'select(.type == "call") | .verdict'
`;
