import { apiUrl, removeApiAddress, writeApiAddress } from "../admin-api/address-file.ts";
import { plainRequest } from "../admin-api/plugins/client-error.ts";
import type { CertificateStatus } from "../admin-api/services.ts";
import type { Conditions } from "./conditions/conditions.ts";
import type { Config, Endpoint } from "./config/config-types.ts";
import { AppError } from "./errors/app-error.ts";
import type { Clock } from "./platform/clock.ts";
import type { Logger } from "./platform/log.ts";
import { TlsGate } from "./platform/tls-gate.ts";
import type { LivePart } from "./reload/live-part.ts";
import { readIdentity } from "./tls/identity-files.ts";
import { IdentityWatch } from "./tls/identity-watch.ts";
import { daysLeft } from "./tls/validity.ts";

/** What the API's TLS needs of the process around it. */
interface Parts {
  readonly clock: Pick<Clock, "after" | "date">;
  readonly conditions: Pick<Conditions, "raise" | "clear">;
  readonly log: Pick<Logger, "info" | "warn">;
}

/** Told of another certificate. */
type Changed = (certificate: CertificateStatus | undefined) => void;

/**
 * Whether the admin API speaks TLS, and with which certificate; and what pacctl on this host has to know of
 * it.
 */
export class AdminTls {
  /** Before every server of the API. */
  readonly gate = new TlsGate(plainRequest);
  readonly #parts: Parts;
  readonly #watch: IdentityWatch;
  #published:
    | { readonly directory: string; readonly endpoint: Endpoint; readonly socket: () => string | undefined }
    | undefined;
  #changed: Changed = () => {};
  #fingerprint: string | undefined;

  /** Throws tls-unusable. */
  constructor(config: Config, parts: Parts) {
    this.#parts = parts;
    this.#watch = new IdentityWatch({ user: this.gate, ...parts, changed: () => this.#exchanged() });
    this.#watch.use(config.admin.tls);
  }

  /** What clients are shown; undefined: plain HTTP. */
  certificate(): CertificateStatus | undefined {
    const facts = this.#watch.certificate;
    if (facts === undefined) return undefined;
    const { names, fingerprint, notBefore, notAfter } = facts;
    return {
      names: [...names],
      fingerprint,
      notBefore: notBefore.toISOString(),
      notAfter: notAfter.toISOString(),
      daysLeft: daysLeft(facts, this.#parts.clock.date()),
    };
  }

  /**
   * From now on the state directory says where the API is. That it cannot be written ends nothing: pacctl has
   * options for it.
   */
  publish(
    directory: string,
    endpoint: Endpoint,
    socket = this.#published?.socket ?? (() => undefined),
  ): void {
    this.#published = { directory, endpoint, socket };
    this.#publish();
  }

  /** For a reload: other files, or the same ones looked at again; TLS that begins or ends. */
  livePart(): LivePart {
    return {
      name: "certificate of the API",
      keys: "every reload",
      check: ({ admin: { tls } }) => {
        const judged = tls === undefined ? undefined : readIdentity(tls);
        if (judged?.ok === false) throw new AppError("tls-unusable", judged.sentence);
      },
      apply: (next, now) => {
        this.#watch.use(next.admin.tls);
        return { undo: () => this.#back(now) };
      },
    };
  }

  /** From now on `changed` is told of another certificate. */
  tell(changed: Changed): void {
    this.#changed = changed;
    this.#fingerprint = this.certificate()?.fingerprint;
  }

  /** The end of the watch, and of what pacctl is told. */
  stop(): void {
    this.#watch.stop();
    if (this.#published !== undefined) removeApiAddress(this.#published.directory);
    this.#published = undefined;
  }

  #exchanged(): void {
    this.#publish();
    const certificate = this.certificate();
    if (certificate?.fingerprint === this.#fingerprint) return;
    this.#fingerprint = certificate?.fingerprint;
    this.#changed(certificate);
  }

  #publish(): void {
    if (this.#published === undefined) return;
    const { directory, endpoint, socket } = this.#published;
    const { pem } = this.#watch.certificate ?? {};
    try {
      const url = apiUrl(endpoint, pem !== undefined);
      writeApiAddress(directory, { url, certificate: pem ?? null, socket: socket() ?? null });
    } catch (err) {
      this.#parts.log.warn({ err }, "pacctl on this host is not told where the API is");
    }
  }

  /** The pair of before may be gone from the disk by now; then the one that came stays, which is no worse. */
  #back({ admin: { tls } }: Config): void {
    try {
      this.#watch.use(tls);
    } catch (err) {
      this.#parts.log.warn({ err }, "The API's certificate of before cannot be used any more");
    }
  }
}
