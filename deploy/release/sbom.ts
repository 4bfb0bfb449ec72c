import { createHash } from "node:crypto";

/** What is read and changed of a CycloneDX 1.5 document (https://cyclonedx.org/docs/1.5/json/). */
export interface Sbom {
  serialNumber?: string;
  readonly metadata: {
    timestamp?: string;
    readonly component: { "bom-ref": string; type: string; name: string };
  };
  components: Component[];
  dependencies: { readonly ref: string; dependsOn: string[] }[];
}

interface Component {
  readonly "bom-ref": string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly scope: string;
  readonly purl: string;
  readonly cpe: string;
}

/** What npm does not know of. */
export interface SbomFacts {
  /** NAME@VERSION of every package that is installed without the developer's tools. */
  readonly shipped: ReadonlySet<string>;
  readonly commit: string;
  /** The commit's. */
  readonly time: Date;
  readonly node: string;
  readonly sqlite: string;
}

/**
 * npm's list of all packages, less the developer's tools: with `--omit dev` npm (11) also leaves out what a
 * tool needs besides us, such as our TOML parser. To them comes what is inside of two of them and what
 * scanners for faults know by name: the runtime, which comes as packages node-linux-*, and SQLite, which
 * better-sqlite3 has compiled in. The same commit gives the same document: its number and time are the
 * commit's.
 */
export function completedSbom(fromNpm: string, facts: SbomFacts): string {
  const sbom = JSON.parse(fromNpm) as Sbom;
  const { component } = sbom.metadata;
  Object.assign(component, { type: "application", name: "pacd" });
  sbom.metadata.timestamp = facts.time.toISOString();
  sbom.serialNumber = `urn:uuid:${uuidOf(`${component["bom-ref"]} ${facts.commit}`)}`;
  const isShipped = (ref: string) => ref === component["bom-ref"] || facts.shipped.has(ref);
  sbom.components = sbom.components.filter((part) => isShipped(part["bom-ref"]));
  sbom.dependencies = sbom.dependencies.filter(({ ref }) => isShipped(ref));
  for (const entry of sbom.dependencies) entry.dependsOn = entry.dependsOn.filter(isShipped);
  const node = foreign("platform", "node", facts.node, "nodejs:node.js");
  const sqlite = foreign("library", "sqlite", facts.sqlite, "sqlite:sqlite");
  sbom.components.push(node, sqlite);
  sbom.dependencies.push(...[node, sqlite].map((part) => ({ ref: part["bom-ref"], dependsOn: [] })));
  depend(sbom, (ref) => ref === component["bom-ref"], node);
  depend(sbom, (ref) => ref.startsWith("better-sqlite3@"), sqlite);
  return `${JSON.stringify(sbom, null, 2)}\n`;
}

const foreign = (type: string, name: string, version: string, cpe: string): Component => ({
  "bom-ref": `${name}@${version}`,
  type,
  name,
  version,
  scope: "required",
  purl: `pkg:generic/${name}@${version}`,
  cpe: `cpe:2.3:a:${cpe}:${version}:*:*:*:*:*:*:*`,
});

function depend({ dependencies }: Sbom, isFrom: (ref: string) => boolean, on: Component): void {
  const from = dependencies.find(({ ref }) => isFrom(ref));
  if (from === undefined) throw new Error(`npm's list has nothing that depends on ${on.name}`);
  from.dependsOn.push(on["bom-ref"]);
}

/** A UUID out of a text (RFC 9562 §5.8, version 8). */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
