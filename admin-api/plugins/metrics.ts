import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { ConcentratorView } from "../../server/concentrator/concentrator-types.ts";
import type { EventStreams } from "../events/event-streams.ts";
import { addAuditMetrics } from "../metrics/audit-metrics.ts";
import { addEventMetrics } from "../metrics/event-metrics.ts";
import { addSessionMetrics } from "../metrics/session-metrics.ts";
import { addWebhookMetrics } from "../metrics/webhook-metrics.ts";
import type { App, Services } from "../services.ts";

/**
 * Ours, in milliseconds: so often the lag of the event loop is looked at. The library's 10 wake an idle host
 * a hundred times a second.
 */
const LAG_EVERY = 100;

/** A registry of its own for each app: several can live in one process, as in tests. */
export function addMetrics(app: App, services: Services, streams: EventStreams): Registry {
  const { concentrator, version, certificate, store } = services;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_EVERY });
  new Gauge({
    name: "pacd_info",
    help: "Always 1; the labels carry the facts",
    labelNames: ["version"],
    registers: [registry],
  }).set({ version }, 1);
  new Gauge({
    name: "pacd_last_backup_timestamp_seconds",
    help: "When a backup was last handed out whole, in seconds since 1970; 0: never",
    registers: [registry],
    collect() {
      this.set(Date.parse(store.backups.lastAt ?? "1970-01-01T00:00:00.000Z") / 1000);
    },
  });
  addGauges(registry, concentrator);
  addCertificateGauge(registry, certificate);
  addCounters(registry, concentrator);
  addSessionMetrics(registry, services);
  addEventMetrics(registry, services, streams);
  addWebhookMetrics(registry, services);
  addAuditMetrics(registry, services);
  addHttpMetrics(app, registry);
  return registry;
}

function addGauges(registry: Registry, concentrator: ConcentratorView): void {
  const registers = [registry];
  new Gauge({
    name: "pacd_sessions",
    help: "Sessions that are up",
    registers,
    collect() {
      this.set(concentrator.status().sessions);
    },
  });
  new Gauge({
    name: "pacd_control_connections",
    help: "Open PPTP control connections",
    registers,
    collect() {
      this.set(concentrator.status().controlConnections);
    },
  });
  addPoolGauges(registry, concentrator);
  new Gauge({
    name: "pacd_lockouts",
    help: "Budgets for wrong log-ins that refuse now",
    labelNames: ["kind"],
    registers,
    collect() {
      const { lockouts } = concentrator.status().logInFailures;
      for (const [kind, count] of Object.entries(lockouts)) this.set({ kind }, count);
    },
  });
  new Gauge({
    name: "pacd_records_waiting",
    help: "Sessions and dials that the database has not taken yet",
    registers,
    collect() {
      this.set(concentrator.status().records.waiting);
    },
  });
  new Gauge({
    name: "pacd_condition",
    help: "1 for each condition that holds now; docs/conditions.md lists them",
    labelNames: ["code", "subject"],
    registers,
    collect() {
      this.reset();
      for (const { code, subject } of concentrator.status().conditions) this.set({ code, subject }, 1);
    },
  });
}

/** Without TLS it has no value. */
function addCertificateGauge(registry: Registry, certificate: Services["certificate"]): void {
  new Gauge({
    name: "pacd_certificate_expires_timestamp_seconds",
    help: "When the API's certificate expires, in Unix time",
    labelNames: ["fingerprint"],
    registers: [registry],
    collect() {
      this.reset();
      const now = certificate();
      if (now !== undefined) this.set({ fingerprint: now.fingerprint }, Date.parse(now.notAfter) / 1000);
    },
  });
}

const POOL_STATES = ["free", "used", "reserved"] as const;

function addPoolGauges(registry: Registry, concentrator: ConcentratorView): void {
  const registers = [registry];
  new Gauge({
    name: "pacd_addresses",
    help: "Addresses of all pools by state; reserved: they belong to users who are not connected",
    labelNames: ["state"],
    registers,
    collect() {
      const { pools } = concentrator.status();
      for (const state of POOL_STATES)
        this.set(
          { state },
          pools.reduce((sum, pool) => sum + pool[state], 0),
        );
    },
  });
  new Gauge({
    name: "pacd_pool_addresses",
    help: "Addresses of each pool by state",
    labelNames: ["pool", "state"],
    registers,
    collect() {
      for (const { name: pool, ...figures } of concentrator.status().pools)
        for (const state of POOL_STATES) this.set({ pool, state }, figures[state]);
    },
  });
}

function addCounters(registry: Registry, concentrator: ConcentratorView): void {
  const status = () => concentrator.status();
  mirror(registry, "pacd_dials_total", "Dials that ended in an address, or failed", "result", () => {
    const { connected, failed } = status().dials;
    return { connected, failed };
  });
  mirror(
    registry,
    "pacd_log_in_failures_total",
    "Log-ins refused: wrong, or unjudged because too many wrong ones came before",
    "result",
    () => {
      const { wrong, unjudged } = status().logInFailures;
      return { wrong, unjudged };
    },
  );
  mirror(registry, "pacd_verdicts_total", "Ended dials by verdict", "verdict", () => status().verdicts);
  mirror(registry, "pacd_drops_total", "Dropped packets by reason", "reason", () => status().drops);
  mirror(
    registry,
    "pacd_host_repairs_total",
    "Parts of the host that were lost and put back",
    "what",
    () => status().hostRepairs,
  );
  mirror(
    registry,
    "pacd_records_dropped_total",
    "Records given up because too much waited for the database",
    "kind",
    () => status().records.dropped,
  );
  mirror(
    registry,
    "pacd_control_faults_total",
    "Control connections that broke the protocol",
    "fault",
    () => status().controlFaults,
  );
}

/** A counter that another part of pacd counts: at each scrape it takes over that part's figures. */
function mirror(
  registry: Registry,
  name: string,
  help: string,
  label: string,
  figures: () => Readonly<Record<string, number>>,
): void {
  new Counter({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      this.reset();
      for (const [value, count] of Object.entries(figures())) this.inc({ [label]: value }, count);
    },
  });
}

function addHttpMetrics(app: App, registry: Registry): void {
  const requests = new Counter({
    name: "pacd_http_requests_total",
    help: "Requests to the admin API",
    labelNames: ["method", "route", "status"],
    registers: [registry],
  });
  const duration = new Histogram({
    name: "pacd_http_request_duration_seconds",
    help: "Time to answer a request to the admin API",
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers: [registry],
  });
  app.addHook("onResponse", async (request, reply) => {
    // The route's pattern, never the path as sent: strangers must not be able to add series.
    const route = request.is404 ? "unknown" : (request.routeOptions.url ?? "unknown");
    const method = request.is404 ? "unknown" : request.method;
    requests.inc({ method, route, status: reply.statusCode });
    // How long somebody listened is no time that an answer took.
    if (!reply.raw.getHeader("content-type")?.toString().startsWith("text/event-stream"))
      duration.observe(reply.elapsedTime / 1000);
  });
}
