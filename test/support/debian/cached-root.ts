import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../lab/processes.ts";
import { DebianRoot } from "./debian-root.ts";
import { ROOTS } from "./roots-folder.ts";

/** Suites that debootstrap of Debian 12 knows, and where they come from. */
const MIRRORS = {
  bookworm: "http://deb.debian.org/debian",
  trixie: "http://deb.debian.org/debian",
  noble: "http://archive.ubuntu.com/ubuntu",
} as const;

export type Suite = keyof typeof MIRRORS;

const MAKE_ROOT = fileURLToPath(new URL("make-root.sh", import.meta.url));

/**
 * The folders that an overlay of that suite reads, the topmost first: a minimal root with systemd, and over
 * it what `packages` brought. Both are made by the first who asks, which takes a minute and the network.
 */
export async function cachedRoot(suite: Suite, packages: readonly string[]): Promise<readonly string[]> {
  mkdirSync(ROOTS, { recursive: true });
  const base = join(ROOTS, suite);
  const mirror = process.env["PACD_TEST_MIRROR"] ?? MIRRORS[suite];
  await run("sh", MAKE_ROOT, suite, mirror, base);
  if (packages.length === 0) return [base];
  const wanted = [...packages].sort().join(" ");
  const layer = `${base}-${createHash("sha256").update(wanted).digest("hex").slice(0, 12)}`;
  if (!existsSync(layer)) await makeLayer([base], layer, wanted);
  return [layer, base];
}

/** The files of a minimal root for another machine, whose programs an emulator runs. */
export const foreignRoot = (suite: Suite, architecture: string): Promise<string> =>
  plainRoot(suite, architecture);

/** A minimal root without systemd, as images of containers are made of; made and kept as the others are. */
export const bareRoot = (suite: Suite): Promise<string> => plainRoot(suite, "bare");

async function plainRoot(suite: Suite, kind: string): Promise<string> {
  mkdirSync(ROOTS, { recursive: true });
  const base = join(ROOTS, `${suite}-${kind}`);
  await run("sh", MAKE_ROOT, suite, process.env["PACD_TEST_MIRROR"] ?? MIRRORS[suite], base, kind);
  return base;
}

/** Two that make the same layer at once do the work twice; the first to be done counts. */
async function makeLayer(lower: readonly string[], layer: string, packages: string): Promise<void> {
  const root = await DebianRoot.over(lower, []);
  try {
    await root.must(
      `apt-get -qq update && apt-get -qq -y --no-install-recommends install ${packages} && apt-get clean`,
      "host",
    );
    await root.keepLayer(layer);
  } finally {
    await root.close();
  }
}
