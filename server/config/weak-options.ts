import { ipNetworkHas, parseIp } from "../wire/ip-network.ts";
import { formatEndpoint } from "./addresses.ts";
import type { Config } from "./config-types.ts";
import { type ApiSurroundings, openAdminApi } from "./open-admin-api.ts";

/** What each weak setting costs, one sentence. */
const METHODS = {
  "ms-chap-v2": undefined,
  "ms-chap-v1":
    "MS-CHAPv1 is allowed: whoever listens can find the password, pacd does not prove itself, and one key serves both directions.",
  "chap-md5":
    "CHAP-MD5 is allowed: it gives no keys, so users whose encryption is optional go on in clear, and others get no further.",
  pap: "PAP is allowed: passwords cross the network in clear; it gives no keys, so users whose encryption is optional go on in clear, and others get no further.",
} as const;

const STRENGTHS = {
  128: undefined,
  56: "MPPE with 56 bits is allowed: such a key is found by trying.",
  40: "MPPE with 40 bits is allowed: such a key is found by trying, within minutes.",
} as const;

const KEYLESS: ReadonlySet<string> = new Set(["chap-md5", "pap"]);

const ANY_PROXY =
  "admin.trusted_proxies trusts every address: whoever reaches the admin API can name any address as its own, past the networks of tokens and the limits. Name the proxies alone.";

const NO_KEYS =
  "No method that gives keys is allowed: users whose encryption is required cannot connect at all. Add ms-chap-v2 to security.authentication.";

const STATEFUL =
  "Stateful MPPE is allowed: one key serves up to 256 packets, and a lost packet stops the session until it is repaired.";

/**
 * The weak settings of the configuration, and the users who may do without encryption; the first few by name.
 */
export function weakOptions(
  config: ApiSurroundings & Pick<Config, "security">,
  clear: { readonly names: readonly string[]; readonly total: number },
): readonly string[] {
  const { security } = config;
  return [
    openAdminApi(config),
    config.admin.trustedProxies.some(({ prefix }) => prefix === 0) ? ANY_PROXY : undefined,
    ...uselessProxies(config),
    ...security.authentication.map((method) => METHODS[method]),
    ...security.mppeStrengths.map((strength) => STRENGTHS[strength]),
    security.mppeStateful ? STATEFUL : undefined,
    security.authentication.every((method) => KEYLESS.has(method)) ? NO_KEYS : undefined,
    clear.total > 0 ? withoutEncryption(clear) : undefined,
  ].filter((sentence) => sentence !== undefined);
}

function withoutEncryption({ names, total }: { readonly names: readonly string[]; readonly total: number }) {
  const more = total > names.length ? ` and ${total - names.length} more` : "";
  const who = total === 1 ? "One user may" : `${total} users may`;
  return `${who} connect without encryption: ${names.join(", ")}${more}.`;
}

/** Behind a loopback only proxies of this host are met; in clear beyond it, the proxy has to be named. */
function uselessProxies({ admin }: ApiSurroundings): readonly string[] {
  const { listen, trustedProxies, allowPlain, tls } = admin;
  if (trustedProxies.length === 0) return [];
  const loopback = listen.host === "::1" || listen.host.startsWith("127.");
  if (loopback && !trustedProxies.some((network) => LOOPBACKS.some((one) => ipNetworkHas(network, one))))
    return [
      `admin.trusted_proxies names no address of the loopback, on which alone the admin API listens (${formatEndpoint(listen)}): X-Forwarded-For is never believed. Name 127.0.0.1 for a proxy on this host.`,
    ];
  if (
    !loopback &&
    allowPlain &&
    tls === undefined &&
    trustedProxies.some(({ bits, prefix }) => prefix < bits - 8)
  )
    return [
      "admin.trusted_proxies trusts a large network while the admin API speaks plain HTTP there: each host of it can read tokens and name any address as its own. Name the proxies alone.",
    ];
  return [];
}

const LOOPBACKS = ["127.0.0.1", "::1"].map((text) => parseIp(text)!);
