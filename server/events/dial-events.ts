import type { Millis } from "../wire/units.ts";
import type { EventSink } from "./event-bus.ts";
import { FailedDials } from "./failed-dials.ts";

/** What is reported of a session. */
interface Session {
  readonly sessionId: string;
  readonly attemptId: string;
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly group?: { readonly name: string } | null;
  };
  readonly clientAddress: string;
  readonly assignedAddress: string;
  readonly pool: string | null;
  readonly connectedAt: string;
}

interface Over extends Session {
  readonly verdict: string;
  readonly evidence: string;
  readonly lasted: Millis;
  readonly rxBytes: number;
  readonly txBytes: number;
  readonly rxPackets: number;
  readonly txPackets: number;
}

interface Failed {
  readonly attemptId: string;
  readonly verdict: string;
  readonly evidence: string;
  readonly nameSent: string | undefined;
  readonly userId: string | undefined;
  readonly clientAddress: string;
}

/** Makes events of what becomes of dials. */
export function dialEvents(clock: ConstructorParameters<typeof FailedDials>[0], sink: EventSink) {
  const failedDials = new FailedDials(clock, sink);
  return {
    sessionUp(
      session: Session & {
        readonly encryption: string;
        readonly setup: Millis;
        readonly logIn: Millis | null;
      },
    ): void {
      const { encryption, setup: setupMs, logIn: logInMs } = session;
      const { connectedAt, ...facts } = factsOf(session);
      const data = { ...facts, encryption, connectedAt, setupMs, logInMs };
      sink.publish({ type: "session-up", subject: subjectOf(session), data });
    },
    sessionDown(session: Over): void {
      const { verdict, evidence, lasted, rxBytes, txBytes, rxPackets, txPackets } = session;
      const durationSeconds = Math.round(lasted / 1000);
      const octets = { rxBytes, txBytes, rxPackets, txPackets };
      const data = { ...factsOf(session), durationSeconds, verdict, evidence, ...octets };
      sink.publish({ type: "session-down", subject: subjectOf(session), data });
    },
    dialFailed({ attemptId: attempt, verdict, evidence, nameSent, userId, clientAddress }: Failed): void {
      const [user, id] = [nameSent ?? null, userId ?? null];
      failedDials.failed({ attempt, verdict, evidence, user, userId: id, clientAddress });
    },
  };
}

const factsOf = (session: Session) => ({
  session: session.sessionId,
  attempt: session.attemptId,
  user: session.user.name,
  userId: session.user.id,
  group: session.user.group?.name ?? null,
  clientAddress: session.clientAddress,
  assignedAddress: session.assignedAddress,
  pool: session.pool,
  connectedAt: session.connectedAt,
});

const subjectOf = ({ user, clientAddress, assignedAddress }: Session) => ({
  user: user.name,
  addresses: [clientAddress, assignedAddress],
  group: user.group?.name ?? null,
});
