import { resolve } from "node:path";
import { AppError } from "../../server/errors/app-error.ts";
import { seconds } from "../../server/wire/units.ts";
import { type CaptureInput, chunksFor } from "../capture/input.ts";
import { NO_CREDENTIALS } from "../decode/credentials.ts";
import type { DecodedCall, DecodeOptions } from "../decode/decode-types.ts";
import { Decoder } from "../decode/decoder.ts";
import type { Io, OutputFolder } from "../io.ts";
import { type CredentialOptions, credentialsFrom } from "../options/credentials.ts";
import { type DecodeView, problemText, type ViewBase } from "../print/decode/decode-view.ts";
import { HtmlFolder } from "../print/decode/html-folder.ts";
import { HtmlPage } from "../print/decode/html-page.ts";
import { JsonLines } from "../print/decode/json-lines.ts";
import { LiveLadders, WholeLadders } from "../print/decode/ladders.ts";
import { Progress } from "../print/decode/progress.ts";
import { CallLines } from "../print/decode/summary.ts";
import { PacedOutput } from "../print/paced-output.ts";
import { printable } from "../print/printable.ts";
import { type Choice, chooses, isChoice, noneChosen } from "./call-choice.ts";
import { DecryptedFile } from "./decrypted-file.ts";
import { pageFolder } from "./page-folder.ts";
import { Stop } from "./stop.ts";

/** What was asked for on the command line. */
export interface ReadingOptions extends CredentialOptions, Choice {
  readonly summary?: boolean;
  readonly fields?: boolean;
  readonly all?: boolean;
  readonly html?: boolean;
  readonly htmlDir?: string;
  readonly showSecrets?: boolean;
  readonly writeDecrypted?: string;
  readonly port?: readonly number[];
}

/** Something of the file could not be read: it has been said, and what could be has been printed. */
export class CaptureBroken extends Error {}

/** The name of standard input. */
export const STDIN = "-";

/**
 * Ours: octets that are decoded before it is asked whether what they gave has been read. With every field as
 * JSON they give up to forty times as much.
 */
const SLICE = 64 * 1024;

/** One run of the command. */
export class Reading {
  readonly #io: Io;
  readonly #file: string;
  readonly #options: ReadingOptions;
  readonly #json: boolean;
  readonly #output: PacedOutput;
  readonly #stop = new Stop();
  #broken = false;
  /** What has been printed is waiting to be read. */
  #waiting = false;
  #failure: AppError | undefined;
  /** Everything that can be read of the input has been read. */
  #complete = false;
  #progress: Progress | undefined;
  #found = 0;
  #shown = 0;

  constructor(io: Io, file: string, options: ReadingOptions, json: boolean) {
    this.#io = io;
    this.#file = file;
    this.#options = options;
    this.#json = json;
    this.#output = new PacedOutput(io.out, io.pace);
  }

