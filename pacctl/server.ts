import { type ApiAddress, addressFile, parseApiAddress } from "../admin-api/address-file.ts";
import { stateDirectoryIn } from "../server/config/load-config.ts";
import { AppError } from "../server/errors/app-error.ts";
import { installation } from "../server/installation/installation.ts";
import type { Trust } from "../server/platform/http-request.ts";
import type { Io } from "./io.ts";
import { storedLogIn } from "./log-in-file.ts";
import { findToken, type Token } from "./token.ts";

/** What of the world says which server is meant. */
type ServerIo = Pick<Io, "env" | "readFile" | "readStateFile" | "canConnect" | "now">;

/** The options that say which server is meant. */
export interface ServerOptions {
  readonly url?: string;
  readonly ca?: string;
  readonly tokenFile?: string;
  /** A Unix socket, at which no token is needed. */
  readonly socket?: string;
  /** A configuration file of a pacd on this host. */
  readonly config?: string;
}

/** A server, what it is asked with, and whom to believe that it is the one. */
export interface Server {
  /** Without a slash at its end. */
  readonly base: string;
  /** Undefined: it comes by a Unix socket and needs none. */
  readonly token: Token | undefined;
  readonly trust: Trust | undefined;
  /**
   * Where `trust` comes from, for errors: a file's name; undefined: what Node trusts, or the server's own
   * certificate.
   */
  readonly caFile: string | undefined;
}

/** Where an installed pacd keeps its state, also for a pacctl out of a working copy. */
const INSTALLED_STATE = "/var/lib/pacd";

/** Where an installed pacd has its socket, whose state directory is closed to all but itself. */
const INSTALLED_SOCKET = "/run/pacd/admin.sock";

/** What stands in URLs where a socket says who is asked. */
const NO_HOST = "http://localhost";

/** Where pacd listens while nothing else is said. */
const DEFAULT_URL = "http://127.0.0.1:8723";

/**
 * Which server is meant: what options and environment say, and for what they leave out a pacd of this host,
 * which leaves its address, certificate and token in its state directory. Where neither URL nor token is
 * given, nobody has logged in, and its socket lets this user in, that comes first: it needs no token.
 *
 * Throws usage, no-token, and what reading a configuration throws.
 */
export async function findServer(io: ServerIo, options: ServerOptions): Promise<Server> {
  if (options.socket !== undefined)
    return { base: NO_HOST, token: undefined, caFile: undefined, trust: { socket: options.socket } };
  const local = await localServer(io, options.config);
  const base = chosenBase(io, options, local);
  const loggedIn = await storedLogIn(io, base);
  const given = (options.url ?? io.env["PACD_URL"]) || options.tokenFile || io.env["PACD_TOKEN"];
  const socket = given || loggedIn ? undefined : await openSocket(io, local, options.config);
  if (socket !== undefined) return { base: NO_HOST, token: undefined, caFile: undefined, trust: { socket } };
  const token = await findToken(io, options.tokenFile, loggedIn, local.directories);
  const caFile = options.ca ?? (io.env["PACD_CA"] || undefined);
  return { base, token, caFile, trust: await trustFor(io, base, caFile, local.address) };
}

/** Where a log-in is made: at its URL, for whoever asks has no token yet. Throws usage. */
export async function serverOfLogIn(io: ServerIo, options: ServerOptions): Promise<Server> {
  const local = await localServer(io, options.config);
  const base = chosenBase(io, options, local);
  const caFile = options.ca ?? (io.env["PACD_CA"] || undefined);
  return { base, token: undefined, caFile, trust: await trustFor(io, base, caFile, local.address) };
}

function chosenBase(io: ServerIo, options: ServerOptions, local: Local): string {
  const url = options.url ?? io.env["PACD_URL"];
  if (url) return baseUrl(url, options.url === undefined ? "PACD_URL" : "--url");
  return local.address?.url ?? DEFAULT_URL;
}

/** What a pacd of this host has left in its state directory. */
interface Local {
  /** Where tokens may be, the likeliest first. */
  readonly directories: readonly string[];
  readonly address: ApiAddress | undefined;
}

/** The first that is there and lets this user in. */
async function openSocket(
  io: ServerIo,
  { address }: Local,
  configFile: string | undefined,
): Promise<string | undefined> {
  const installed = configFile === undefined || configFile === installation.configFile;
  const paths = [address?.socket, installed ? INSTALLED_SOCKET : undefined];
  for (const path of paths)
    if (typeof path === "string" && (await io.canConnect(path).catch(() => false))) return path;
  return undefined;
}

async function localServer(io: ServerIo, configFile: string | undefined): Promise<Local> {
  const directories = await stateDirectories(io, configFile);
  for (const directory of directories) {
    const text = await io.readStateFile(addressFile(directory)).catch(() => undefined);
    const address = text === undefined ? undefined : parseApiAddress(text);
    // Of several, the one that runs.
    if (address !== undefined) return { directories: [...new Set([directory, ...directories])], address };
  }
  return { directories, address: undefined };
}

/**
 * The state directories to look into: that of the configuration, or those of an installation and a working
 * copy.
 */
export async function stateDirectories(
  io: ServerIo,
  configFile: string | undefined,
): Promise<readonly string[]> {
  // The installation's own may be half edited, or name the directory of the next start: pacctl is there to
  // tell the pacd that runs, and to hear what is wrong.
  if (configFile !== undefined && configFile !== installation.configFile)
    return [stateDirectoryIn(await read(io, configFile), configFile)];
  return [...new Set([await installedState(io), INSTALLED_STATE])];
}

/** The state directory of the installation's own configuration, where that can be read and understood. */
async function installedState(io: ServerIo): Promise<string> {
  const { configFile, stateDirectory } = installation;
  if (configFile === undefined) return stateDirectory;
  try {
    return stateDirectoryIn(await io.readFile(configFile), configFile);
  } catch {
    return stateDirectory;
  }
}

async function read(io: ServerIo, path: string): Promise<string> {
  try {
    return await io.readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "EACCES" ? "permission denied; try as root" : message;
    throw new AppError("usage", `The configuration ${path} cannot be read: ${reason}.`);
  }
}

async function trustFor(
  io: ServerIo,
  base: string,
  caFile: string | undefined,
  local: ApiAddress | undefined,
): Promise<Trust | undefined> {
  if (caFile !== undefined) return { authorities: await readAuthorities(io, caFile) };
  if (typeof local?.certificate === "string" && sameOrigin(base, local.url))
    return { exactly: local.certificate };
  return undefined;
}

const sameOrigin = (a: string, b: string): boolean => URL.parse(a)?.origin === URL.parse(b)?.origin;

async function readAuthorities(io: ServerIo, path: string): Promise<string> {
  let pem: string;
  try {
    pem = await io.readFile(path);
  } catch (error) {
    throw new AppError("usage", `The certificates in ${path} cannot be read: ${(error as Error).message}.`);
  }
  if (!pem.includes("-----BEGIN CERTIFICATE-----"))
    throw new AppError(
      "usage",
      `${path} holds no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----.`,
    );
  return pem;
}

/** An address from an option or the environment, without a slash at the end. Throws usage. */
function baseUrl(text: string, origin: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new AppError("usage", `${origin} is not an http or https URL: ${text}`);
  }
  return text.replace(/\/+$/, "");
}
