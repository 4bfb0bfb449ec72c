import type { LivePart } from "./reload/live-part.ts";

/** How much is logged, for everything that writes to this log. */
export const logLevelPart = (log: { level: string }): LivePart => ({
  name: "log level",
  keys: ["log.level"],
  apply(next) {
    const before = log.level;
    log.level = next.log.level;
    return {
      undo: () => {
        log.level = before;
      },
    };
  },
});
