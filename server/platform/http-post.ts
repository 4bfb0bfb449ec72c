import { readFile, stat } from "node:fs/promises";
import { Agent, type IncomingMessage, type RequestOptions, request } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import { createSecureContext } from "node:tls";

/** The head of an answer. */
export interface PostAnswer {
  readonly status: number;
  /** Where it redirects to; undefined: it says nothing of that. */
  readonly location: string | undefined;
}

/** Where distributions keep the authorities that the host believes: Debian and Alpine, Fedora, SUSE. */
const AUTHORITIES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
];

/** Ours: octets of an answer that are read; of a longer one the connection is closed. */
const MAX_ANSWER = 16 * 1024;

/** Ours, in ms: a connection that nobody uses is closed. */
const IDLE = 5000;

/**
 * Sends bodies by POST, over TLS where the URL says so, and keeps connections for the next one. Redirects are
 * answers like others. What the host believes is read when it is first needed, and again when it has changed.
 */
export class HttpPoster {
  readonly #plain = new Agent({ keepAlive: true, timeout: IDLE });
  readonly #files: readonly string[];
  #tls: { readonly agent: TlsAgent; readonly version: string } | undefined;

  /** Tests hand in a file of authorities of their own. */
  constructor(files: readonly string[] = AUTHORITIES) {
    this.#files = files;
  }

  /**
   * Resolves when the answer has ended, or so much of it was read that the rest does not matter. Rejects with
   * what sockets throw, with their `code`; with the signal's reason where no answer had begun by then.
   */
  async post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ): Promise<PostAnswer> {
    const secure = url.startsWith("https:");
    const agent = secure ? await this.#tlsAgent() : this.#plain;
    signal.throwIfAborted();
    const octets = Buffer.from(body, "utf8");
    const options = {
      method: "POST",
      agent,
      signal,
      headers: { ...headers, "content-length": String(octets.length) },
    };
    try {
      return await exchange(secure ? tlsRequest : request, url, options, octets);
    } catch (error) {
      // The other side closed a connection that nobody used, in the moment it was used again.
      if (!(error instanceof ClosedIdle)) throw signal.aborted ? (signal.reason as Error) : error;
      return exchange(secure ? tlsRequest : request, url, { ...options, agent: false }, octets);
    }
  }

  /** Closes every connection. */
  close(): void {
    this.#plain.destroy();
    this.#tls?.agent.destroy();
  }

  async #tlsAgent(): Promise<TlsAgent> {
    const { file, version } = await this.#newest();
    if (this.#tls?.version !== version) {
      this.#tls?.agent.destroy();
      const ca = file === undefined ? {} : { ca: await readFile(file, "utf8") };
      // Once: to read all authorities takes some milliseconds.
      const secureContext = createSecureContext(ca);
      this.#tls = { agent: new TlsAgent({ keepAlive: true, timeout: IDLE, secureContext }), version };
    }
    return this.#tls.agent;
  }

  /** The first of the files that is there. */
  async #newest(): Promise<{ readonly file: string | undefined; readonly version: string }> {
    for (const file of this.#files) {
      const found = await stat(file).catch(() => undefined);
      if (found !== undefined) return { file, version: `${file} ${found.mtimeMs} ${found.size}` };
    }
    return { file: undefined, version: "" };
  }
}

/** A kept connection was closed before anything was answered. */
class ClosedIdle extends Error {}

function exchange(
  send: typeof request,
  url: string,
  options: RequestOptions,
  body: Buffer,
): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    const sent = send(url, options);
    let answered = false;
    sent.on("response", (answer) => {
      answered = true;
      drain(answer, resolve);
    });
    sent.on("error", (error) => {
      if (answered) return;
      const { code } = error as NodeJS.ErrnoException;
      const idle = sent.reusedSocket && (code === "ECONNRESET" || code === "EPIPE");
      reject(idle ? new ClosedIdle("closed") : error);
    });
    sent.end(body);
  });
}

/** Its head is what counts; the rest is read so that the connection can be used again. */
function drain(answer: IncomingMessage, done: (answer: PostAnswer) => void): void {
  const { statusCode: status = 0, headers } = answer;
  let octets = 0;
  answer.on("data", (part: Buffer) => {
    octets += part.length;
    if (octets > MAX_ANSWER) answer.destroy();
  });
  // What breaks after the head changes nothing.
  answer.on("error", () => {});
  answer.on("close", () => done({ status, location: headers.location }));
}
