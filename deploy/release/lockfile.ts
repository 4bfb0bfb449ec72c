/** What the check reads of package-lock.json, version 3. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
}

/** The registry that npm asks where nobody said otherwise. */
const PUBLIC_REGISTRY = "https://registry.npmjs.org/";

/**
 * Packages whose archive npm would take as it comes: those without a SHA-512 of it, each with the command
 * that prints what is missing. The project itself and links to folders have no archive.
 */
export function withoutIntegrity({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, { version, integrity, link }]) => {
    if (path === "" || link === true || /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? "")) return [];
    const name = `${path.replace(/^.*node_modules\//, "")}@${version}`;
    return [`${name}: npm view ${name} dist.integrity`];
  });
}

/** Packages that would be fetched from one host alone: a mirror of ours would be asked by everybody. */
export function fromElsewhere({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, { resolved, link }]) =>
    resolved === undefined || link === true || resolved.startsWith(PUBLIC_REGISTRY)
      ? []
      : [`${path}: ${resolved}`],
  );
}
