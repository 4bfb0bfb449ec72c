import assert from "node:assert/strict";
import { test } from "node:test";
import { changelogFaults, notReleasable, sectionsOf } from "../../../../deploy/release/changelog.ts";

const log = (...titles: readonly string[]) =>
  sectionsOf(`# Changelog\n\nWords.\n${titles.map((title) => `\n## ${title}\n\n- One.\n`).join("")}`);

test("chapters are read with version, date and number of points", () => {
  assert.deepEqual(
    sectionsOf("# Changelog\n\n## Unreleased\n\n- A\n  goes on\n- B\n\n## 0.1.0 - 2026-11-29\n\nFirst.\n"),
    [
      { title: "Unreleased", version: undefined, date: undefined, points: 2 },
      { title: "0.1.0 - 2026-11-29", version: "0.1.0", date: "2026-11-29", points: 0 },
    ],
  );
});

test("newest first, with the version of package.json, is right", () => {
  assert.deepEqual(
    changelogFaults(log("0.10.0 - 2027-01-02", "0.9.1 - 2027-01-02", "0.9.0 - 2026-11-29"), "0.10.0"),
    [],
  );
  assert.deepEqual(changelogFaults(log("Unreleased", "0.1.0 - 2026-11-29"), "0.1.0"), []);
  assert.deepEqual(changelogFaults(log("Unreleased", "0.1.0 - 2026-11-29"), "0.2.0"), []);
});

test("each disorder is named", () => {
  const faults = (version: string, ...titles: readonly string[]) => changelogFaults(log(...titles), version);
  assert.match(faults("0.1.0", "0.1.0").join("\n"), /"## 0\.1\.0" is neither/);
  assert.match(
    faults("0.2.0", "0.1.0 - 2026-11-29", "0.2.0 - 2026-12-01").join("\n"),
    /the newest comes first/,
  );
  assert.match(
    faults("0.2.0", "0.2.0 - 2026-11-01", "0.1.0 - 2026-11-29").join("\n"),
    /the newest comes first/,
  );
  assert.match(
    faults("0.1.0", "0.1.0 - 2026-11-29", "0.1.0 - 2026-11-29").join("\n"),
    /the newest comes first/,
  );
  assert.match(faults("0.1.0", "0.1.0 - 2026-11-29", "Unreleased").join("\n"), /stands before every version/);
  assert.match(
    faults("0.2.0", "0.1.0 - 2026-11-29").join("\n"),
    /no chapter of 0\.2\.0, .* newest is 0\.1\.0/,
  );
  assert.match(changelogFaults(sectionsOf("## 0.1.0 - 2026-11-29\n"), "0.1.0").join("\n"), /has no points/);
});

test("a version is released when its chapter is on top and nothing waits", () => {
  assert.deepEqual(notReleasable(log("0.1.0 - 2026-11-29"), "0.1.0"), []);
  assert.deepEqual(notReleasable(sectionsOf("## Unreleased\n\n## 0.1.0 - 2026-11-29\n\n- A\n"), "0.1.0"), []);
  assert.match(
    notReleasable(log("Unreleased", "0.1.0 - 2026-11-29"), "0.1.0").join("\n"),
    /1 points under "Unreleased"/,
  );
  assert.match(
    notReleasable(log("0.1.0 - 2026-11-29"), "0.2.0").join("\n"),
    /no chapter "## 0\.2\.0 - YYYY-MM-DD" on top/,
  );
});
