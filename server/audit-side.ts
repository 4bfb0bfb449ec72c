import type { CertificateStatus } from "../admin-api/services.ts";
import type { AppError } from "./errors/app-error.ts";
import type { HostPartName } from "./host/host-part.ts";
import type { ReloadReport } from "./reload/report.ts";
import type { AuditLog } from "./store/audit/audit-types.ts";
import type { Upgrade } from "./store/files/migrate.ts";
import type { Forgotten } from "./store/retention/retention.ts";
import type { Webhook } from "./store/webhooks/webhook-types.ts";
import { shownUrl } from "./webhooks/webhook-url.ts";

/** What is known of the start. */
export interface Start {
  readonly version: string;
  /** Null: the built-in defaults. */
  readonly file: string | null;
  readonly upgrade: Upgrade | undefined;
  /** What an earlier run had left open. */
  readonly recovered: { readonly sessions: number; readonly attempts: number };
}

const SERVER = { kind: "server" } as const;

/** Puts on record what pacd does itself. */
export class AuditSide {
  readonly #audit: Pick<AuditLog, "own" | "list">;

  constructor(audit: Pick<AuditLog, "own" | "list">) {
    this.#audit = audit;
  }

  /**
   * pacd starts, with this configuration; and the run before it did not end as it should, where that is so.
   */
  async started({ version, file, upgrade, recovered }: Start): Promise<void> {
    const audit = this.#audit;
    if (await this.#crashed())
      audit.own({
        action: "crashed",
        target: SERVER,
        details: { noticed: "at the next start", ...recovered },
      });
    if (upgrade !== undefined) {
      const { from, to, copy } = upgrade;
      audit.own({ action: "upgradeDatabase", target: { kind: "database" }, details: { from, to, copy } });
    }
    audit.own({ action: "start", target: SERVER, details: { version } });
    audit.own({ action: "loadConfig", target: { kind: "config", name: file }, details: { by: "start" } });
  }

  /** `failure`: why it cannot go on. */
  stopped(failure: string | undefined): void {
    const went = failure === undefined ? {} : { result: "failed" as const, details: { failure } };
    this.#audit.own({ action: "stop", target: SERVER, ...went });
  }

  /** A web hook has taken nothing for days. */
  webhookDisabled({ id, url, disabledBecause }: Webhook): void {
    this.#audit.own({
      action: "disableWebhook",
      target: { kind: "webhook", name: shownUrl(url), id },
      before: { enabled: true },
      after: { enabled: false },
      details: { because: disabledBecause },
    });
  }

  /** SIGHUP came, and the configuration was read again. */
  reloaded({ file, changes, sessions }: ReloadReport): void {
    const values = (side: "from" | "to") =>
      Object.fromEntries(changes.map((one) => [one.key, one[side] ?? null]));
    this.#audit.own({
      action: "loadConfig",
      target: { kind: "config", name: file },
      before: values("from"),
      after: values("to"),
      details: { by: "SIGHUP", sessionsEnded: sessions.ended },
    });
  }

  /** SIGHUP came, and nothing was changed. */
  reloadRefused(file: string | null, { code, message }: AppError): void {
    const details = { by: "SIGHUP", because: message };
    this.#audit.own({
      action: "loadConfig",
      target: { kind: "config", name: file },
      details,
      result: "refused",
      code,
    });
  }

  /** Something of the host was put back. */
  repaired(part: HostPartName, subject: string, seen: string): void {
    const target = { kind: "host", name: subject === "" ? part : `${part} ${subject}` };
    this.#audit.own({ action: "repairHost", target, details: { seen } });
  }

  /** The API shows another certificate. */
  certificate(now: CertificateStatus | undefined): void {
    const target = { kind: "certificate", name: now?.names[0] ?? null };
    const details = now === undefined ? {} : { fingerprint: now.fingerprint, notAfter: now.notAfter };
    this.#audit.own({ action: "changeCertificate", target, details });
  }

  /** Records became too old. */
  forgot(forgotten: Forgotten): void {
    this.#audit.own({ action: "forgetRecords", target: { kind: "records" }, details: forgotten });
  }

  /** Was there a start that no stop followed? */
  async #crashed(): Promise<boolean> {
    const newest = async (action: string) =>
      (await this.#audit.list({ limit: 1, actorKind: "pacd", action })).items[0];
    const [start, stop] = [await newest("start"), await newest("stop")];
    return start !== undefined && (stop === undefined || stop.at < start.at);
  }
}
