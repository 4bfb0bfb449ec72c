import type { Config } from "./config-types.ts";

/**
 * What a pacd that runs with `now` can go over to when `written` is in its file: all but the keys that need a
 * restart (`KEYS_IN_CONFIG`), which stay.
 */
export const liveConfig = (now: Config, written: Config): Config => ({
  ...written,
  state: now.state,
  tunnel: { ...written.tunnel, interface: now.tunnel.interface },
  dataPlane: now.dataPlane,
});
