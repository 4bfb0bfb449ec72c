import type { Command } from "commander";
import { type Api, apiClient, type Download, downloadClient } from "./api-client.ts";
import type { Io } from "./io.ts";
import { findServer, type ServerOptions } from "./server.ts";

/** What a command works with: the API, and a way to show its answer. */
export interface Terminal {
  readonly io: Io;
  readonly api: Api;
  readonly download: Download;
  /** Prints the answer as JSON under `--json`, and as `text` otherwise. */
  show<T>(answer: T, text: (answer: T) => string): void;
}

/** Made when a command runs: help and usage errors need neither token nor server. */
export type Connect = (command: Command) => Promise<Terminal>;

export const connector =
  (io: Io): Connect =>
  async (command) => {
    const { json, ...options } = command.optsWithGlobals<{ json?: boolean } & ServerOptions>();
    const server = await findServer(io, options);
    return {
      io,
      api: apiClient(io, server),
      download: downloadClient(io, server),
      show(answer, text) {
        if (json !== true) io.out(text(answer));
        else if (answer !== undefined) io.out(`${JSON.stringify(answer, null, 2)}\n`);
      },
    };
  };

/** A query string of what is set, or nothing. */
export function query(values: Readonly<Record<string, string | undefined>>): string {
  const set = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return set.length === 0 ? "" : `?${new URLSearchParams(set)}`;
}
