import { chmodSync, chownSync, lstatSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { connect, type Socket } from "node:net";
import { AppError } from "../errors/app-error.ts";
import { groupId, userName } from "./accounts.ts";
import { type HttpHandler, type HttpListener, httpServer, serverListener } from "./http-listener.ts";
import { type Addon, loadAddon } from "./native/addon.ts";

/** Who connected to a local socket, as of that moment. */
export interface LocalPeer {
  readonly uid: number;
  readonly gid: number;
  readonly pid: number;
  /** The user's name. */
  readonly user: string;
}

/** Where the socket is, and who may connect: root, the process's own user, and this group. */
export interface LocalEndpoint {
  readonly path: string;
  /** By name or number; undefined: the group of the process. */
  readonly group: string | undefined;
}

/** Owner and group may connect. */
const MODE = 0o660;

const peers = new WeakMap<object, LocalPeer>();

/** Who is at the other end of a connection to a local socket; undefined where it came another way. */
export const localPeer = (socket: object): LocalPeer | undefined => peers.get(socket);

/**
 * Speaks HTTP at a Unix socket. One that nobody listens at any more is replaced. Throws address-in-use,
 * address-unusable.
 */
export async function listenLocal(
  endpoint: LocalEndpoint,
  handler: Omit<HttpHandler, "gate">,
  addon: Pick<Addon, "peerCredentials"> = loadAddon(),
): Promise<HttpListener> {
  const { path, group } = endpoint;
  const gid = group === undefined ? undefined : groupId(group);
  if (group !== undefined && gid === undefined)
    throw unusable(path, `this host has no group ${JSON.stringify(group)}`);
  await makeWay(path);
  const server = httpServer(handler);
  server.on("connection", (socket: Socket) => identify(socket, addon));
  await listen(server, path);
  try {
    // The group before the mode: until then nobody but the owner may connect.
    if (gid !== undefined) chownSync(path, -1, gid);
    chmodSync(path, MODE);
  } catch (error) {
    server.close();
    const hint = `give it to a group of pacd's own user (SupplementaryGroups= in the service)`;
    throw unusable(path, `its group cannot be set (${(error as NodeJS.ErrnoException).code}): ${hint}`);
  }
  return serverListener(server, { host: path, port: 0 }, () => {});
}

/** Without the peer's user it could be anybody: the connection ends. */
function identify(socket: Socket, addon: Pick<Addon, "peerCredentials">): void {
  // Node documents no way to it.
  const { _handle: handle } = socket as { _handle?: { readonly fd?: number } };
  const found = new Uint32Array(3);
  try {
    addon.peerCredentials(handle?.fd ?? -1, found);
  } catch {
    socket.destroy();
    return;
  }
  const [pid, uid, gid] = found as unknown as [number, number, number];
  peers.set(socket, { pid, uid, gid, user: userName(uid) });
}

/** What an ended process has left goes; what somebody listens at, and what is no socket, stays. */
async function makeWay(path: string): Promise<void> {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined) return;
  if (!there.isSocket()) throw unusable(path, "there is something else of that name");
  if (await answers(path))
    throw new AppError(
      "address-in-use",
      `Another program listens on ${path} already: stop it, or choose another path for admin.socket.`,
      { endpoint: path },
    );
  rmSync(path, { force: true });
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code !== "ECONNREFUSED"));
  });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        unusable(path, error.code === "EINVAL" ? "the path is longer than 107 octets" : (error.code ?? "")),
      ),
    );
    server.listen({ path }, () => {
      server.removeAllListeners("error");
      server.on("error", () => {});
      resolve();
    });
  });
}

const unusable = (path: string, why: string) =>
  new AppError("address-unusable", `pacd cannot listen on ${path}: ${why}.`, { endpoint: path });
