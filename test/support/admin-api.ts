import type { LightMyRequestResponse } from "fastify";
import { pino } from "pino";
import { ROLES } from "../../admin-api/actor.ts";
import { createApp } from "../../admin-api/app.ts";
import type { App, Services } from "../../admin-api/services.ts";
import { tokenHash } from "../../admin-api/token-hash.ts";
import { parseConfig } from "../../server/config/load-config.ts";
import { configView } from "../../server/config-view.ts";
import { ntPasswordHash } from "../../server/crypto/nt-password-hash.ts";
import { EventBus } from "../../server/events/event-bus.ts";
import { nextTurn } from "../../server/platform/next-turn.ts";
import type { Store } from "../../server/store/store-types.ts";
import { Deliverer } from "../../server/webhooks/deliverer.ts";
import { type FakeConcentrator, fakeConcentrator } from "./fake-concentrator.ts";
import { historyHere } from "./history.ts";
import { NOON_CLOCK, openTemporaryStore } from "./temporary-store.ts";

export const TOKEN = "test-token-of-the-administrator";

/** Tokens by what they may do. */
export const TOKENS = {
  viewer: "test-token-of-a-viewer",
  operator: "test-token-of-an-operator",
  admin: TOKEN,
};

/** What the clocks of API and store say; they stand still. */
export const NOW = "2026-03-01T10:00:00.000Z";

const CLOCK = { ...NOON_CLOCK, date: () => new Date(NOW) };

export interface Bench {
  readonly app: App;
  readonly store: Store;
  readonly concentrator: FakeConcentrator;
  readonly events: EventBus;
  /** Every line that went to the log, as JSON text. */
  readonly log: string[];
  /** A request with the token; JSON both ways. */
  call(method: Method, url: string, body?: object): Promise<LightMyRequestResponse>;
  /** Does a log-in as this user with this password succeed? */
  opens(name: string, password: string): Promise<boolean>;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

const verdicts: Services["verdicts"] = (code) =>
  code === "bad-credentials"
    ? {
        cause: "The user name or the password is wrong.",
        windowsErrors: [691],
        remedy: "Set a new password.",
      }
    : undefined;

/**
 * The admin API on a real store and a fake concentrator: 10.77.0.0/24, of which .0, .1 and .255 are
 * reserved. The store goes when the app is closed, unless the test has handed one in.
 */
export async function bench(change: Partial<Services> = {}): Promise<Bench> {
  const own = change.store === undefined ? await openTemporaryStore({ clock: CLOCK }) : undefined;
  const store = change.store ?? own!.store;
  const concentrator = fakeConcentrator();
  // A store that has them already was here before.
  for (const role of ROLES)
    if (!store.tokens.has(tokenHash(TOKENS[role])))
      await store.tokens.put(role, tokenHash(TOKENS[role]), role);
  const log: string[] = [];
  const events = new EventBus(CLOCK, 0);
  events.watch((event) => store.events.add(event));
  const app = await createApp({
    store,
    concentrator,
    events,
    webhooks: change.webhooks ?? delivererOf(store, events),
    metricsPerUser: () => false,
    tunnelNetworks: (address) => {
      if (!address.startsWith("10.77.0.")) return "outside";
      return /\.(0|1|255)$/.test(address) ? "reserved" : "ok";
    },
    poolNetworksText: "10.77.0.0/24",
    reload: () => Promise.reject(new Error("this test reloads nothing")),
    pools: ["guests", "staff"],
    usersMaxSessions: 5,
    requireIfMatch: false,
    turn: nextTurn,
    passwordMaxAgeDays: 0,
    trustsProxy: () => false,
    certificate: () => undefined,
    config: configView({ config: parseConfig("", "x") }, undefined),
    verdicts,
    backup: async () => {
      throw new Error("no backup in this test");
    },
    rotateAdminToken: () => Promise.reject(new Error("this test has no file with a token")),
    version: "1.2.3",
    logger: pino({ level: "debug" }, { write: (line: string) => log.push(line) }),
    history: historyHere(store, verdicts),
    monotonic: CLOCK.now,
    now: CLOCK.date,
    after: () => () => {},
    ...change,
  });
  if (own !== undefined) app.addHook("onClose", own.close);
  const headers = { authorization: `Bearer ${TOKEN}` };
  return {
    app,
    store,
    concentrator,
    events,
    log,
    call: (method, url, body) =>
      app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) }),
    async opens(name, password) {
      const [hash] = (await store.users.credentials(name))?.ntHashes ?? [];
      return hash !== undefined && Buffer.from(hash).equals(ntPasswordHash(password));
    },
  };
}

/** One that tells every web hook at once, and all of them take it. */
const delivererOf = (store: Store, bus: EventBus): Deliverer =>
  new Deliverer({
    clock: { ...CLOCK, after: () => () => {} },
    log: { error() {} },
    bus,
    events: store.events,
    webhooks: store.webhooks,
    poster: { post: async () => ({ status: 204, location: undefined }), close() {} },
    conditions: { raise() {}, clear() {} },
    random: { u32: () => 0, uuid: () => "0d4f2c1b-7d1b-4c3e-9a68-0b1f2d3c4e5a" },
    version: "1.2.3",
    disabled() {},
  });

/** Lets the app listen on a free port of the loopback, and returns its address as a URL. */
export const listen = (app: App): Promise<string> => app.listen({ host: "127.0.0.1", port: 0 });
