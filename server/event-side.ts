import type { ConcentratorWatcher } from "./concentrator/concentrator-services.ts";
import type { Conditions } from "./conditions/conditions.ts";
import { dialEvents } from "./events/dial-events.ts";
import { EventBus } from "./events/event-bus.ts";
import { conditionEvents, guessingEvents, poolEvents, reloadEvents } from "./events/server-events.ts";
import type { Clock } from "./platform/clock.ts";
import type { ReloadReport } from "./reload/report.ts";

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
  /** The number of the last event on record. */
  readonly lastId: number;
}): EventSide {
  const { clock, conditions, lastId } = parts;
  const bus = new EventBus(clock, lastId);
  conditions.watch(conditionEvents(bus));
  const watcher = {
    ...dialEvents(clock, bus),
    guessingSlowed: guessingEvents(bus),
    poolNearlyEmpty: poolEvents(bus),
  };
  return { bus, watcher, loaded: reloadEvents(bus) };
}
