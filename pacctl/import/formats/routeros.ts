import { parseIpv4 } from "../../../server/wire/ipv4.ts";
import { fittedComment } from "../fitted-comment.ts";
import { Findings, type ImportedUser, type Parsed } from "../import-types.ts";
import { type RouterCommand, type RouterWord, routerCommands, wordsInside } from "./routeros-words.ts";

/** Verbs that stand behind a path, or begin a line in its section. */
const VERBS: ReadonlySet<string> = new Set(["add", "set", "remove", "print", "export", "find"]);

interface RouterChoice {
  /** Users of other services than PPTP too. */
  readonly allServices?: boolean;
}

type Properties = Map<string, string>;

/** A user in the making: a later `set` may change it. */
interface Secret {
  readonly line: number;
  readonly properties: Properties;
}

/**
 * `/ppp secret export` of RouterOS 5 to 7, compact or verbose, alone or in the export of everything. Secrets
 * of services other than PPTP are left out unless all are asked for.
 */
export function routerSecrets(text: string, choice: RouterChoice): Parsed {
  const findings = new Findings();
  const secrets: Secret[] = [];
  let section: readonly string[] = [];
  for (const command of routerCommands(text, findings)) {
    const { path, verb, words } = parts(command.words, section);
    if (verb === undefined) section = path;
    if (path.join("/") !== "ppp/secret" || verb === undefined) continue;
    const properties = propertiesOf(words);
    if (verb === "add") secrets.push({ line: command.line, properties });
    else if (verb === "set") change(command, words, properties, secrets, findings);
    else findings.part(command.line, `"${verb}" is not read: only add and set are`);
  }
  for (const secret of secrets) {
    const user = userOf(secret, choice, findings);
    if (user !== undefined) findings.users.push(user);
  }
  // Told in the order of the file, whatever a later line changed.
  findings.remarks.sort((a, b) => a.line - b.line);
  return findings;
}

/** `/ppp secret add …`, `/ppp/secret/add …`, or `add …` in the section that was named last. */
function parts(words: readonly RouterWord[], section: readonly string[]) {
  if (!words[0]?.key.startsWith("/"))
    return { path: section, verb: words[0]?.key ?? "", words: words.slice(1) };
  const path: string[] = [];
  for (const [at, { key, value }] of words.entries()) {
    if (value !== undefined) return { path, verb: "", words: words.slice(at) };
    for (const one of key.split("/").filter((name) => name !== "")) {
      if (VERBS.has(one)) return { path, verb: one, words: words.slice(at + 1) };
      path.push(one);
    }
  }
  return { path, verb: undefined, words: [] };
}

/** `!name` stands for a property that is not set. */
const propertiesOf = (words: readonly RouterWord[]): Properties =>
  new Map(words.flatMap(({ key, value }) => (value === undefined || key === "[" ? [] : [[key, value]])));

function change(
  { line }: RouterCommand,
  words: readonly RouterWord[],
  properties: Properties,
  secrets: readonly Secret[],
  findings: Findings,
): void {
  const [which] = words;
  const inside = which?.key === "[" ? (wordsInside(which.value!) ?? []) : [];
  const name = inside.find(({ key }) => key === "name")?.value ?? which?.key;
  const meant = secrets.find((secret) => secret.properties.get("name") === name);
  if (meant === undefined)
    findings.part(line, '"set" changes a secret that this file does not add: not read');
  else for (const [key, value] of properties) meant.properties.set(key, value);
}

/** These say nothing that pacd would keep, or what holds by itself. */
const NOTHING: ReadonlySet<string> = new Set(["last-logged-out", "last-caller-id", "last-disconnect-reason"]);

/** What such a property holds where nobody has set it. */
const UNSET = /^(?:0|no|none|0\.0\.0\.0|)$/;

const DEFAULT_PROFILES = /^(?:default|default-encryption|)$/;

function userOf(
  { line, properties }: Secret,
  { allServices = false }: RouterChoice,
  findings: Findings,
): ImportedUser | undefined {
  const name = properties.get("name") ?? "";
  const service = properties.get("service") ?? "any";
  if (name === "") {
    findings.lost(line, "has no name: left out");
    return undefined;
  }
  if (!/^(?:any|pptp)$/.test(service) && !allServices) {
    findings.lost(line, `service=${service}, which is not PPTP: left out; --all-services takes it too`);
    return undefined;
  }
  const fields: Record<string, unknown> = {};
  let profile: string | undefined;
  let pool: string | undefined;
  for (const [key, value] of properties) {
    if (key === "disabled" && value === "yes") fields["enabled"] = false;
    else if (key === "comment" && value !== "")
      fields["comment"] = fittedComment(value, (text) => findings.part(line, text));
    else if (key === "profile" && !DEFAULT_PROFILES.test(value)) profile = value;
    else if (key === "remote-address" && !UNSET.test(value)) {
      if (parseIpv4(value) !== undefined) fields["staticAddress"] = value;
      else pool = value;
    } else if (key === "caller-id" && value !== "") {
      if (parseIpv4(value) !== undefined) fields["allowedSources"] = [value];
      else findings.part(line, "caller-id is not taken over: it is no IPv4 address");
    } else if (!TAKEN.has(key) && !NOTHING.has(key) && !UNSET.test(value))
      findings.part(line, `${/^[a-z0-9-]{1,40}$/.test(key) ? key : "a property"} is not taken over`);
  }
  const password = properties.get("password") ?? "";
  return {
    line,
    name,
    ...(password === "" ? {} : { password }),
    ...(profile === undefined ? {} : { profile }),
    ...(pool === undefined ? {} : { pool }),
    fields,
  };
}

const TAKEN: ReadonlySet<string> = new Set([
  "name",
  "password",
  "service",
  "disabled",
  "comment",
  "profile",
  "remote-address",
  "caller-id",
]);
