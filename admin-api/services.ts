import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { Backup } from "../server/backup/take.ts";
import type { ConcentratorView } from "../server/concentrator/concentrator-types.ts";
import type { ConfigChange } from "../server/config/compare-configs.ts";
import type { ShownConfig } from "../server/config/config-origins.ts";
import type { FoundFault } from "../server/config/faults.ts";
import type { EventBus } from "../server/events/event-bus.ts";
import type { ReloadReport } from "../server/reload/report.ts";
import type { Store } from "../server/store/store-types.ts";
import type { Deliverer } from "../server/webhooks/deliverer.ts";
import type { Millis } from "../server/wire/units.ts";
import type { Words } from "../verdicts/cause.ts";
import type { HistoryReader } from "./history/jobs.ts";

/** Everything that the admin API needs from the process around it. */
export interface Services {
  readonly store: Store;
  readonly concentrator: ConcentratorView;
  /** Is traffic shown for each user in the metrics, by the configuration of now? */
  readonly metricsPerUser: () => boolean;
  /** What happens, as it happens. */
  readonly events: Pick<EventBus, "watch" | "lastId">;
  /** Tells web hooks of it. */
  readonly webhooks: Pick<Deliverer, "pendingOf" | "test" | "figures">;
  /**
   * Reads the configuration again and puts it into effect, all or nothing. Rejects with reload-refused. A dry
   * run changes nothing.
   */
  readonly reload: (dryRun: boolean) => Promise<ReloadReport>;
  /** Names of the pools that users can be given, as the configuration has them. */
  readonly pools: readonly string[];
  /** Days until a new password expires where the request does not say; 0: never. */
  readonly passwordMaxAgeDays: number;
  /** Must a change say which state of its user or group it is about, with If-Match? */
  readonly requireIfMatch: boolean;
  /** Sessions at once of a user for whom no number was set; 0: any number. */
  readonly usersMaxSessions: number;
  /**
   * Where a static address would lie; "reserved" is the concentrator's own, or a network or broadcast
   * address.
   */
  readonly tunnelNetworks: (address: string) => "ok" | "outside" | "reserved";
  /**
   * What `tunnelNetworks` holds, for error sentences: `10.77.0.10-10.77.3.250`, or `10.77.0.0/22` where it is
   * a network.
   */
  readonly poolNetworksText: string;
  readonly config: ConfigView;
  /** Is this the address of a reverse proxy that is believed about where a request came from? */
  readonly trustsProxy: (address: string) => boolean;
  /** The certificate that the API shows; undefined: it speaks plain HTTP. */
  readonly certificate: () => CertificateStatus | undefined;
  /** What a verdict code says to an administrator; undefined for an unknown one. */
  readonly verdicts: (code: string) => Words | undefined;
  /** Makes a backup. Throws backup-running and store-unavailable. */
  readonly backup: () => Promise<Backup>;
  /** Replaces the token of the file `admin-token`, and returns the new one. Throws state-unusable. */
  readonly rotateAdminToken: () => Promise<string>;
  /** Version of pacd. */
  readonly version: string;
  /** A pino logger, or anything shaped like one. */
  readonly logger: FastifyBaseLogger;
  /** Answers from the history, off the main thread. */
  readonly history: HistoryReader;
  /** The monotonic clock. */
  readonly monotonic: () => Millis;
  /** The wall clock. */
  readonly now: () => Date;
  /** Resolves in a later turn of the event loop. */
  readonly turn: () => Promise<void>;
  /** Runs a task once after a delay; the returned function cancels it. */
  readonly after: (delay: Millis, task: () => void) => () => void;
}

/** What the API may ask of the configuration. */
export interface ConfigView {
  /** What counts now, beside what the file says by now. */
  show(): ShownConfig;
  /** Looks at a document, or at the server's own file, and changes nothing. */
  check(toml: string | undefined): {
    /** The server's own; null: the built-in defaults. */
    readonly file: string | null;
    readonly faults: readonly FoundFault[];
    readonly changes: readonly ConfigChange[];
  };
}

/** The API's certificate, as the status shows it. */
export interface CertificateStatus {
  /** Host names and addresses that it is for. */
  readonly names: string[];
  /** SHA-256, as `AB:CD:…`. */
  readonly fingerprint: string;
  /** ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** Whole days; negative once it has expired. */
  readonly daysLeft: number;
}

/** The fastify instance with types inferred from schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;
