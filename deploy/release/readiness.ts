import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ARCHITECTURES, missingPackages, ran } from "../debian/tools.ts";
import { changelogFaults, notReleasable, sectionsOf } from "./changelog.ts";
import { fromElsewhere, withoutIntegrity } from "./lockfile.ts";

/** Where `.ci/run` leaves the commit at which every test has passed, none of them skipped. */
export const TESTED = "node_modules/.cache/pacd-tested";

/** One thing that a release demands: fine without faults. */
export interface Demand {
  readonly what: string;
  /** What is wrong and what to do, a sentence each. */
  readonly faults: readonly string[];
}

/** What is known of the clone, by reading alone. */
export interface Clone {
  readonly version: string;
  readonly lockedVersion: string | undefined;
  readonly branch: string;
  readonly commit: string;
  /** Files that are changed or unknown to git. */
  readonly changed: readonly string[];
  /** The commit of the tag vVERSION; undefined: there is none yet. */
  readonly tagged: string | undefined;
  readonly changelog: string;
  readonly lockfile: string;
  /** Debian packages that the build misses on this host. */
  readonly missing: readonly string[];
  /** npm's, X.Y.Z. */
  readonly npm: string;
}

/** Reads all of it from the clone in `root`. */
export function readClone(root: string): Clone {
  const git = (...args: string[]) => ran("git", args, { cwd: root }).trim();
  const text = (name: string) => readFileSync(join(root, name), "utf8");
  const { version } = JSON.parse(text("package.json")) as { version: string };
  const tags = git("tag", "--list", `v${version}`);
  return {
    version,
    lockedVersion: (JSON.parse(text("package-lock.json")) as { version?: string }).version,
    branch: git("rev-parse", "--abbrev-ref", "HEAD"),
    commit: git("rev-parse", "HEAD"),
    changed: git("status", "--porcelain").split("\n").filter(Boolean),
    tagged: tags === "" ? undefined : git("rev-parse", `${tags}^{commit}`),
    changelog: text("CHANGELOG.md"),
    lockfile: text("package-lock.json"),
    missing: missingPackages(ARCHITECTURES),
    npm: ran("npm", ["--version"]).trim(),
  };
}

/** Judges all that takes no time; the tests come after it. */
export function demands(clone: Clone): readonly Demand[] {
  const { version, changed } = clone;
  const sections = sectionsOf(clone.changelog);
  const lock = JSON.parse(clone.lockfile);
  return [
    {
      what: "branch main",
      faults: clone.branch === "main" ? [] : [`This is ${clone.branch}: run \`git switch main\`.`],
    },
    {
      what: "nothing changed since the last commit",
      faults: changed.length === 0 ? [] : [`Commit or put away: ${changed.join(", ")}`],
    },
    {
      what: "one version, not released yet",
      faults: [
        ...(clone.lockedVersion === version
          ? []
          : [
              `package-lock.json says ${clone.lockedVersion}, package.json ${version}: run \`npm version --no-git-tag-version\`.`,
            ]),
        ...(clone.tagged === undefined || clone.tagged === clone.commit
          ? []
          : [`v${version} is the tag of another commit: raise the version.`]),
      ],
    },
    {
      what: `a chapter of ${version} in CHANGELOG.md`,
      faults: [...new Set([...notReleasable(sections, version), ...changelogFaults(sections, version)])],
    },
    {
      what: "a SHA-512 of every package in package-lock.json",
      faults: [...withoutIntegrity(lock), ...fromElsewhere(lock)],
    },
    {
      what: "what builds the packages",
      faults: clone.missing.length === 0 ? [] : [`Run \`apt-get install ${clone.missing.join(" ")}\`.`],
    },
    {
      what: "an npm that writes a list of components",
      faults:
        Number(clone.npm.split(".")[0]) >= 10
          ? []
          : [`npm 10 or later has \`npm sbom\`; this is ${clone.npm}.`],
    },
  ];
}

/** Did `.ci/run` pass at this commit? */
export function isTested(root: string, commit: string): boolean {
  const file = join(root, TESTED);
  return existsSync(file) && readFileSync(file, "utf8").trim() === commit;
}
