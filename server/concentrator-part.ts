import type { Concentrator } from "./concentrator/concentrator.ts";
import type { LivePart } from "./reload/live-part.ts";

/** The concentrator, as a reload reaches it: whatever it is told of the configuration is in memory. */
export const concentratorPart = (concentrator: Pick<Concentrator, "configure">): LivePart => ({
  name: "concentrator",
  keys: "any key",
  apply(next, now) {
    concentrator.configure(next);
    return { undo: () => concentrator.configure(now) };
  },
});
