import { Counter, Gauge, type Registry } from "prom-client";
import type { EventStreams } from "../events/event-streams.ts";
import type { Services } from "../services.ts";

/** Events on their way to the database and to those who listen. */
export function addEventMetrics(
  registry: Registry,
  { store }: Pick<Services, "store">,
  streams: EventStreams,
): void {
  const registers = [registry];
  new Gauge({
    name: "pacd_event_streams",
    help: "Streams of events that are open",
    registers,
    collect() {
      this.set(streams.count);
    },
  });
  new Counter({
    name: "pacd_event_streams_ended_total",
    help: "Streams of events that ended, by why",
    labelNames: ["why"],
    registers,
    collect() {
      this.reset();
      for (const [why, count] of Object.entries(streams.ended())) this.inc({ why }, count);
    },
  });
  new Gauge({
    name: "pacd_events_waiting",
    help: "Events that the database has not taken yet",
    registers,
    collect() {
      this.set(store.events.figures().waiting);
    },
  });
  new Counter({
    name: "pacd_events_dropped_total",
    help: "Events given up because too much waited for the database",
    registers,
    collect() {
      this.reset();
      this.inc(store.events.figures().dropped);
    },
  });
}
