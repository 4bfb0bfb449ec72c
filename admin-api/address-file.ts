import { rmSync } from "node:fs";
import { join } from "node:path";
import { formatEndpoint } from "../server/config/addresses.ts";
import type { Endpoint } from "../server/config/config-types.ts";
import { writePrivateFile } from "../server/platform/state-files.ts";

/** Where the API of a running pacd is, and what it shows: for pacctl on the same host. */
export interface ApiAddress {
  /** Without a slash at its end. */
  readonly url: string;
  /** The certificate that it shows, PEM; null: plain HTTP. */
  readonly certificate: string | null;
  /** Where it is reached without a token; null: nowhere. */
  readonly socket: string | null;
}

/**
 * The file in the state directory. It is there while pacd serves, and is left behind by one that was
 * killed.
 */
export const addressFile = (stateDirectory: string): string => join(stateDirectory, "admin-api.json");

/** Throws state-unusable. */
export function writeApiAddress(stateDirectory: string, address: ApiAddress): void {
  writePrivateFile(addressFile(stateDirectory), `${JSON.stringify(address)}\n`);
}

export function removeApiAddress(stateDirectory: string): void {
  rmSync(addressFile(stateDirectory), { force: true });
}

/** What such a file says; undefined for what is none. */
export function parseApiAddress(text: string): ApiAddress | undefined {
  try {
    const {
      url,
      certificate,
      socket = null,
    } = JSON.parse(text) as Partial<Record<keyof ApiAddress, unknown>>;
    if (typeof url !== "string" || !(typeof certificate === "string" || certificate === null))
      return undefined;
    return { url, certificate, socket: typeof socket === "string" ? socket : null };
  } catch {
    return undefined;
  }
}

/** How it is called on this host: listening on every address is no address to call. */
export function apiUrl({ host, port }: Endpoint, tls: boolean): string {
  const called = host === "0.0.0.0" ? "127.0.0.1" : host;
  return `${tls ? "https" : "http"}://${formatEndpoint({ host: called, port })}`;
}
