import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where roots are kept between runs: PACD_TEST_ROOTS, or a folder of the user's cache. It may be removed at
 * any time when no test runs.
 */
export const ROOTS =
  process.env["PACD_TEST_ROOTS"] ??
  join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "pacd-test-roots");
