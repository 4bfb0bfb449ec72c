import { CLOSE_GRACE, KEEP_ALIVE, REQUEST_TIMEOUT } from "../admin-api/limits.ts";
import { clientError } from "../admin-api/plugins/client-error.ts";
import type { App } from "../admin-api/services.ts";
import type { Config } from "./config/config-types.ts";
import type { Clock } from "./platform/clock.ts";
import { type HttpGate, type HttpHandler, type HttpListener, listenHttp } from "./platform/http-listener.ts";

/**
 * Where the admin API is reached. It listens before there is an API, so that nothing is changed on a host
 * where it cannot; what comes until then is cut off.
 */
export class AdminListener {
  readonly #clock: Pick<Clock, "after">;
  readonly #handler: HttpHandler;
  #app: App | undefined;
  #listener: HttpListener | undefined;

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
    admin.#listener = await listenHttp(listen, admin.#handler);
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
    if (this.#listener !== undefined) await this.#closed(this.#listener);
  }

  async #closed(listener: HttpListener): Promise<void> {
    const cancel = this.#clock.after(CLOSE_GRACE, () => listener.cutOff());
    await listener.close();
    cancel();
  }
}
