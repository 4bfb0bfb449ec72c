import { CLOSE_GRACE, KEEP_ALIVE, REQUEST_TIMEOUT } from "../admin-api/limits.ts";
import { clientError } from "../admin-api/plugins/client-error.ts";
import type { App } from "../admin-api/services.ts";
import { formatEndpoint, sameSocket } from "./config/addresses.ts";
import type { Config, Endpoint } from "./config/config-types.ts";
import type { Clock } from "./platform/clock.ts";
import { type HttpGate, type HttpHandler, type HttpListener, listenHttp } from "./platform/http-listener.ts";
import type { Applied, LivePart } from "./reload/live-part.ts";
import type { Millis } from "./wire/units.ts";

/**
 * Where the admin API is reached. It listens before there is an API, so that nothing is changed on a host
 * where it cannot; what comes until then is cut off.
 */
export class AdminListener implements LivePart {
  readonly name = "admin listener";
  readonly keys = ["admin.listen"] as const;
  readonly #clock: Pick<Clock, "after">;
  readonly #handler: HttpHandler;
  #app: App | undefined;
  #listener: HttpListener | undefined;
  /** Those that were left, for as long as a request that came there is under way. */
  readonly #left = new Set<HttpListener>();

  private constructor(clock: Pick<Clock, "after">, gate: HttpGate) {
    this.#clock = clock;
    this.#handler = {
      request: (request, response) =>
        this.#app === undefined ? void response.destroy() : this.#app.routing(request, response),
      clientError,
      requestTimeout: REQUEST_TIMEOUT,
      keepAliveTimeout: KEEP_ALIVE,
      gate,
    };
  }

  /** `gate` stands before it wherever it listens. Throws address-in-use, address-unusable. */
  static async open(
    { listen }: Config["admin"],
    clock: Pick<Clock, "after">,
    gate: HttpGate,
  ): Promise<AdminListener> {
    const admin = new AdminListener(clock, gate);
    await admin.#open(listen);
    return admin;
  }

  /** Has the app answer from here on. Its end ends the listener first. */
  async serve(app: App): Promise<void> {
    app.addHook("preClose", () => this.close());
    await app.ready();
    this.#app = app;
  }

  /** Waits a little for the requests that are under way, and cuts off what has not ended by then. */
  async close(): Promise<void> {
    const all = [...this.#left, ...(this.#listener === undefined ? [] : [this.#listener])];
    await Promise.all(all.map((listener) => this.#closed(listener, CLOSE_GRACE)));
  }

  /** Whether it can be had; where it takes the place of the present one, whether the address is there. */
  async check({ admin: { listen } }: Config): Promise<void> {
    const current = this.#listener?.endpoint;
    if (current === undefined || formatEndpoint(current) === formatEndpoint(listen)) return;
    const tried = sameSocket(current, listen) ? { ...listen, port: 0 } : listen;
    await (await listenHttp(tried, this.#handler)).close();
  }

  /**
   * Listens there before the present address is left, which `finish` does; where the one takes in the other
   * it is left first. Requests that are under way are answered where they came.
   */
  async apply({ admin: { listen } }: Config): Promise<Applied> {
    const before = this.#listener!;
    const replaces = sameSocket(before.endpoint, listen);
    if (replaces) this.#leave(before);
    try {
      await this.#open(listen);
    } catch (error) {
      if (replaces) await this.#open(before.endpoint);
      throw error;
    }
    return {
      undo: async () => {
        this.#leave(this.#listener!);
        if (replaces) await this.#open(before.endpoint);
        else this.#listener = before;
      },
      finish: () => (replaces ? undefined : this.#leave(before)),
    };
  }

  async #open(endpoint: Endpoint): Promise<void> {
    this.#listener = await listenHttp(endpoint, this.#handler);
  }

  #leave(listener: HttpListener): void {
    this.#left.add(listener);
    void this.#closed(listener, REQUEST_TIMEOUT).then(() => this.#left.delete(listener));
  }

  async #closed(listener: HttpListener, grace: Millis): Promise<void> {
    const cancel = this.#clock.after(grace, () => listener.cutOff());
    await listener.close();
    cancel();
  }
}
