import type { ConcentratorWatcher } from "./concentrator/concentrator-services.ts";
import type { Conditions } from "./conditions/conditions.ts";
import type { Config } from "./config/config-types.ts";
import { dialEvents } from "./events/dial-events.ts";
import { EventBus } from "./events/event-bus.ts";
import {
  auditEvents,
  conditionEvents,
  guessingEvents,
  poolEvents,
  reloadEvents,
} from "./events/server-events.ts";
import type { Clock } from "./platform/clock.ts";
import type { ReloadReport } from "./reload/report.ts";
import type { Store } from "./store/store-types.ts";

/** Everything that makes events, joined to the bus. */
export interface EventSide {
  readonly bus: EventBus;
  /** For the concentrator. */
  readonly watcher: ConcentratorWatcher;
  /** For the reloader. */
  readonly loaded: (report: ReloadReport) => void;
}

export function eventSide(parts: {
  readonly clock: Clock;
  readonly conditions: Conditions;
  readonly store: Pick<Store, "events" | "audit">;
  /** What counts at this moment. */
  readonly running: { readonly config: Config };
}): EventSide {
  const { clock, conditions, store, running } = parts;
  const bus = new EventBus(clock, store.events.lastId);
  store.events.retain(() => running.config.events);
  bus.watch((event) => store.events.add(event));
  store.audit.watch(auditEvents(bus));
  conditions.watch(conditionEvents(bus));
  const watcher = {
    ...dialEvents(clock, bus),
    guessingSlowed: guessingEvents(bus),
    poolNearlyEmpty: poolEvents(bus),
  };
  return { bus, watcher, loaded: reloadEvents(bus) };
}
