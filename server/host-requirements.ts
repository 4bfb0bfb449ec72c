import { AppError } from "./errors/app-error.ts";
import { checkAddon, checkRawSocket, checkRoot, checkSqlite, checkTun } from "./platform/host-check.ts";

/** What no run can do without; NAT is judged when it is set up. Throws host-not-root and the like. */
export function requireHost(): void {
  const missing = [checkRoot(), checkAddon(), checkSqlite(), checkTun(), checkRawSocket()].filter(
    (finding) => !finding.ok,
  );
  const [first] = missing;
  if (first === undefined) return;
  // Without root everything else is refused as well; saying so once is enough.
  const said = first.code === "host-not-root" ? [first] : missing;
  throw new AppError(first.code, said.map((finding) => finding.sentence).join("\n"));
}
