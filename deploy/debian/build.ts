import { copyFileSync, globSync, lutimesSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundle } from "./bundle.ts";
import { texts } from "./texts.ts";
import { ARCHITECTURES, type Architecture, missingPackages, ran } from "./tools.ts";
import { layOut } from "./tree.ts";

const ROOT = join(import.meta.dirname, "../..");

const USAGE = `usage: npm run package -- [amd64] [arm64] [--quick] [--version VERSION] [--into FOLDER]
  --quick     do not compress: for trying it out
  --version   another one than package.json's
  --into      another folder than dist`;

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  await main();
} catch (error) {
  process.stderr.write(`package: ${(error as Error).message}\n`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      version: { type: "string" },
      into: { type: "string", default: join(ROOT, "dist") },
    },
  });
  const unknown = positionals.filter((word) => !(ARCHITECTURES as readonly string[]).includes(word));
  if (unknown.length > 0) throw new Error(`"${unknown.join(" ")}" is no architecture.\n${USAGE}`);
  const wanted = (positionals.length > 0 ? positionals : ARCHITECTURES) as readonly Architecture[];
  const missing = missingPackages(wanted);
  if (missing.length > 0) throw new Error(`run \`apt-get install ${missing.join(" ")}\` first.`);

  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  const built = builtAt();
  mkdirSync(values.into, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), "pacd-package-"));
  try {
    const bundles = { folder: join(work, "bundles"), packages: await bundle(ROOT, join(work, "bundles")) };
    for (const architecture of wanted) {
      const tree = join(work, architecture);
      mkdirSync(tree);
      layOut(tree, {
        root: ROOT,
        bundles,
        texts: texts(built, values.version ?? version),
        architecture,
        version: values.version ?? version,
        built,
      });
      sameTimes(tree, built);
      const name = `pacd_${values.version ?? version}_${architecture}.deb`;
      pack(tree, join(work, name), values.quick, built);
      copyFileSync(join(work, name), join(values.into, name));
      say(join(values.into, name));
    }
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** The time that all files get: the last commit's, so that the same sources make the same package. */
function builtAt(): Date {
  const seconds =
    process.env["SOURCE_DATE_EPOCH"] ?? ran("git", ["log", "-1", "--format=%ct"], { cwd: ROOT });
  return new Date(Number(seconds) * 1000);
}

function sameTimes(tree: string, time: Date): void {
  for (const path of globSync("**", { cwd: tree })) lutimesSync(join(tree, path), time, time);
}

/** dpkg-deb sorts the files, and gives them all to root. */
function pack(tree: string, file: string, quick: boolean, built: Date): void {
  const compression = quick ? ["-Znone"] : ["-Zxz"];
  ran("dpkg-deb", ["--root-owner-group", ...compression, "--build", tree, file], {
    env: { ...process.env, SOURCE_DATE_EPOCH: String(built.getTime() / 1000) },
  });
}
