import type { Command } from "commander";
import { printable } from "../print/printable.ts";
import { duration, instant } from "../print/quantities.ts";
import { facts } from "../print/table.ts";
import type { Connect } from "../terminal.ts";
import type { Schemas } from "../typed-api.ts";

type StatusJson = Schemas["Status"];

/** `pacctl status`: pacd at this moment. */
export function addStatusCommand(pacctl: Command, connect: Connect): void {
  pacctl
    .command("status")
    .description("what pacd does at this moment")
    .action(async (_options: object, command: Command) => {
      const { ask, show } = await connect(command);
      show(await ask("GET", "/status"), statusText);
    });
}

const statusText = (status: StatusJson) =>
  facts([
    ["pacd", `${status.version}, up ${duration(status.uptimeSeconds)}`],
    ["Clients dial", status.listen],
    ["API", status.certificate === null ? "plain HTTP" : `TLS, ${certificateText(status.certificate)}`],
    ["Tunnel", `${status.interface}, ${status.localAddress}`],
    ["NAT", status.nat],
    ["Packet workers", String(status.packetWorkers)],
    ["Users", String(status.users)],
    ["Sessions", `${status.sessions} of ${status.maxSessions}`],
    [
      "Sessions per user",
      status.maxSessionsPerUser === 0 ? "any number" : `${status.maxSessionsPerUser} unless set for the user`,
    ],
    ...addresses(status.pools),
    ["Control connections", String(status.controlConnections)],
    [
      "Dials",
      `${status.dials.started} started, ${status.dials.connected} connected, ${status.dials.failed} failed`,
    ],
    [
      "Wrong log-ins",
      `${status.logInFailures.wrong}, and ${status.logInFailures.unjudged} refused unread; lockouts now: ${counts(status.logInFailures.lockouts)}`,
    ],
    ["Verdicts", counts(status.verdicts)],
    ["Control faults", counts(status.controlFaults)],
    ["Dropped packets", counts(status.drops)],
    ["Host put right", counts(status.hostRepairs)],
    ["Records", recordsText(status.records)],
    ["Last backup", status.lastBackupAt === null ? "never" : instant(status.lastBackupAt)],
  ]) +
  weakText(status.weakOptions) +
  conditionsText(status.conditions);

type PoolJson = StatusJson["pools"][number];

/** All addresses, and where there are several pools, those of each. */
function addresses(pools: readonly PoolJson[]): readonly (readonly [string, string])[] {
  const sum = (figure: "total" | "used" | "reserved" | "free") =>
    pools.reduce((before, pool) => before + pool[figure], 0);
  const all = { total: sum("total"), used: sum("used"), reserved: sum("reserved"), free: sum("free") };
  const each = pools.length > 1 ? pools : [];
  return [
    ["Addresses", poolText(all)],
    ...each.map((pool) => [`Pool ${pool.name}`, poolText(pool)] as const),
  ];
}

/** "990 of 1000 free, 8 used, 2 reserved for users": what the next dial can get, and who has the rest. */
function poolText({ total, used, reserved, free }: Omit<PoolJson, "name">): string {
  const kept = reserved === 0 ? "" : `, ${reserved} reserved for users`;
  return `${free} of ${total} free, ${used} used${kept}`;
}

function recordsText({ waiting, dropped }: StatusJson["records"]): string {
  const lost = Object.values(dropped).some((count) => count > 0);
  const written = waiting === 0 ? "all written" : `${waiting} wait for the database`;
  return lost ? `${written}; given up: ${counts(dropped)}` : written;
}

/** Last of all, for whoever was woken because of it. */
function conditionsText(conditions: StatusJson["conditions"]): string {
  if (conditions.length === 0) return "";
  const lines = conditions.map(({ code, subject, since, sentence }) => {
    const name = subject === "" ? code : `${code} (${subject})`;
    return `  ! ${printable(`${name}, since ${since}: ${sentence}`)}\n`;
  });
  return `\n*** SOMETHING IS WRONG NOW: ${conditions.length} ***\n${lines.join("")}`;
}

function certificateText({ notAfter, daysLeft }: NonNullable<StatusJson["certificate"]>): string {
  const day = notAfter.slice(0, 10);
  return daysLeft < 0 ? `certificate expired on ${day}` : `certificate until ${day} (${daysLeft} days)`;
}

/** At the end, where a terminal that scrolled still shows it. */
function weakText(options: readonly string[]): string {
  if (options.length === 0) return "\nWeak options: none\n";
  const lines = options.map((option) => `  ! ${printable(option)}\n`);
  return `\n*** WEAK OPTIONS ARE SWITCHED ON: ${options.length} ***\n${lines.join("")}`;
}

/** What happened at all, most frequent first. */
function counts(figures: Readonly<Record<string, number>>): string {
  const seen = Object.entries(figures).filter(([, count]) => count > 0);
  if (seen.length === 0) return "none";
  return seen
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}
