import { X509Certificate } from "node:crypto";
import { type IncomingMessage, type RequestOptions, request } from "node:http";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { Readable } from "node:stream";
import { connect as connectTls, type TLSSocket } from "node:tls";

/** Whom a client of TLS believes; without one of these, the authorities that Node knows. */
export type Trust =
  /** PEM: certificates of authorities, or of the server itself, in place of those that Node knows. */
  | { readonly authorities: string }
  /** PEM: the server shows exactly this certificate, whatever it is for and however long it is valid. */
  | { readonly exactly: string }
  /** No network at all: a Unix socket of this host with this path. */
  | { readonly socket: string };

/** The certificate is not the one that `exactly` names. Its code is that of an error of Node's. */
class OtherCertificate extends Error {
  readonly code = "OTHER_CERTIFICATE";
}

/**
 * One HTTP request, over TLS where the URL says so, in the form of fetch: which cannot be told whom to
 * believe. Takes of `init` method, headers, a body of text and a signal. Redirects are answers like others.
 *
 * Throws what sockets throw, with their `code`; of a certificate that is not believed also what `node:tls`
 * says.
 */
export async function httpRequest(url: string, init: RequestInit, trust?: Trust): Promise<Response> {
  const { protocol, hostname, port, pathname, search, host } = new URL(url);
  const { signal } = init;
  const socket =
    trust !== undefined && "socket" in trust
      ? connectTcp({ path: trust.socket })
      : protocol === "https:"
        ? await overTls(bare(hostname), Number(port || 443), trust, signal)
        : connectTcp({ host: bare(hostname), port: Number(port || 80) });
  const headers = { host, connection: "close", ...Object.fromEntries(new Headers(init.headers)) };
  const asked = { method: init.method ?? "GET", path: pathname + search, headers };
  const answer = await exchange(socket, asked, init.body, signal);
  const { statusCode = 0 } = answer;
  const empty = statusCode === 204 || statusCode === 304;
  if (empty) answer.resume();
  const body = empty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
  return new Response(body, { status: statusCode, headers: textHeaders(answer) });
}

/** Sends the request on a connection of its own, and waits for the head of the answer. */
function exchange(
  socket: Socket,
  options: RequestOptions,
  body: RequestInit["body"],
  signal: AbortSignal | null | undefined,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // It was closed before the request could watch it, which would wait for ever.
    if (socket.errored !== null) throw socket.errored;
    const sent = request({ ...options, createConnection: () => socket, ...(signal ? { signal } : {}) });
    sent.on("response", resolve);
    sent.on("error", (error) => reject(signal?.aborted ? (signal.reason as Error) : error));
    sent.end(typeof body === "string" ? body : undefined);
  });
}

/** A connection that has shaken hands with a server that is believed; nothing was sent to it yet. */
function overTls(
  host: string,
  port: number,
  trust: Trust | undefined,
  signal: AbortSignal | null | undefined,
): Promise<TLSSocket> {
  const exactly = trust !== undefined && "exactly" in trust ? new X509Certificate(trust.exactly) : undefined;
  const socket = connectTls({
    host,
    port,
    // RFC 6066 §3: an address is no server name.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(trust !== undefined && "authorities" in trust
      ? { ca: trust.authorities, allowPartialTrustChain: true }
      : {}),
    ALPNProtocols: ["http/1.1"],
    rejectUnauthorized: exactly === undefined,
  });
  return new Promise((resolve, reject) => {
    const abort = () => socket.destroy(signal?.reason as Error);
    signal?.addEventListener("abort", abort);
    // It stays: until the request listens, nobody does, and an error would end the process.
    socket.on("error", (error) => {
      signal?.removeEventListener("abort", abort);
      reject(error);
    });
    socket.once("secureConnect", () => {
      signal?.removeEventListener("abort", abort);
      const shown = socket.getPeerX509Certificate();
      if (exactly !== undefined && shown?.fingerprint256 !== exactly.fingerprint256) {
        socket.destroy();
        reject(new OtherCertificate("another certificate"));
        return;
      }
      resolve(socket);
    });
  });
}

/** Of several fields with one name, each. */
function textHeaders({ headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  return headers;
}

/** A host as sockets take it: an address of IPv6 without its brackets. */
const bare = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, "$1");
