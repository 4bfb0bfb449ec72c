import { Counter, Gauge, type Registry } from "prom-client";
import type { Services } from "../services.ts";

/** Web hooks: what they took, what waits for them, and which take nothing. */
export function addWebhookMetrics(registry: Registry, { webhooks }: Pick<Services, "webhooks">): void {
  const registers = [registry];
  new Counter({
    name: "pacd_webhook_deliveries_total",
    help: "Requests to web hooks by how they came out: delivered, failed, given-up; tests among them",
    labelNames: ["result"],
    registers,
    collect() {
      this.reset();
      for (const [result, count] of Object.entries(webhooks.figures().results)) this.inc({ result }, count);
    },
  });
  new Gauge({
    name: "pacd_webhook_events_pending",
    help: "Events that wait for web hooks that are enabled; one for two of them counts twice",
    registers,
    collect() {
      this.set(webhooks.figures().pending);
    },
  });
  new Gauge({
    name: "pacd_webhooks_failing",
    help: "Web hooks whose last request failed, or that pacd has disabled",
    registers,
    collect() {
      this.set(webhooks.figures().failing);
    },
  });
}
