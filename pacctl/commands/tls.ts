import { X509Certificate } from "node:crypto";
import { statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { AppError } from "../../server/errors/app-error.ts";
import { installation } from "../../server/installation/installation.ts";
import { openStateDirectory } from "../../server/platform/state-directory.ts";
import { hostNames } from "../../server/tls/host-names.ts";
import { writePair } from "../../server/tls/pair-files.ts";
import { certificateName, selfSigned } from "../../server/tls/self-signed.ts";
import type { Io } from "../io.ts";
import { stateDirectories } from "../server.ts";

/** Ours: more than two years, which is what browsers allow a certificate at most (825 days). */
const DAYS = 825;

const MOST_DAYS = 36_500;

interface Options {
  readonly name: readonly string[];
  readonly days: number;
  readonly directory?: string;
  readonly replace?: boolean;
  readonly json?: boolean;
  readonly config?: string;
}

/** What was made. */
interface Made {
  readonly certificate: string;
  readonly key: string;
  readonly names: readonly string[];
  readonly notAfter: string;
  /** SHA-256. */
  readonly fingerprint: string;
}

/** `pacctl tls init`: a certificate of one's own for the API; needs no server. */
export function addTlsCommands(pacctl: Command, io: Io): void {
  const tls = pacctl.command("tls").description("the certificate with which the API speaks TLS");
  tls
    .command("init")
    .description("make a key and a certificate that it signs itself; needs no server, but root")
    .option("--name <name>", "a name or address more by which pacd is called; repeatable", collect, [])
    .option("--days <number>", "how long it is valid", days, DAYS)
    .option("--directory <directory>", "where it goes; by default tls/ in the state directory")
    .option("--replace", "replace the pair that is there")
    .action(async (_: object, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const made = await init(io, options);
      io.out(options.json === true ? `${JSON.stringify(made, null, 2)}\n` : text(made, options));
    });
}

async function init(
  io: Io,
  { name, days: valid, directory, replace = false, config }: Options,
): Promise<Made> {
  const state = openState((await stateDirectories(io, config))[0]!);
  const folder = resolve(directory ?? join(state, "tls"));
  const names = [...new Set([...name, ...hostNames()])];
  const pair = await selfSigned(names, valid, io.now());
  const files = writePair(folder, pair, { stateDirectory: state, owner: statSync(state) }, replace);
  const { fingerprint256, validToDate } = new X509Certificate(pair.certificate);
  return { ...files, names, notAfter: validToDate.toISOString(), fingerprint: fingerprint256 };
}

/** In a package the state directory is the service's, and not for us to make. */
function openState(directory: string): string {
  try {
    statSync(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EACCES")
      throw new AppError("state-unusable", `${directory} may not be looked into: try as root.`);
    if (installation.kind === "checkout") return openStateDirectory(directory);
    throw new AppError(
      "state-unusable",
      `There is no state directory ${directory} (${code}): start pacd once before.`,
    );
  }
  return directory;
}

function text({ certificate, key, names, notAfter, fingerprint }: Made, { config }: Options): string {
  const file = config ?? installation.configFile ?? "your configuration";
  const name = names[0]!;
  const url = `https://${name.includes(":") ? `[${name}]` : name}:8723`;
  return `A key and a certificate of its own were made, valid until ${notAfter.slice(0, 10)}:
  ${certificate}
  ${key} (a secret: pacd alone reads it)
For ${names.join(", ")}
SHA-256 ${fingerprint}

For pacd to use them, under [admin] in ${file}:
  tls_certificate = "${certificate}"
  tls_key = "${key}"
and, for other hosts to come:
  listen = "0.0.0.0:8723"

Other hosts need a copy of ${basename(certificate)}, which is no secret, and the API token:
  PACD_TOKEN=... pacctl --url ${url} --ca ${basename(certificate)} status
`;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  const name = certificateName(value);
  if (name === undefined)
    throw new InvalidArgumentError("A host name such as vpn.example.com, or an address without a port.");
  return [...before, name];
}

function days(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > MOST_DAYS)
    throw new InvalidArgumentError(`A whole number from 1 to ${MOST_DAYS}.`);
  return number;
}
