import { REQUEST_TIMEOUT } from "../admin-api/limits.ts";
import { AppError } from "../server/errors/app-error.ts";
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

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * One request to the admin API. `path` begins after `/api/v1`. Throws ApiRefusal, and AppError
 * server-unreachable.
 */
export type Api = <T>(method: Method, path: string, body?: object) => Promise<T>;

export function apiClient(io: Io, server: Server): Api {
  const { base, token } = server;
  return async <T>(method: Method, path: string, body?: object): Promise<T> => {
    const response = await send(io, server, `${base}/api/v1${path}`, {
      method,
      headers: {
        ...bearer(token),
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // A redirect would carry the token to wherever it points.
      redirect: "error",
      signal: AbortSignal.timeout(REQUEST_TIMEOUT),
    });
    if (response.status === 204) return undefined as T;
    const answer = await parse(response, base);
    if (response.ok) return answer as T;
    throw refusal(answer, response.status, base, token);
  };
}

/** A request whose answer is octets, which may take as long as they take. Throws as `Api` does. */
export type Download = (method: Method, path: string) => Promise<AsyncIterable<Uint8Array>>;

export function downloadClient(io: Io, server: Server): Download {
  const { base, token } = server;
  return async (method, path) => {
    const response = await send(io, server, `${base}/api/v1${path}`, {
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

async function send(io: Io, server: Server, url: string, init: RequestInit): Promise<Response> {
  try {
    return await io.fetch(url, init, server.trust);
  } catch (error) {
    const code = (error as Error).name === "TimeoutError" ? "timed-out" : "server-unreachable";
    throw new AppError(code, unreachable(error, server));
  }
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
