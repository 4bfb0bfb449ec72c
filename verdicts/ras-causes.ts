import type { FailureCode, SeenCause, VerdictCode } from "./register.ts";

/** A RAS error (`ras-errors.ts`), and in the Terminate-Request of which protocol it stood. */
export interface ToldError {
  readonly protocol: "lcp" | "ccp" | "ipcp";
  readonly error: number;
}

/** What a server's error means, to whoever reads a capture and to the client that gets it. */
interface FromServer {
  readonly seen: SeenCause;
  readonly failure: FailureCode;
}

/** What a client's error means; `verdict`: where it tells a server more than that the client hung up. */
interface FromClient {
  readonly seen: SeenCause;
  readonly verdict?: VerdictCode;
}

const byServer = (code: VerdictCode): SeenCause => ({ source: "server", code });
const byClient = (code: FailureCode): SeenCause => ({ source: "client", code });

const FROM_SERVER = table<FromServer>([
  [[691, 924], { seen: byServer("bad-credentials"), failure: "bad-credentials" }],
  [
    [646, 647, 649, 708, 920, 921, 922, 923, 940, 941],
    { seen: byClient("account-restricted"), failure: "account-restricted" },
  ],
  [[648], { seen: byServer("password-expired"), failure: "password-expired" }],
  [[709], { seen: byServer("password-change-refused"), failure: "auth-refused" }],
  [
    [645, 705, 794, 795, 796, 812, 930, 938, 939],
    { seen: byClient("auth-refused"), failure: "auth-refused" },
  ],
  [[917, 918, 919, 942], { seen: byServer("auth-protocol-refused"), failure: "auth-method-refused" }],
  [[931, 937], { seen: byClient("call-refused"), failure: "call-refused" }],
  [[742], { seen: byServer("mppe-refused"), failure: "mppe-refused" }],
  [[741, 743], { seen: byClient("mppe-refused"), failure: "mppe-refused" }],
  [[716, 717], { seen: byClient("ipcp-not-agreed"), failure: "ipcp-not-agreed" }],
  [[720, 731, 735, 738], { seen: byServer("ipcp-not-agreed"), failure: "ipcp-not-agreed" }],
  [[737], { seen: byServer("loop"), failure: "loop" }],
]);

const FROM_CLIENT = table<FromClient>([
  // A Failure that the capture lacks; a server knows its own.
  [[691, 924], { seen: byServer("bad-credentials") }],
  [[778], { seen: byClient("server-not-proven"), verdict: "server-not-proven" }],
  [[742], { seen: byClient("mppe-refused"), verdict: "mppe-not-given" }],
  [[741, 743], { seen: byServer("mppe-refused"), verdict: "mppe-refused" }],
  [[738], { seen: byClient("ipcp-not-agreed"), verdict: "ipcp-not-agreed" }],
  [[720, 731, 735], { seen: byServer("ipcp-not-agreed"), verdict: "ipcp-not-agreed" }],
  [[917, 918, 919], { seen: byServer("auth-protocol-refused"), verdict: "auth-protocol-refused" }],
  [[737], { seen: byClient("loop"), verdict: "loop" }],
]);

/** "No agreement" and "a protocol was rejected" mean what the protocol that they end is for. */
const OF_THE_PROTOCOL: ReadonlySet<number> = new Set([732, 733]);

/** Why a server that says so ends a dial, before its session was up; undefined: the number does not tell. */
export function toldByServer({ protocol, error }: ToldError): FromServer | undefined {
  if (!OF_THE_PROTOCOL.has(error)) return FROM_SERVER.get(error);
  switch (protocol) {
    case "lcp":
      return { seen: byServer("lcp-not-agreed"), failure: "lcp-not-agreed" };
    case "ccp":
      return { seen: byServer("mppe-refused"), failure: "mppe-refused" };
    case "ipcp":
      return { seen: byServer("ipcp-not-agreed"), failure: "ipcp-not-agreed" };
  }
}

/** The same of a client. */
export function toldByClient({ protocol, error }: ToldError): FromClient | undefined {
  if (!OF_THE_PROTOCOL.has(error)) return FROM_CLIENT.get(error);
  switch (protocol) {
    case "lcp":
      return { seen: byServer("lcp-not-agreed"), verdict: "lcp-not-agreed" };
    case "ccp":
      return { seen: byClient("mppe-refused"), verdict: "mppe-refused" };
    case "ipcp":
      return { seen: byServer("ipcp-not-agreed"), verdict: "ipcp-not-agreed" };
  }
}

/**
 * Which of several errors of one side tells the most: Windows gives the cause with the protocol that it
 * concerns, and what follows from that with the others (CCP 732, IPCP 738, LCP 0). The first of its rank; of
 * those that tell nothing, LCP's.
 */
export function mostTelling<T extends ToldError>(errors: readonly T[]): T | undefined {
  return errors.reduce<T | undefined>(
    (best, one) => (best === undefined || rank(one) > rank(best) ? one : best),
    undefined,
  );
}

function rank({ error, protocol }: ToldError): number {
  if (FROM_SERVER.has(error) || FROM_CLIENT.has(error)) return 4;
  if (OF_THE_PROTOCOL.has(error)) return 3;
  if (error !== 0) return 2;
  return protocol === "lcp" ? 1 : 0;
}

function table<T>(rows: readonly (readonly [errors: readonly number[], meaning: T])[]): Map<number, T> {
  return new Map(rows.flatMap(([errors, meaning]) => errors.map((error) => [error, meaning] as const)));
}
