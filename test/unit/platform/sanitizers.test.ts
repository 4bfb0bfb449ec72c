import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { buildCopy, copyTree } from "../../support/addon-copy.ts";
import { Namespace } from "../../support/namespace.ts";
import { needs } from "../../support/needs.ts";

/**
 * The addon's tests once more, with an addon that AddressSanitizer and UndefinedBehaviorSanitizer watch, in a
 * copy of the tree, so that the addon other tests have loaded is left alone.
 */
const COMPILER = "cc";
const libraries = ["libasan.so", "libubsan.so"].map((name) => libraryOf(name));
const skip =
  needs({ programs: [COMPILER], addon: true }) ||
  (libraries.includes(undefined) && "the C compiler comes without libasan and libubsan");
const skipInside =
  skip ||
  needs({ root: true, programs: ["ip", "nft", "ping", "setpriv", "unshare"], tun: true, namespaces: true });

const copy = copyTree();
after(() => rmSync(copy, { recursive: true }));

/** Where the C compiler has a library; undefined where it has none. */
function libraryOf(name: string): string | undefined {
  const found = spawnSync(COMPILER, [`-print-file-name=${name}`], { encoding: "utf8" }).stdout?.trim();
  return found?.startsWith("/") ? found : undefined;
}

/**
 * Runs a program with the sanitizers loaded. Node itself is not built for them: what it leaves behind at its
 * end is not looked at, nor what it and the programs that it starts (such as ip) do with C's strings.
 */
function watched(command: readonly string[], prefix: readonly string[] = []): ReturnType<typeof run> {
  return run([
    ...prefix,
    "env",
    `LD_PRELOAD=${libraries.join(" ")}`,
    "ASAN_OPTIONS=detect_leaks=0:replace_str=0",
    "UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1",
    ...command,
  ]);
}

/** A program that hangs is ended: it then has no status. */
function run(command: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(command[0]!, command.slice(1), {
    cwd: copy,
    encoding: "utf8",
    env,
    timeout: 200_000,
  });
  return { status, output: stdout + stderr };
}

test("the addon builds with sanitizers", { skip }, () => {
  const flags = "-Werror -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all";
  assert.deepEqual(buildCopy(copy, flags), [0, "", ""]);
});

test("the sanitizers see a write behind the end", { skip }, () => {
  const source =
    "#include <stdlib.h>\nint main(void) { volatile char *p = malloc(8); p[8] = 1; return 0; }\n";
  const program = join(copy, "overrun");
  const built = spawnSync(COMPILER, ["-x", "c", "-fsanitize=address", "-", "-o", program], { input: source });
  assert.equal(built.status, 0);
  const { status, output } = watched([program]);
  assert.notEqual(status, 0);
  assert.match(output, /heap-buffer-overflow/);
});

for (const [what, file] of [
  ["MPPE kernels", "mppe-kernels.test.ts"],
  ["cutting what a TUN reads", "segments.test.ts"],
  ["joining what a TUN writes", "joining.test.ts"],
] as const) {
  test(`${what}: nothing is read or written where it must not be`, { skip }, () => {
    const { status, output } = watched([process.execPath, "--test", join(copy, "test/unit/platform", file)]);
    assert.equal(status, 0, output);
  });
}

for (const file of readdirSync(new URL("inside/", import.meta.url)).sort()) {
  test(`in a namespace of its own: ${file}`, { skip: skipInside }, () => {
    const namespace = new Namespace();
    try {
      const inside = join(copy, "test/unit/platform/inside", file);
      const prefix = ["ip", "netns", "exec", namespace.name];
      const { status, output } = watched([process.execPath, inside], prefix);
      assert.equal(status, 0, output);
    } finally {
      namespace.remove();
    }
  });
}
