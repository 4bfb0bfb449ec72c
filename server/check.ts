import { checkCertificate } from "./check-certificate.ts";
import type { Config } from "./config/config-types.ts";
import { noNameServers } from "./config/name-servers.ts";
import { weakOptions } from "./config/weak-options.ts";
import {
  blockedForward,
  blockedRemedy,
  blockedSentence,
  forwardSettings,
} from "./host/firewall/forward-part.ts";
import { CLASH_REMEDY, networkClashes } from "./network-clashes.ts";
import { oneWorker, wantedWorkers } from "./packet-workers.ts";
import { systemClock } from "./platform/clock.ts";
import { checkHost, type Finding, priorityNote } from "./platform/host-check.ts";
import { readHostNetworks } from "./platform/host-networks.ts";
import { maySteer } from "./platform/tun-interface.ts";
import { foundElsewhere } from "./state-elsewhere.ts";
import { missingIn } from "./store/files/missing.ts";

/**
 * `pacd check`: says of each thing that the host needs whether it is there, and of each weak setting that it
 * is on. Returns the exit code.
 */
export async function check(config: Config, say: (line: string) => void): Promise<number> {
  const findings = await checkHost();
  const optional = config.nat.mode === "off" ? NAT_ONLY : new Set<string>();
  const concerned = findings.filter((finding) => !optional.has(finding.code));
  for (const { ok, sentence, code } of concerned) {
    const lenient = config.nat.mode === "auto" && NAT_ONLY.has(code);
    say(`${ok ? "ok      " : lenient ? "warning " : "MISSING "} ${sentence}`);
  }
  const workers = wantedWorkers(config);
  const hasAddon = findings.some(IS_ADDON_BUILT);
  if (workers > 1 && hasAddon && !maySteer()) say(`warning  ${oneWorker(workers)}`);
  const late = priorityNote();
  if (late !== undefined) say(`warning  ${late}`);
  for (const sentence of await forwardWarnings(config)) say(`warning  ${sentence}`);
  const clashes = hasAddon ? networkClashes(config, readHostNetworks) : [];
  const refused = clashes.length > 0 && !config.tunnel.allowOverlap;
  for (const clash of clashes) say(`${refused ? "REFUSED " : "warning "} ${clash}`);
  if (refused) say(`         ${CLASH_REMEDY}`);
  const nameless = noNameServers(config);
  if (nameless !== undefined) say(`note     ${nameless}`);
  const elsewhere = foundElsewhere(config.state.directory);
  for (const line of elsewhere.lines) say(`${elsewhere.refused ? "REFUSED " : "warning "} ${line}`);
  const lacking = missingIn(config.state.directory);
  if (lacking !== undefined) say(`REFUSED  ${lacking.message}`);
  const certificate = await checkCertificate(config, systemClock.date());
  for (const { verdict, sentence } of certificate) say(`${verdict.padEnd(8)} ${sentence}`);
  for (const sentence of weakOptions(config, NO_USERS)) say(`weak     ${sentence}`);
  const missing = concerned.filter((f) => !f.ok && !(config.nat.mode === "auto" && NAT_ONLY.has(f.code)));
  const unusable = certificate.some(({ verdict }) => verdict === "REFUSED");
  const ready = missing.length === 0 && !refused && !elsewhere.refused && !unusable && !lacking;
  say(ready ? "The configuration is right and pacd can run here." : "pacd cannot run here yet.");
  return ready ? 0 : 1;
}

/** Of chains of the host's firewall that drop what is forwarded for clients. */
async function forwardWarnings(config: Config): Promise<readonly string[]> {
  const settings = forwardSettings(config);
  const blocking = await blockedForward(settings);
  if (blocking.length === 0) return [];
  const next = settings.accept
    ? "With accept_forward = true pacd puts accept rules there while it serves."
    : blockedRemedy(blocking, settings.tunnel);
  return [`${blockedSentence(blocking)} ${next}`];
}

const IS_ADDON_BUILT = ({ code, ok }: Finding): boolean => code === "host-no-addon" && ok;

/**
 * Who may connect without encryption stands in the store, which a check leaves alone; `pacctl status` names
 * them.
 */
const NO_USERS = { names: [], total: 0 };

/** Without these pacd runs, but clients reach no further than the host unless somebody routes for them. */
const NAT_ONLY: ReadonlySet<string> = new Set(["host-no-nft", "host-nat-refused", "host-no-forwarding"]);
