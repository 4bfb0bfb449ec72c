import { randomUUID } from "node:crypto";
import type { AuditSide } from "./audit-side.ts";
import type { Conditions } from "./conditions/conditions.ts";
import type { Config } from "./config/config-types.ts";
import type { EventBus } from "./events/event-bus.ts";
import type { Clock } from "./platform/clock.ts";
import { HttpPoster } from "./platform/http-post.ts";
import type { Logger } from "./platform/log.ts";
import { randomU32 } from "./platform/random.ts";
import type { Store } from "./store/store-types.ts";
import { Deliverer } from "./webhooks/deliverer.ts";

/** Who tells web hooks of events; goes on where the run before has stopped. */
export function webhookSide(parts: {
  readonly clock: Clock;
  readonly log: Logger;
  readonly conditions: Conditions;
  readonly store: Pick<Store, "events" | "webhooks">;
  readonly events: EventBus;
  readonly audit: Pick<AuditSide, "webhookDisabled">;
  readonly version: string;
  /** What counts at this moment. */
  readonly running: { readonly config: Config };
}): Deliverer {
  const { clock, log, conditions, store, events: bus, audit, version, running } = parts;
  store.webhooks.retain(() => running.config.events.days);
  return new Deliverer({
    clock,
    log,
    conditions,
    bus,
    events: store.events,
    webhooks: store.webhooks,
    poster: new HttpPoster(),
    random: { u32: randomU32, uuid: randomUUID },
    version,
    disabled: (webhook) => audit.webhookDisabled(webhook),
  });
}
