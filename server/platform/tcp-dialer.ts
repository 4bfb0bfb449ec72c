import { connect } from "node:net";
import type { Millis } from "../wire/units.ts";
import { systemClock } from "./clock.ts";
import type { Connection } from "./tcp.ts";
import { dottedQuad, TcpConnection } from "./tcp-connection.ts";
import { MAX_UNSENT } from "./tcp-server.ts";

/**
 * A connection to a host by name or IPv4 address. Rejects with the kernel's or the resolver's error, which
 * has a `code`; ETIMEDOUT after `timeout`.
 */
export function dialTcp(host: string, port: number, timeout: Millis): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, family: 4, noDelay: true });
    const cancel = systemClock.after(timeout, () =>
      socket.destroy(Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" })),
    );
    socket.once("error", (error) => {
      cancel();
      reject(error);
    });
    socket.once("connect", () => {
      cancel();
      socket.removeAllListeners("error");
      const [remoteAddress, localAddress] = [socket.remoteAddress, socket.localAddress].map(dottedQuad);
      resolve(
        new TcpConnection(
          socket,
          { remoteAddress: remoteAddress!, remotePort: port, localAddress: localAddress! },
          MAX_UNSENT,
        ),
      );
    });
  });
}
