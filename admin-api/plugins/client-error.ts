import type { Duplex } from "node:stream";
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
  const body = JSON.stringify(problem("invalid-request", "The request is not well-formed HTTP."));
  socket.end(
    "HTTP/1.1 400 Bad Request\r\n" +
      "Content-Type: application/problem+json; charset=utf-8\r\n" +
      `Content-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
}
