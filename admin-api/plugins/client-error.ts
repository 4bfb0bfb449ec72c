import type { Duplex } from "node:stream";
import type { ErrorCode } from "../../server/errors/register.ts";
import { problem } from "../schemas/problem.ts";

/**
 * Bytes that are not HTTP, headers past Node's limit, or a request that never ends: there is no request to
 * answer, so the problem document goes to the socket as it stands, and the connection ends.
 */
export function clientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  refuse(socket, "invalid-request", "The request is not well-formed HTTP.");
}

/**
 * Plain HTTP where TLS is spoken. What was sent, a token perhaps, has crossed the network in clear, and
 * nothing of it is looked at.
 */
export function plainRequest(socket: Duplex): void {
  refuse(
    socket,
    "tls-needed",
    "This is plain HTTP, and pacd speaks TLS on this port: use https:// in the URL.",
  );
  // Unread, it would make the kernel send a reset, which can overtake the answer.
  socket.resume();
}

function refuse(socket: Duplex, code: ErrorCode, detail: string): void {
  const body = JSON.stringify(problem(code, detail));
  socket.end(
    "HTTP/1.1 400 Bad Request\r\n" +
      "Content-Type: application/problem+json; charset=utf-8\r\n" +
      `Content-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
}
