import { closeSync, openSync, readFileSync } from "node:fs";
import SqliteDatabase from "better-sqlite3";
import { AppError } from "../errors/app-error.ts";
import type { ErrorCode } from "../errors/register.ts";
import { ipv4 } from "../wire/ipv4.ts";
import { tryForwarding } from "./forwarding.ts";
import { loadAddon } from "./native/addon.ts";
import { tryMasquerade } from "./nftables.ts";
import { openRawSocket } from "./raw-socket.ts";
import { tunSentence } from "./tun-failure.ts";

/** One thing that the host must have. Nothing here changes the host. */
export interface Finding {
  /** The error that `serve` would report for it. */
  readonly code: ErrorCode;
  readonly ok: boolean;
  /** What is there; or what is missing and what to do. */
  readonly sentence: string;
}

/** Linux capability numbers, include/uapi/linux/capability.h. */
const CAP_NET_ADMIN = 12n;
const CAP_NET_RAW = 13n;
const CAP_SYS_NICE = 23n;

/** Every check, in the order in which an operator would mend them. */
export async function checkHost(): Promise<readonly Finding[]> {
  return [
    checkRoot(),
    checkAddon(),
    checkSqlite(),
    checkTun(),
    checkRawSocket(),
    await checkNft(),
    checkForwarding(),
  ];
}

/**
 * Effective capabilities, whoever has them: root, or the user of a service that was given these two. What
 * needs a capability is tried elsewhere; this one names it.
 */
export function checkRoot(status = ownStatus()): Finding {
  const effective = effectiveCapabilities(status);
  const missing = [
    ...(has(effective, CAP_NET_ADMIN) ? [] : ["CAP_NET_ADMIN"]),
    ...(has(effective, CAP_NET_RAW) ? [] : ["CAP_NET_RAW"]),
  ];
  if (missing.length === 0) return good("host-not-root", "pacd has the rights that it needs.");
  return bad(
    "host-not-root",
    `pacd lacks ${missing.join(" and ")}: run it as root, or as a service whose user has it (AmbientCapabilities=${missing.join(" ")} in the unit; ambient capabilities of setpriv(1)).`,
  );
}

/**
 * A sentence where threads that carry packets cannot come before others: neither CAP_SYS_NICE, nor a limit
 * that allows it (LimitNICE= of a unit). pacd runs all the same.
 */
export function priorityNote(
  status = ownStatus(),
  limits = readFileSync("/proc/self/limits", "utf8"),
): string | undefined {
  const allowed = Number(/^Max nice priority\s+(\d+)/m.exec(limits)?.[1] ?? 0);
  if (has(effectiveCapabilities(status), CAP_SYS_NICE) || allowed >= ANY_NICE_VALUE) return undefined;
  return "pacd lacks CAP_SYS_NICE: where this host's cores are busy, packets wait for other programs.";
}

/** RLIMIT_NICE counts from 20 for nice 0 up to 40 for -20 (getrlimit(2)). */
const ANY_NICE_VALUE = 40;

const ownStatus = (): string => readFileSync("/proc/self/status", "utf8");

const effectiveCapabilities = (status: string): bigint =>
  BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? "0"}`);

const has = (set: bigint, capability: bigint): boolean => ((set >> capability) & 1n) === 1n;

/** The native addon is built for this machine. */
export function checkAddon(file?: string): Finding {
  return attempt("host-no-addon", "The native addon is built.", () => {
    loadAddon(file);
  });
}

/** SQLite, which comes as an addon of its own, runs with this system's C library. No file is made. */
export function checkSqlite(open = (): { close(): unknown } => new SqliteDatabase(":memory:")): Finding {
  try {
    open().close();
    return good("host-no-sqlite", "SQLite runs here.");
  } catch (error) {
    const said = (error as Error).message.split("\n")[0];
    return bad(
      "host-no-sqlite",
      `SQLite does not run here (${said}): pacd needs glibc 2.34 or later, and packages that were installed on this host.`,
    );
  }
}

/** The TUN device is there and may be opened. No interface is made. */
export function checkTun(device = "/dev/net/tun"): Finding {
  try {
    closeSync(openSync(device, "r+"));
    return good("host-no-tun", `${device} can be opened.`);
  } catch (error) {
    return bad("host-no-tun", tunSentence((error as NodeJS.ErrnoException).code ?? String(error)));
  }
}

/** A raw socket for GRE can be opened; it is closed again. */
export function checkRawSocket(): Finding {
  return attempt("host-no-raw-socket", "A raw socket for GRE can be opened.", () => openRawSocket().close());
}

/** nft is installed, and it and the kernel accept masquerading rules. Nothing is applied. */
export async function checkNft(program?: string): Promise<Finding> {
  // TEST-NET-1 (RFC 5737): any network serves for a trial.
  const trial = { interface: "pacd-check", networks: [{ address: ipv4(0xc0000200), prefix: 24 }] };
  try {
    await tryMasquerade(trial, program);
    return good("host-no-nft", "nft accepts masquerading rules.");
  } catch (error) {
    return failed(error);
  }
}

/** IPv4 forwarding is on, or can be turned on, which `serve` does. */
export function checkForwarding(file?: string): Finding {
  return attempt("host-no-forwarding", "IPv4 forwarding is on, or pacd can turn it on.", () =>
    tryForwarding(file),
  );
}

const good = (code: ErrorCode, sentence: string): Finding => ({ code, ok: true, sentence });
const bad = (code: ErrorCode, sentence: string): Finding => ({ code, ok: false, sentence });

function attempt(code: ErrorCode, sentence: string, check: () => void): Finding {
  try {
    check();
    return good(code, sentence);
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): Finding {
  if (error instanceof AppError) return bad(error.code, error.message);
  throw error;
}
