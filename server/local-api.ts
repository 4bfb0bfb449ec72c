import { join } from "node:path";
import { CLOSE_GRACE, KEEP_ALIVE, REQUEST_TIMEOUT } from "../admin-api/limits.ts";
import { clientError } from "../admin-api/plugins/client-error.ts";
import type { App } from "../admin-api/services.ts";
import type { Config } from "./config/config-types.ts";
import { groupId } from "./platform/accounts.ts";
import type { Clock } from "./platform/clock.ts";
import type { HttpHandler, HttpListener } from "./platform/http-listener.ts";
import { type LocalEndpoint, listenLocal } from "./platform/local-listener.ts";
import type { Logger } from "./platform/log.ts";
import type { Applied, LivePart } from "./reload/live-part.ts";
import type { Millis } from "./wire/units.ts";

/** Who may connect where the configuration names no group. */
const OWN_GROUP = "pacd";

interface Open {
  readonly endpoint: LocalEndpoint;
  readonly listener: HttpListener;
}

interface Parts {
  readonly clock: Pick<Clock, "after">;
  /** The state directory. */
  readonly directory: string;
  /** What the service manager has made for sockets; undefined: nothing. */
  readonly runtimeDirectory: string | undefined;
  readonly log: Pick<Logger, "warn">;
}

/**
 * The admin API at a Unix socket, for processes of this host: they need no token, for the kernel says whose
 * they are.
 */
export class LocalApi implements LivePart {
  readonly name = "local socket";
  readonly keys = ["admin.socket", "admin.socket_group"] as const;
  readonly #parts: Parts;
  readonly #handler: HttpHandler;
  #app: App | undefined;
  #current: Open | undefined;

  private constructor(parts: Parts) {
    this.#parts = parts;
    this.#handler = {
      request: (request, response) =>
        this.#app === undefined ? void response.destroy() : this.#app.routing(request, response),
      clientError,
      requestTimeout: REQUEST_TIMEOUT,
      keepAliveTimeout: KEEP_ALIVE,
    };
  }

  /**
   * After the state directory is this process's alone. Where the configuration names a path, throws
   * address-in-use, address-unusable; the one of its own pacd can do without.
   */
  static async open({ admin }: Config, parts: Parts): Promise<LocalApi> {
    const api = new LocalApi(parts);
    try {
      await api.#open(admin);
    } catch (err) {
      if (admin.socket.includes("/") || admin.socketGroup !== "") throw err;
      parts.log.warn({ err }, "There is no local socket: pacctl on this host needs a token");
    }
    return api;
  }

  /** Undefined: there is none. */
  get path(): string | undefined {
    return this.#current?.endpoint.path;
  }

  /** Has the app answer from the moment at which it is ready. Its end ends the socket first. */
  serve(app: App): void {
    app.addHook("preClose", () => this.close());
    app.addHook("onReady", async () => {
      this.#app = app;
    });
  }

  async close(): Promise<void> {
    await this.#leave(this.#current, CLOSE_GRACE);
  }

  /** The old socket goes when all parts have gone over; one with the same path has to go before. */
  async apply({ admin }: Config, { admin: before }: Config): Promise<Applied> {
    const old = this.#current;
    const same = old !== undefined && endpointOf(admin, this.#parts)?.path === old.endpoint.path;
    if (same) await this.#leave(old, CLOSE_GRACE);
    try {
      await this.#open(admin);
    } catch (error) {
      if (same) await this.#open(before);
      throw error;
    }
    return {
      undo: async () => {
        await this.#leave(this.#current, CLOSE_GRACE);
        if (same) await this.#open(before);
        else this.#current = old;
      },
      finish: () => {
        if (!same) void this.#leave(old, REQUEST_TIMEOUT);
      },
    };
  }

  async #open(admin: Config["admin"]): Promise<void> {
    const endpoint = endpointOf(admin, this.#parts);
    this.#current =
      endpoint === undefined ? undefined : { endpoint, listener: await listenLocal(endpoint, this.#handler) };
  }

  /** Requests under way are answered within `grace`. The way in is gone at once. */
  async #leave(current: Open | undefined, grace: Millis): Promise<void> {
    if (current === undefined) return;
    const cancel = this.#parts.clock.after(grace, () => current.listener.cutOff());
    await current.listener.close();
    cancel();
  }
}

function endpointOf({ socket, socketGroup }: Config["admin"], parts: Parts): LocalEndpoint | undefined {
  if (socket === "") return undefined;
  const path = socket.includes("/") ? socket : join(parts.runtimeDirectory ?? parts.directory, socket);
  const own = groupId(OWN_GROUP) === undefined ? undefined : OWN_GROUP;
  return { path, group: socketGroup === "" ? own : socketGroup };
}
