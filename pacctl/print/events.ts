import type { Schemas } from "../typed-api.ts";
import type { Column } from "./columns.ts";
import { momentColumn } from "./columns.ts";
import { bytes, duration } from "./quantities.ts";

/** An event of the API, or that events are missing there. */
export type EventJson = Schemas["Event"];

export const EVENT_COLUMNS: readonly Column<EventJson>[] = [
  { key: "id", title: "ID", value: ({ id }) => String(id), exact: ({ id }) => id, wide: true },
  momentColumn("at", "WHEN", ({ at }) => at),
  { key: "type", title: "EVENT", value: ({ type }) => type, whole: true },
  { key: "text", title: "WHAT", value: eventWords },
];

/** In one line, without time and type. What a stranger has sent is in it. */
export function eventWords(event: EventJson): string {
  switch (event.type) {
    case "session-up": {
      const { user, assignedAddress, clientAddress, setupMs } = event.data;
      return `${user} has ${assignedAddress}, from ${clientAddress}, after ${Math.round(setupMs)} ms`;
    }
    case "session-down": {
      const { user, assignedAddress, verdict, durationSeconds, rxBytes, txBytes } = event.data;
      const carried = `${bytes(rxBytes)} up, ${bytes(txBytes)} down`;
      return `${user} (${assignedAddress}): ${verdict} after ${duration(durationSeconds)}, ${carried}`;
    }
    case "dial-failed": {
      const { user, clientAddress, verdict, count } = event.data;
      const times = count === 1 ? "" : `, ${count} times`;
      return `${user ?? "somebody"} from ${clientAddress}: ${verdict}${times}`;
    }
    case "guessing-slowed": {
      const { user, address, failures } = event.data;
      return `${failures} wrong log-ins, the last as ${user} from ${address}`;
    }
    case "condition-raised":
      return `${named(event.data)}: ${event.data.sentence}`;
    case "condition-cleared":
      return `${named(event.data)} is over after ${duration(event.data.lastedSeconds)}`;
    case "config-loaded": {
      const { changes, sessionsEnded } = event.data;
      const keys = changes.map(({ key }) => key).join(", ");
      return `${keys === "" ? "nothing has changed" : keys}${sessionsEnded === 0 ? "" : `; ${sessionsEnded} sessions ended`}`;
    }
    case "pool-nearly-empty": {
      const { pool, free, total } = event.data;
      return `${pool}: ${free} of ${total} addresses are free`;
    }
    case "admin-action": {
      const { actor, action, target, result } = event.data;
      return `${actor}: ${action}${target === null ? "" : ` ${target}`} (${result})`;
    }
    case "gap":
      return `${event.data.lost} events before this one are lost`;
  }
}

const named = ({ code, subject }: { readonly code: string; readonly subject: string }) =>
  subject === "" ? code : `${code} (${subject})`;
