import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildArtefacts, namesOf } from "./artefacts.ts";
import { demands, isTested, readClone } from "./readiness.ts";

const ROOT = join(import.meta.dirname, "../..");

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const { values } = parseArgs({ options: { "dry-run": { type: "boolean", default: false } } });
  process.exitCode = release(values["dry-run"]) ? 0 : 1;
} catch (error) {
  process.stderr.write(`release: ${(error as Error).message}\n`);
  process.exitCode = 1;
}

/**
 * `npm run release`: looks, tests, builds, lists. Nothing leaves this machine. Returns whether all is well.
 */
function release(dryRun: boolean): boolean {
  const clone = readClone(ROOT);
  const { version, commit } = clone;
  say(`pacd ${version}, commit ${commit}`);
  let ready = true;
  for (const { what, faults } of demands(clone)) {
    say(`${faults.length === 0 ? "ok      " : "MISSING "} ${what}`);
    for (const fault of faults) say(`         ${fault}`);
    ready &&= faults.length === 0;
  }
  const tested = isTested(ROOT, commit);
  say(tested ? "ok       every test, at this commit" : "to run   every test (.ci/run), at this commit");
  const into = join(ROOT, "dist", `pacd-${version}`);
  if (dryRun) {
    say(`to build ${[...namesOf(version), "SHA256SUMS"].join(", ")} in ${into}`);
    return ready;
  }
  if (!ready) {
    say("Nothing was built.");
    return false;
  }
  if (!tested && spawnSync(join(ROOT, ".ci/run"), { cwd: ROOT, stdio: "inherit" }).status !== 0)
    throw new Error("the tests failed; nothing was built.");
  say("Building ...");
  const artefacts = buildArtefacts(ROOT, version, into);
  for (const { name, octets, sha256 } of artefacts)
    say(`${(octets / 1e6).toFixed(1).padStart(7)} MB  ${sha256}  ${name}`);
  say(
    `All of them, with SHA256SUMS, are in ${into}. Nothing was tagged, pushed or published; that is yours:`,
  );
  say(`  git tag --annotate v${version} --message "pacd ${version}" && git push origin main v${version}`);
  return true;
}
