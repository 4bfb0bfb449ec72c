import { Counter, Gauge, type Registry } from "prom-client";
import type { Services } from "../services.ts";

/** Records of the audit log on their way to the database. */
export function addAuditMetrics(registry: Registry, { store }: Pick<Services, "store">): void {
  const registers = [registry];
  new Gauge({
    name: "pacd_audit_records_waiting",
    help: "Records of the audit log that the database has not taken yet",
    registers,
    collect() {
      this.set(store.audit.figures().waiting);
    },
  });
  new Counter({
    name: "pacd_audit_records_written_total",
    help: "Records of the audit log that were written; one that counts refusals is written again when it counts more",
    registers,
    collect() {
      this.reset();
      this.inc(store.audit.figures().written);
    },
  });
  new Counter({
    name: "pacd_audit_records_dropped_total",
    help: "Records of the audit log given up because too much waited for the database",
    registers,
    collect() {
      this.reset();
      this.inc(store.audit.figures().dropped);
    },
  });
}
