import { randomUUID } from "node:crypto";
import { REQUEST_TIMEOUT } from "../admin-api/limits.ts";
import { AppError } from "../server/errors/app-error.ts";
import { type Millis, millis } from "../server/wire/units.ts";
import type { Io } from "./io.ts";
import type { Server } from "./server.ts";
import type { Token } from "./token.ts";
import { unreachable } from "./unreachable.ts";

/** The server understood, and said no; the message is its `detail`. */
export class ApiRefusal extends Error {
  readonly code: string;
  readonly status: number;
  /** What else the problem document says, such as `field`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, detail: string, status: number, details: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** What requests need of the world. */
type RequestIo = Pick<Io, "fetch" | "err" | "pause">;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * One request to the admin API. `path` begins after `/api/v1`. Throws ApiRefusal, and AppError
 * server-unreachable.
 */
export type Api = <T>(method: Method, path: string, body?: object) => Promise<T>;

export function apiClient(io: RequestIo, server: Server, timeout: number = REQUEST_TIMEOUT): Api {
  const { base, token } = server;
  return async <T>(method: Method, path: string, body?: object): Promise<T> => {
    const response = await patient(io, { timeout }, server, `${base}/api/v1${path}`, {
      method,
      headers: {
        ...bearer(token),
        accept: "application/json",
        ...(isDoneOnce(method, path) ? { [KEY]: randomUUID() } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // A redirect would carry the token to wherever it points.
      redirect: "error",
    });
    if (response.status === 204) return undefined as T;
    const answer = await parse(response, base);
    if (response.ok) return answer as T;
    throw refusal(answer, response.status, base, token);
  };
}

/** A request whose answer is octets, which may take as long as they take. Throws as `Api` does. */
export type Download = (method: Method, path: string) => Promise<AsyncIterable<Uint8Array>>;

export function downloadClient(io: RequestIo, server: Server, timeout: number = REQUEST_TIMEOUT): Download {
  const { base, token } = server;
  return async (method, path) => {
    const response = await patient(io, { timeout, endless: true }, server, `${base}/api/v1${path}`, {
      method,
      headers: bearer(token),
      redirect: "error",
    });
    if (!response.ok) throw refusal(await parse(response, base), response.status, base, token);
    if (response.body === null) throw notPacd(base);
    return response.body;
  };
}

/** A Unix socket says by itself who asks. */
const bearer = (token: Token | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token.text}` };

const KEY = "idempotency-key";

/** pacd does these once for a key, however often they come (docs/bulk.md). */
const isDoneOnce = (method: Method, path: string): boolean =>
  method !== "GET" && /^\/(users|groups|admins|tokens)\b/.test(path);

/** A connection that broke, which may have been after pacd had read the request. */
const BROKEN: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/** Ours: how often a request is sent again whose connection broke, with how much time between. */
const SENT_AGAIN = 5;
const AFTER: Millis = millis(1000);

/** Longer waits are told at once, so that nobody takes pacctl for dead. In seconds. */
const TOLD = 5;

/**
 * A request that waits as long as pacd asks it to (429 with Retry-After), and is made again: what was refused
 * so has changed nothing. Where its connection breaks, one with a key is sent again: it is done once, and its
 * answer comes again. All waits together are no longer than `timeout`.
 */
async function patient(
  io: RequestIo,
  { timeout, endless = false }: { readonly timeout: number; readonly endless?: boolean },
  server: Server,
  url: string,
  init: RequestInit,
): Promise<Response> {
  const keyed = new Headers(init.headers).has(KEY);
  let broken = 0;
  for (let left = timeout; ; ) {
    const response = await send(io, server, url, init, endless ? undefined : timeout).catch(
      (error: unknown) => {
        // pacd may be starting again: then nobody listens for a moment.
        const again = broken > 0 ? isUnreached(error) : isBroken(error);
        if (!keyed || !again || broken === SENT_AGAIN || left < AFTER) throw error;
        return undefined;
      },
    );
    if (response === undefined) {
      broken += 1;
      await io.pause(AFTER);
      left -= AFTER;
      continue;
    }
    const asked = response.headers.get("retry-after") ?? "";
    const ms = /^\d{1,6}$/.test(asked) ? Number(asked) * 1000 : undefined;
    if (response.status !== 429 || ms === undefined || ms > left) return response;
    if (ms >= TOLD * 1000)
      io.err(
        `pacctl: pacd has too many requests, and asks to wait ${asked} s; --timeout says how long to.\n`,
      );
    await response.body?.cancel();
    await io.pause(millis(ms));
    // A server that asks for no time at all is not asked for ever.
    left -= Math.max(ms, 1000);
  }
}

async function send(
  io: RequestIo,
  server: Server,
  url: string,
  init: RequestInit,
  timeout: number | undefined,
): Promise<Response> {
  const signal = timeout === undefined ? {} : { signal: AbortSignal.timeout(timeout) };
  try {
    return await io.fetch(url, { ...init, ...signal }, server.trust);
  } catch (error) {
    const code = (error as Error).name === "TimeoutError" ? "timed-out" : "server-unreachable";
    const told = new AppError(code, unreachable(error, server));
    told.cause = error;
    throw told;
  }
}

const isUnreached = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === "server-unreachable";

/** fetch itself only says that it failed. */
function isBroken(error: unknown): boolean {
  const { code, cause } = (isUnreached(error) ? (error.cause ?? {}) : {}) as NodeJS.ErrnoException;
  return BROKEN.has(code ?? (cause as NodeJS.ErrnoException | undefined)?.code ?? "");
}

async function parse(response: Response, base: string): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw notPacd(base);
  }
}

function refusal(answer: unknown, status: number, base: string, token: Token | undefined): Error {
  const {
    code,
    detail,
    type: _t,
    title: _i,
    status: _s,
    ...details
  } = (answer ?? {}) as Record<string, unknown>;
  if (typeof code !== "string" || typeof detail !== "string") return notPacd(base);
  if (code === "tls-needed")
    return new AppError("server-unreachable", `pacd speaks TLS at ${base}: the URL begins with https://.`);
  if (code !== "unauthorized") return new ApiRefusal(code, detail, status, details);
  return new ApiRefusal(
    code,
    `pacd at ${base} does not accept ${token?.origin ?? "a request without a token"}.`,
    status,
    details,
  );
}

const notPacd = (base: string) =>
  new AppError(
    "server-unreachable",
    `What answers at ${base} is not pacd. --url, or PACD_URL, says where pacctl looks.`,
  );
