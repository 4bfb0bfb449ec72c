import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { Services } from "../services.ts";
import { type By, TrafficTotals } from "./traffic-totals.ts";

/** Ours, in seconds: a dial on the same continent takes some tenths, one that repeats itself some seconds. */
const SETUP_BUCKETS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

/** Ours: pacd takes some milliseconds, most of it to wait for the database and the client's next packet. */
const LOG_IN_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

/** What sessions carried and how long they took to come up. */
export function addSessionMetrics(
  registry: Registry,
  { concentrator, events, metricsPerUser }: Pick<Services, "concentrator" | "events" | "metricsPerUser">,
): void {
  const registers = [registry];
  const traffic = new TrafficTotals(() => concentrator.sessions());
  const setup = new Histogram({
    name: "pacd_session_setup_duration_seconds",
    help: "From the call request of a dial to the client's address",
    buckets: SETUP_BUCKETS,
    registers,
  });
  const logIn = new Histogram({
    name: "pacd_log_in_duration_seconds",
    help: "From the user's name to the log-in that was accepted",
    buckets: LOG_IN_BUCKETS,
    registers,
  });
  events.watch((event) => {
    traffic.happened(event);
    if (event.type !== "session-up") return;
    setup.observe(event.data.setupMs / 1000);
    if (event.data.logInMs !== null) logIn.observe(event.data.logInMs / 1000);
  });
  new Gauge({
    name: "pacd_sessions_peak",
    help: "Most sessions that were up at once since the start",
    registers,
    collect() {
      this.set(traffic.peak);
    },
  });
  carried(registry, traffic, "pacd_traffic", "all sessions", "all", undefined, () => true);
  carried(registry, traffic, "pacd_pool_traffic", "the sessions of each pool", "pool", "pool", () => true);
  carried(
    registry,
    traffic,
    "pacd_group_traffic",
    "the sessions of each group",
    "group",
    "group",
    () => true,
  );
  carried(
    registry,
    traffic,
    "pacd_user_traffic",
    "the sessions of each user (metrics.per_user)",
    "user",
    "user",
    metricsPerUser,
  );
}

function carried(
  registry: Registry,
  traffic: TrafficTotals,
  name: string,
  whose: string,
  by: By,
  label: string | undefined,
  wanted: () => boolean,
): void {
  for (const [unit, rx, tx] of [
    ["bytes", "rxBytes", "txBytes"],
    ["packets", "rxPackets", "txPackets"],
  ] as const)
    new Counter({
      name: `${name}_${unit}_total`,
      help: `Inner IP ${unit} of ${whose} since the start; direction: from_clients, to_clients`,
      labelNames: label === undefined ? ["direction"] : [label, "direction"],
      registers: [registry],
      collect() {
        this.reset();
        if (!wanted()) return;
        for (const [key, sum] of traffic.totals(by)) {
          const labels: Record<string, string> = label === undefined ? {} : { [label]: key };
          this.inc({ ...labels, direction: "from_clients" }, sum[rx]);
          this.inc({ ...labels, direction: "to_clients" }, sum[tx]);
        }
      },
    });
}
