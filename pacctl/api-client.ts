import { REQUEST_TIMEOUT } from "../admin-api/limits.ts";
import { AppError } from "../server/errors/app-error.ts";
import type { Io } from "./io.ts";
import type { Token } from "./token.ts";

/** The server understood, and said no; the message is its `detail`. */
export class ApiRefusal extends Error {
  readonly code: string;

  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * One request to the admin API. `path` begins after `/api/v1`. Throws ApiRefusal, and AppError
 * server-unreachable.
 */
export type Api = <T>(method: Method, path: string, body?: object) => Promise<T>;

export function apiClient(io: Io, base: string, token: Token): Api {
  return async <T>(method: Method, path: string, body?: object): Promise<T> => {
    const response = await send(io, base, `${base}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token.text}`,
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
    throw refusal(answer, base, token);
  };
}

/** The server's address from PACD_URL, without a slash at the end. Throws usage. */
export function baseUrl(io: Io): string {
  const text = io.env["PACD_URL"] || "http://127.0.0.1:8723";
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new AppError("usage", `PACD_URL is not an http or https URL: ${text}`);
  }
  return text.replace(/\/+$/, "");
}

async function send(io: Io, base: string, url: string, init: RequestInit): Promise<Response> {
  try {
    return await io.fetch(url, init);
  } catch (error) {
    throw new AppError(
      "server-unreachable",
      `pacd does not answer at ${base} (${reasonOf(error)}). Is it running?`,
    );
  }
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  if (name === "TimeoutError") return "no answer in time";
  // fetch itself only says that it failed.
  const reason = cause as NodeJS.ErrnoException | undefined;
  return reason?.code === "ECONNREFUSED"
    ? "connection refused"
    : (reason?.code ?? reason?.message ?? message);
}

async function parse(response: Response, base: string): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw notPacd(base);
  }
}

function refusal(answer: unknown, base: string, { origin }: Token): Error {
  const { code, detail } = (answer ?? {}) as { code?: unknown; detail?: unknown };
  if (typeof code !== "string" || typeof detail !== "string") return notPacd(base);
  if (code !== "unauthorized") return new ApiRefusal(code, detail);
  return new ApiRefusal(code, `pacd at ${base} does not accept ${origin}.`);
}

const notPacd = (base: string) =>
  new AppError(
    "server-unreachable",
    `What answers at ${base} is not pacd. PACD_URL says where pacctl looks.`,
  );
