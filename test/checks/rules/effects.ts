import { codeOnly, place, type Source, withoutComments } from "./source.ts";

/**
 * An import statement begins a line, or its closing brace does; what looks like one inside a string does not.
 */
const nodeModule = (names: string): RegExp =>
  new RegExp(`^(?:import|export|\\})[^"'\\n]*\\bfrom\\s*"(node:(?:${names})(?:/[a-z]+)?)"`, "gm");

/** Node's modules that reach out of the process or wait. */
const EFFECT_MODULES = nodeModule("net|dgram|tls|http2?|https|dns|child_process|timers|process");

/** Clocks, timers and randomness that no test could replace. */
const EFFECT_CALLS =
  /\b(?:setTimeout|setInterval|setImmediate)\b|\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.\w+|\bprocess\.hrtime\b|\bMath\.random\b|\bconsole\.\w+|\bcreateRequire\b/g;

/** Folders whose code is pure: no file, no process, no thread either. */
const PURE =
  /^(?:server\/(?:wire|ip|crypto|names|pptp|gre|ppp|mppe|errors)|verdicts|pacctl\/client\/(?:control|link)|pacctl\/capture\/(?:files|link|ip|tcp)|pacctl\/decode)\//;

const NODE_MODULE = nodeModule("[a-z_]+");

/** Composition roots hand out the real clock. */
const ROOTS: ReadonlySet<string> = new Set(["pacctl/process.ts", "pacctl/completion/main.ts"]);

/** Effects outside server/platform. */
export function strayEffects(source: Source): string[] {
  if (source.path.startsWith("server/platform/") || ROOTS.has(source.path)) return [];
  return [
    ...hits(source, withoutComments(source.text), EFFECT_MODULES),
    ...hits(source, codeOnly(source.text), EFFECT_CALLS),
  ];
}

/** Node's modules in pure layers; the hashes and ciphers of node:crypto are as pure as our own. */
export function impurities(source: Source): string[] {
  if (!PURE.test(source.path)) return [];
  return hits(source, withoutComments(source.text), NODE_MODULE).filter(
    (hit) => !(source.path.startsWith("server/crypto/") && hit.endsWith(" node:crypto")),
  );
}

const WAITING = /\b(?:setTimeout|setInterval)\s*\(|\bAtomics\.wait\b/g;

const TIMERS = nodeModule("timers");

/** Tests that wait for real time. Only the real client, which has a clock of its own, may be waited for. */
export function sleeps(source: Source): string[] {
  if (/^test\/(?:interop|bench|support\/lab)\//.test(source.path)) return [];
  return [
    ...hits(source, codeOnly(source.text), WAITING),
    ...hits(source, withoutComments(source.text), TIMERS),
  ];
}

function hits(source: Source, code: string, pattern: RegExp): string[] {
  return [...code.matchAll(pattern)].map((match) => `${place(source, match.index)}: ${match[1] ?? match[0]}`);
}
