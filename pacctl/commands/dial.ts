import { type Command, Option } from "commander";
import type { MppeStrength } from "../../server/crypto/mppe-keys.ts";
import { AppError } from "../../server/errors/app-error.ts";
import { edgeSpaces } from "../../server/names/edge-space.ts";
import { passwordNotes } from "../../server/names/password-notes.ts";
import { parseNetwork } from "../../server/policy/networks.ts";
import type { AuthMethod } from "../../server/ppp/auth/credentials.ts";
import { assertInterfaceName } from "../../server/wire/interface-name.ts";
import type { Ipv4Network } from "../../server/wire/ipv4-network.ts";
import { seconds } from "../../server/wire/units.ts";
import { Dial } from "../client/dial/dial.ts";
import type { DialSettings } from "../client/dial/dial-types.ts";
import type { Io } from "../io.ts";
import { fromStdin } from "../options/password-options.ts";
import { DialReport } from "../print/dial.ts";

/** TCP port of PPTP (RFC 2637 §1.3). */
const PORT = 1723;

/** Octets of a name or password: what PAP and CHAP have room for. */
const MAX_OCTETS = 255;

/** What --auth may say. */
const METHODS: readonly AuthMethod[] = ["ms-chap-v2", "ms-chap-v1", "chap-md5", "pap"];

/** What --mppe may say. */
const STRENGTHS = { "128": [128], "56": [56], "40": [40], none: [] } as const satisfies Record<
  string,
  readonly MppeStrength[]
>;

interface DialOptions {
  readonly user: string;
  readonly passwordStdin?: boolean;
  readonly mppe: keyof typeof STRENGTHS;
  readonly auth?: readonly AuthMethod[];
  readonly tun?: string;
  readonly route?: readonly Ipv4Network[];
  readonly timeout: number;
  readonly port: number;
}

/** The dial did not come up, or broke off later: everything has been said about it. */
export class DialFailed extends Error {}

/**
 * `pacctl dial`: a client of any PPTP server, to see from outside whether it lets a user in. Needs no API.
 */
export function addDialCommand(pacctl: Command, io: Io): void {
  pacctl
    .command("dial <server>")
    .description("dial a PPTP server and show each stage; needs root, but no API and no token")
    .requiredOption("--user <name>", "who logs in")
    .option("--password-stdin", "read the password from standard input, the only way to give it")
    .addOption(
      new Option("--mppe <bits>", "encryption to insist on")
        .choices(["128", "56", "40", "none"])
        .default("128"),
    )
    .addOption(
      new Option(
        "--auth <method>",
        `how to log in, ms-chap-v2 unless said otherwise; may be repeated, the preferred one first: ${METHODS.join(", ")}`,
      ).argParser(method),
    )
    .option("--tun <name>", "bring up this interface and stay until Ctrl-C")
    .option("--route <network>", "with --tun: what lies behind the server; may be repeated", network)
    .option("--timeout <seconds>", "how long the dial may take", wholeSeconds, 30)
    .option("--port <port>", "where the server listens", port, PORT)
    .addHelpText("after", HELP)
    .action(async (server: string, options: DialOptions, command: Command) => {
      // Of the two options of this name the program's is the one that commander fills.
      const { json, timeout } = command.optsWithGlobals<{ json?: boolean; timeout: string | number }>();
      const whole = typeof timeout === "string" ? wholeSeconds(timeout) : timeout;
      const settings = await settingsOf(server, { ...options, timeout: whole }, io);
      if (!(await dial(settings, io, json === true))) throw new DialFailed();
    });
}

/** Did it come up, and end because somebody here said so? */
function dial(settings: DialSettings, io: Io, json: boolean): Promise<boolean> {
  const report = new DialReport(settings, io.out, json);
  return new Promise((resolve, reject) => {
    let good = false;
    const call: Dial = new Dial(io.host, settings, {
      done: (stage) => report.done(stage),
      connected(network) {
        good = true;
        report.connected(network);
        if (settings.tun === undefined) call.hangUp();
      },
      failed(failure) {
        good = false;
        report.failed(failure);
      },
      over() {
        report.over(call.counters);
        resolve(good);
      },
    });
    io.onInterrupt(() => call.hangUp());
    call.start().catch(reject);
  });
}

async function settingsOf(server: string, options: DialOptions, io: Io): Promise<DialSettings> {
  const { user, mppe, auth = ["ms-chap-v2"], tun, route: routes = [], timeout } = options;
  if (options.passwordStdin !== true)
    throw new AppError("usage", "The password is read from standard input: add --password-stdin.");
  if (tun === undefined && routes.length > 0)
    throw new AppError("usage", "--route says what goes into the tunnel, and needs --tun NAME.");
  if (tun !== undefined) interfaceName(tun);
  const password = await fromStdin(io);
  // Before the dial: what was not meant so is why it will fail.
  for (const end of edgeSpaces(user)) io.err(`pacctl: note: The user name ${end}.\n`);
  for (const note of passwordNotes(password)) io.err(`pacctl: note: ${note}\n`);
  for (const text of [user, password])
    if (Buffer.byteLength(text) > MAX_OCTETS)
      throw new AppError("usage", `A name or password has at most ${MAX_OCTETS} octets.`);
  return {
    server,
    port: options.port,
    user,
    password,
    authentication: auth,
    strengths: STRENGTHS[mppe],
    timeout: seconds(timeout),
    tun: tun === undefined ? undefined : { name: tun, routes },
  };
}

function interfaceName(name: string): void {
  try {
    assertInterfaceName(name);
  } catch {
    throw new AppError("usage", `${name} cannot be the name of an interface.`);
  }
}

function network(text: string, before: readonly Ipv4Network[] = []): readonly Ipv4Network[] {
  const parsed = parseNetwork(text);
  if (!parsed.ok) throw new AppError("usage", `--route: ${parsed.says}`);
  return [...before, parsed.value];
}

function method(text: string, before: readonly AuthMethod[] = []): readonly AuthMethod[] {
  const known = METHODS.find((name) => name === text);
  if (known === undefined) throw new AppError("usage", `--auth is one of ${METHODS.join(", ")}.`);
  return [...before, known];
}

/** Ours: longer than an hour, and nobody waits any more. */
const MAX_TIMEOUT = 3600;

const wholeSeconds = (text: string): number =>
  whole(text, MAX_TIMEOUT, `--timeout is a number of seconds from 1 to ${MAX_TIMEOUT}.`);

const port = (text: string): number => whole(text, 65_535, "--port is a number from 1 to 65535.");

function whole(text: string, most: number, otherwise: string): number {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number < 1 || number > most) throw new AppError("usage", otherwise);
  return number;
}

const HELP = `
Exit codes: 0 the dial came up, 1 it did not (the reason is printed), 2 wrong usage

Examples:
  printf %s "$PASSWORD" | pacctl dial vpn.example.com --user anna --password-stdin
  pacctl dial 192.0.2.1 --user anna --password-stdin --tun vpn0 --route 10.0.0.0/8 <password.txt
`;
