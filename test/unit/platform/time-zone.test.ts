import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { needs } from "../../support/needs.ts";

const MODULE = new URL("../../../server/platform/time-zone.ts", import.meta.url).href;

/** The hour of the epoch as a process sees it that runs `script`, with or without TZ. */
function hours(script: string, tz?: string, wrap: readonly string[] = []): string {
  const { TZ: _, ...env } = process.env;
  const code = `import { rereadTimeZone } from ${JSON.stringify(MODULE)};\nimport { execFileSync } from "node:child_process";\nconst hour = () => console.log(new Date(0).getHours());\n${script}`;
  const [program, ...rest] = [...wrap, process.execPath, "--input-type=module", "--eval", code];
  const run = spawnSync(program!, rest, {
    encoding: "utf8",
    env: tz === undefined ? env : { ...env, TZ: tz },
  });
  return run.stdout.trim().split("\n").join(" ") + run.stderr;
}

test("a TZ that pacd was started with holds", () => {
  assert.equal(hours("hour(); rereadTimeZone(); hour();", "Asia/Tokyo"), "9 9");
});

const skip = needs({ root: true, programs: ["unshare", "mount"], namespaces: true });

test("another time zone of the host is taken over", { skip }, () => {
  const own = 'mount -t tmpfs tmpfs /etc && exec "$@"';
  const link = (zone: string) =>
    `execFileSync("ln", ["-sfn", "/usr/share/zoneinfo/${zone}", "/etc/localtime"]); rereadTimeZone(); hour();`;
  const wrap = ["unshare", "--mount", "sh", "-c", own, "sh"];
  assert.equal(
    hours(link("Asia/Tokyo") + link("America/New_York") + link("Etc/UTC"), undefined, wrap),
    "9 19 0",
  );
});
