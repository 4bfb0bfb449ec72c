import type { LightMyRequestResponse } from "fastify";
import { pino } from "pino";
import { createApp } from "../../admin-api/app.ts";
import type { App, Services } from "../../admin-api/services.ts";
import { tokenHash } from "../../admin-api/token-hash.ts";
import { type FakeConcentrator, fakeConcentrator } from "./fake-concentrator.ts";
import { type FakeStore, fakeStore } from "./fake-store.ts";

export const TOKEN = "test-token-of-the-administrator";

export interface Bench {
  readonly app: App;
  readonly store: FakeStore;
  readonly concentrator: FakeConcentrator;
  /** Every line that went to the log, as JSON text. */
  readonly log: string[];
  /** A request with the token; JSON both ways. */
  call(method: Method, url: string, body?: object): Promise<LightMyRequestResponse>;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * The admin API on a fake store and a fake concentrator: 10.77.0.0/24, of which .0, .1 and .255 are reserved.
 */
export async function bench(change: Partial<Services> = {}): Promise<Bench> {
  const store = fakeStore();
  const concentrator = fakeConcentrator();
  await store.tokens.put("admin", tokenHash(TOKEN));
  const log: string[] = [];
  const app = await createApp({
    store,
    concentrator,
    tunnelNetworks: (address) => {
      if (!address.startsWith("10.77.0.")) return "outside";
      return /\.(0|1|255)$/.test(address) ? "reserved" : "ok";
    },
    poolNetworksText: "10.77.0.0/24",
    pools: ["guests", "staff"],
    usersMaxSessions: 5,
    passwordMaxAgeDays: 0,
    verdicts: (code) =>
      code === "bad-credentials"
        ? {
            cause: "The user name or the password is wrong.",
            windowsErrors: [691],
            remedy: "Set a new password.",
          }
        : undefined,
    version: "1.2.3",
    logger: pino({ level: "debug" }, { write: (line: string) => log.push(line) }),
    now: () => new Date("2026-03-01T10:00:00.000Z"),
    after: () => () => {},
    ...change,
  });
  const headers = { authorization: `Bearer ${TOKEN}` };
  return {
    app,
    store,
    concentrator,
    log,
    call: (method, url, body) =>
      app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) }),
  };
}

/** Lets the app listen on a free port of the loopback, and returns its address as a URL. */
export const listen = (app: App): Promise<string> => app.listen({ host: "127.0.0.1", port: 0 });
