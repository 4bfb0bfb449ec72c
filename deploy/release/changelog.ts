/** One chapter of CHANGELOG.md. */
export interface Section {
  /** As it stands behind "## ". */
  readonly title: string;
  /** X.Y.Z; undefined: "Unreleased", or what is neither. */
  readonly version: string | undefined;
  /** YYYY-MM-DD */
  readonly date: string | undefined;
  /** How many points it has. */
  readonly points: number;
}

const UNRELEASED = "Unreleased";
const RELEASED = /^(?<version>\d+\.\d+\.\d+) - (?<date>\d{4}-\d{2}-\d{2})$/;

/** The chapters, as they stand. */
export const sectionsOf = (markdown: string): readonly Section[] =>
  markdown
    .split(/^## /m)
    .slice(1)
    .map((chapter) => {
      const title = chapter.split("\n", 1)[0]!.trim();
      const { version, date } = RELEASED.exec(title)?.groups ?? {};
      return { title, version, date, points: chapter.match(/^- /gm)?.length ?? 0 };
    });

/**
 * What is wrong with the order of the chapters, a sentence each: newest first, each version once, with the
 * day of its release and something in it; what is not released yet stands before them. `version` is
 * package.json's, which has a chapter, or will have one.
 */
export function changelogFaults(sections: readonly Section[], version: string): readonly string[] {
  const faults: string[] = [];
  const released = sections.filter((section) => section.title !== UNRELEASED);
  for (const { title, version: known, points } of released) {
    if (known === undefined)
      faults.push(`CHANGELOG.md: "## ${title}" is neither "## ${UNRELEASED}" nor "## X.Y.Z - YYYY-MM-DD".`);
    else if (points === 0) faults.push(`CHANGELOG.md: ${title} has no points.`);
  }
  if (sections.some(({ title }, at) => title === UNRELEASED && at > 0))
    faults.push(`CHANGELOG.md: "## ${UNRELEASED}" stands before every version, once.`);
  for (const [at, section] of released.entries()) {
    const older = released[at + 1];
    if (section.version === undefined || older?.version === undefined) continue;
    if (compareVersions(section.version, older.version) <= 0 || section.date! < older.date!)
      faults.push(`CHANGELOG.md: ${section.title} stands before ${older.title}: the newest comes first.`);
  }
  const newest = released[0]?.version;
  const waiting = sections.find(({ title }) => title === UNRELEASED)?.points ?? 0;
  if (newest !== version && !(waiting > 0 && newest !== undefined && compareVersions(version, newest) > 0))
    faults.push(
      `CHANGELOG.md has no chapter of ${version}, the version in package.json; its newest is ${newest}.`,
    );
  return faults;
}

/** What keeps `version` from being released: only the newest chapter is, and nothing waits before it. */
export function notReleasable(sections: readonly Section[], version: string): readonly string[] {
  const waiting = sections.find(({ title }) => title === UNRELEASED)?.points ?? 0;
  const newest = sections.find((section) => section.version !== undefined)?.version;
  return [
    ...(waiting > 0
      ? [
          `CHANGELOG.md has ${waiting} points under "${UNRELEASED}": make them the chapter of a version, in package.json too.`,
        ]
      : []),
    ...(newest === version ? [] : [`CHANGELOG.md has no chapter "## ${version} - YYYY-MM-DD" on top.`]),
  ];
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  const at = left!.findIndex((part, index) => part !== right![index]);
  return at < 0 ? 0 : left![at]! - right![at]!;
}