  async run(): Promise<void> {
    const { writeDecrypted, htmlDir, port: ports } = this.#options;
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
    const written =
      writeDecrypted === undefined
        ? undefined
        : await DecryptedFile.create(writeDecrypted, this.#io.createFile);
    const folder = htmlDir === undefined ? undefined : await pageFolder(htmlDir, this.#io.createFolder);
    const base: ViewBase = {
      out: (text) => this.#out(text),
      width: this.#io.screen.columns ?? 100,
      startedAt: () => decoder.reader.summary().startedAt,
      found: () => this.#found,
    };
    const view = this.#view(base, live, given !== undefined, folder);
    const decoder = new Decoder(
      { credentials: given ?? NO_CREDENTIALS, ...this.#detail(live) },
      {
        row: (call, row) => {
          if (chooses(this.#options, call)) view.row(call, row);
        },
        over: (call) => this.#over(call, view),
        inner: (call, packet) => {
          if (written === undefined || !chooses(this.#options, call)) return;
          this.#attempt(() => written.write(packet, base.startedAt() ?? 0n));
        },
        problem: (problem) => {
          this.#broken ||= problem.code !== "unknown-link-type";
          view.problem(problem);
          this.#err(`pacctl: ${printable(this.#file)}: ${problemText(problem)}\n`);
        },
      },
      { name: this.#file, live: input.size === undefined, ...(ports === undefined ? {} : { ports }) },
    );
    const hush = this.#listen(decoder, live);
    try {
      await this.#read(input, decoder);
    } finally {
      await this.#finish(decoder, view);
      hush();
      await written?.close();
    }
    if (written !== undefined && this.#output.closed && !this.#complete)
      this.#err(cutShort(written, this.#file));
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#broken) throw new CaptureBroken();
  }

  #view(base: ViewBase, live: boolean, withPassword: boolean, folder: OutputFolder | undefined): DecodeView {
    const { summary = false, fields = false, html = false } = this.#options;
    const name = live ? "standard input" : this.#file;
    if (this.#json) return new JsonLines(base, !summary);
    if (folder !== undefined) return new HtmlFolder(base, folder, name, fields);
    if (html) return new HtmlPage(base, name, fields);
    if (summary) return new CallLines(base, withPassword);
    return fields || live ? new LiveLadders(base, fields) : new WholeLadders(base);
  }

  /** How much is wanted of each call. */
  #detail(live: boolean): Omit<DecodeOptions, "credentials"> {
    const {
      summary = false,
      fields = false,
      all = false,
      html = false,
      htmlDir,
      showSecrets = false,
    } = this.#options;
    const pages = html || htmlDir !== undefined;
    const events = this.#json && !summary;
    return {
      fields: fields || pages || events,
      packets: fields || all || events,
      all,
      secrets: showSecrets,
      ladders: pages || !(summary || fields || this.#json || live),
    };
  }

  /** What cannot be done ends the reading, and is told behind it. */
  #attempt(task: () => void): void {
    if (this.#failure !== undefined) return;
    try {
      task();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#failure = error;
      this.#stop.now();
    }
  }

  #over(call: DecodedCall, view: DecodeView): void {
    this.#found += 1;
    if (!chooses(this.#options, call)) return;
    this.#shown += 1;
    this.#attempt(() => view.over(call));
  }

  /** To the end of the input, to where nothing more can be read, or until nobody wants it. */
  async #read(input: CaptureInput, decoder: Decoder): Promise<void> {
    // tcpdump gets the same Ctrl-C and closes the pipe in order; a second one stops us where it does not.
    let interrupts = this.#file === STDIN ? 2 : 1;
    this.#io.onInterrupt(() => {
      interrupts -= 1;
      if (interrupts <= 0) this.#stop.now();
    });
    const iterator = chunksFor(decoder.reader, input);
    let octets = 0;
    while (!this.#stopped()) {
      const next = await this.#stop.orEnd(iterator.next());
      this.#complete = next?.done === true;
      if (next === undefined || next.done === true) break;
      octets += next.value.length;
      this.#complete = !(await this.#slices(next.value, decoder));
      this.#progress?.at(input.taken?.() ?? octets);
      if (this.#complete) break;
    }
    // A reader that is waiting for its next octets would never come to an end of its own; closed, it says so.
    iterator.return?.().catch(() => {});
    input.close?.();
  }

  /** False: nothing behind these octets can be read. */
  async #slices(chunk: Uint8Array, decoder: Decoder): Promise<boolean> {
    for (let at = 0; at < chunk.length && !this.#stopped(); at += SLICE) {
      if (!decoder.push(chunk.subarray(at, at + SLICE))) return false;
      await this.#pause();
    }
    return true;
  }

  /** Until what was printed has been read. */
  async #pause(): Promise<void> {
    const full = this.#output.settled();
    if (full === undefined) return;
    this.#waiting = true;
    await this.#stop.orEnd(full);
    this.#waiting = false;
  }

  #stopped(): boolean {
    if (this.#output.closed) this.#stop.now();
    return this.#stop.asked;
  }

  /** What is open is told, call by call, as fast as it is read. */
  async #finish(decoder: Decoder, view: DecodeView): Promise<void> {
    this.#progress?.clear();
    if (this.#output.closed || this.#failure !== undefined) return;
    for (const _ of decoder.ending()) {
      if (this.#output.closed || this.#failure !== undefined) break;
      await this.#output.settled();
    }
    if (isChoice(this.#options) && this.#found > 0 && this.#shown === 0)
      this.#failure ??= noneChosen(this.#options, this.#file, this.#found);
    if (this.#output.closed || this.#failure !== undefined) return;
    this.#attempt(() => view.end(decoder.reader.summary(), { ...decoder.leftOver, twice: decoder.twice }));
    await this.#output.settled();
  }

  /**
   * While nothing comes, time passes all the same: a call that is over gets its verdict, and who no longer
   * reads ends the reading.
   */
  #listen(decoder: Decoder, live: boolean): () => void {
    if (!live) return () => {};
    const { clock } = this.#io.host;
    let frames = -1;
    let since = clock.now();
    let cancel = () => {};
    const tick = () => {
      const now = decoder.reader.summary().frames;
      // While nobody reads what we say, packets wait as well: that none came says nothing.
      if (now === frames && !this.#waiting) decoder.quiet((clock.now() - since) * 1e6);
      else since = clock.now();
      frames = now;
      this.#output.settled();
      this.#stopped();
      cancel = clock.after(seconds(1), tick);
    };
    tick();
    return () => cancel();
  }

  #out(text: string): void {
    this.#progress?.clear();
    this.#output.write(text);
  }

  #err(text: string): void {
    this.#progress?.clear();
    this.#io.err(text);
  }
}

const cutShort = ({ path, packets }: DecryptedFile, file: string): string =>
  `${printable(`pacctl: Standard output was closed, and reading ended before the end of ${file}: ${path} holds what was decrypted until then (packets: ${packets}).`)}\n`;
