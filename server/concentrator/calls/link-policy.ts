import type { Config } from "../../config/config-types.ts";
import type { LinkPolicy } from "../../ppp/link/link-types.ts";
import { ECHO_FAILURES, ECHO_INTERVAL } from "./limits.ts";

/** What every link is negotiated by, as configured. */
export const linkPolicy = ({ tunnel, security }: Pick<Config, "tunnel" | "security">): LinkPolicy => ({
  mru: tunnel.mtu,
  name: "pacd",
  authentication: security.authentication,
  mppeStrengths: security.mppeStrengths,
  mppeStateful: security.mppeStateful,
  echoInterval: ECHO_INTERVAL,
  echoFailures: ECHO_FAILURES,
});
