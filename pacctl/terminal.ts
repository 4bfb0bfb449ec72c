import type { Command } from "commander";
import type { Millis } from "../server/wire/units.ts";
import { apiClient, downloadClient } from "./api-client.ts";
import type { Io } from "./io.ts";
import { type Output, outputOf } from "./options/output.ts";
import { timeLimit } from "./options/time-limit.ts";
import { type Around, answerText, listText } from "./print/answer.ts";
import type { Column } from "./print/columns.ts";
import { findServer, type ServerOptions } from "./server.ts";
import { type Ask, type Stream, typedApi, typedStream } from "./typed-api.ts";

/** What a command works with: the API, and ways to print its answer in the form that is wanted. */
export interface Terminal {
  readonly io: Io;
  /** Requests with the types of the API's document. */
  readonly ask: Ask;
  /** The same where the answer is octets, as they come. */
  readonly stream: Stream;
  readonly output: Output;
  /** One thing: `text` unless `-o` asks for another form. */
  show<T>(answer: T, text: (answer: T) => string): void;
  /** A list: a table that fits the terminal unless `-o` asks for another form. Throws usage. */
  list<T>(items: readonly T[], columns: readonly Column<T>[], around?: Around): void;
}

/**
 * Made when a command runs: help and usage errors need neither token nor server. `wait` is how long an answer
 * may take where `--timeout` does not say it; 30 s unless given.
 */
export type Connect = (command: Command, wait?: Millis) => Promise<Terminal>;

export const connector =
  (io: Io): Connect =>
  async (command, wait) => {
    const output = outputOf(command);
    const { timeout, ...options } = command.optsWithGlobals<ServerOptions & { timeout?: string }>();
    const waiting = timeout === undefined ? wait : timeLimit(timeout);
    const server = await findServer(io, options);
    return {
      io,
      ask: typedApi(apiClient(io, server, waiting)),
      stream: typedStream(downloadClient(io, server, waiting)),
      output,
      show: (answer, text) => io.out(answerText(answer, text, output)),
      list: (items, columns, around = {}) =>
        io.out(listText(items, columns, around, output, { columns: io.screen.columns, now: io.now() })),
    };
  };
