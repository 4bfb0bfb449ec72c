import type { Conditions } from "../../conditions/conditions.ts";
import type { AuditLog } from "./audit-types.ts";

type Held = Pick<Conditions, "raise" | "clear">;

/** Conditions of who keeps records; that some were given up is put on record, once until it is over. */
export function tellingDrops(conditions: Held, audit: Pick<AuditLog, "own">): Held {
  let told = false;
  return {
    raise(code, sentence, subject) {
      conditions.raise(code, sentence, subject);
      if (code !== "records-dropped" || told) return;
      told = true;
      audit.own({ action: "dropRecords", target: { kind: "records" }, details: { because: sentence } });
    },
    clear(code, subject) {
      conditions.clear(code, subject);
      if (code === "records-dropped") told = false;
    },
  };
}
