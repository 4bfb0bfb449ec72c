import type { Millis } from "../wire/units.ts";
import type { EventSink } from "./event-bus.ts";
import type { EventData } from "./register.ts";

/** Makes events of wrong log-ins that cost something. */
export const guessingEvents =
  (sink: EventSink) =>
  (
    guessing: Omit<EventData["guessing-slowed"], "userId"> & { readonly userId: string | undefined },
  ): void => {
    const { kind, user, userId, address, failures, leftOut } = guessing;
    const data = { kind, user, userId: userId ?? null, address, failures, leftOut };
    sink.publish({ type: "guessing-slowed", subject: { user, addresses: [address] }, data });
  };

/** Makes events of pools that are nearly empty. */
export const poolEvents =
  (sink: EventSink) =>
  ({ pool, free, total, threshold }: EventData["pool-nearly-empty"]): void =>
    sink.publish({ type: "pool-nearly-empty", data: { pool, free, total, threshold } });

/** Makes events of conditions. */
export const conditionEvents = (sink: EventSink) => ({
  raised({ code, subject, sentence, ready }: EventData["condition-raised"]): void {
    sink.publish({ type: "condition-raised", data: { code, subject, sentence, ready } });
  },
  cleared({ code, subject, lasted }: { code: string; subject: string; lasted: Millis }): void {
    const lastedSeconds = Math.round(lasted / 1000);
    sink.publish({ type: "condition-cleared", data: { code, subject, lastedSeconds } });
  },
});

type Written = number | string | boolean | readonly (string | number)[] | undefined;

interface Loaded {
  readonly file: string | null;
  readonly changes: readonly {
    readonly key: string;
    readonly from: Written;
    readonly to: Written;
    readonly counts: string;
  }[];
  readonly sessions: { readonly ended: number };
}

/** Makes events of reloads. */
export const reloadEvents =
  (sink: EventSink) =>
  ({ file, changes, sessions }: Loaded): void => {
    const told = changes.map(({ key, from, to, counts }) => ({
      key,
      from: text(from),
      to: text(to),
      counts,
    }));
    sink.publish({ type: "config-loaded", data: { file, changes: told, sessionsEnded: sessions.ended } });
  };

const text = (value: Written): string | null => (value === undefined ? null : JSON.stringify(value));

interface Audited {
  readonly id: string;
  readonly actor: { readonly kind: string; readonly name: string | null };
  readonly from: { readonly address: string | null };
  readonly action: string;
  readonly target: { readonly kind: string; readonly name: string | null };
  readonly result: string;
  readonly code: string | null;
}

/**
 * Makes events of what is audited: who did what to whom, without any of the values. What nobody was refused
 * who was not recognised is no event: strangers would decide what is told.
 */
export const auditEvents =
  (sink: EventSink) =>
  ({ id: audit, actor, from, action, target, result, code }: Audited): void => {
    if (actor.kind === "nobody") return;
    sink.publish({
      type: "admin-action",
      subject: target.kind === "user" ? { user: target.name } : {},
      data: {
        audit,
        actor: actor.name ?? "pacd",
        actorKind: actor.kind,
        action,
        targetKind: target.kind,
        target: target.name,
        result: code === null ? result : `${result}: ${code}`,
        address: from.address,
      },
    });
  };
