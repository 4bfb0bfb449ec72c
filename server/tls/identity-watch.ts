import type { Conditions } from "../conditions/conditions.ts";
import type { TlsFiles } from "../config/config-types.ts";
import { AppError } from "../errors/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import type { Logger } from "../platform/log.ts";
import type { TlsIdentity } from "../platform/tls-gate.ts";
import { type Millis, seconds } from "../wire/units.ts";
import type { CertificateFacts, Judged } from "./identity.ts";
import { readIdentity, signature } from "./identity-files.ts";
import { validity } from "./validity.ts";

/** Ours: looks at two files cost nothing, and whoever has renewed a certificate looks for it at once. */
export const LOOK_EVERY: Millis = seconds(5);

/** Who speaks TLS with it: the gate before the API. */
interface User {
  use(identity: TlsIdentity | undefined): void;
}

/** What the watch needs of the process around it. */
export interface WatchParts {
  readonly user: User;
  readonly clock: Pick<Clock, "after" | "date">;
  readonly conditions: Pick<Conditions, "raise" | "clear">;
  readonly log: Pick<Logger, "info">;
  /** The certificate in use has changed, or TLS began or ended. */
  readonly changed?: () => void;
}

interface InUse {
  readonly files: TlsFiles;
  readonly identity: TlsIdentity;
  readonly facts: CertificateFacts;
}

/**
 * Keeps the API's TLS at what the files say. They are looked at again and again, by their state and through
 * links, so that it makes no difference how they are replaced; a pair that cannot be used is a condition,
 * and the one before it stays in use.
 */
export class IdentityWatch {
  readonly #parts: WatchParts;
  #inUse: InUse | undefined;
  #seen = "";
  /** Looks in a row that found a pair that cannot be used. */
  #broken = 0;
  #cancel = (): void => {};

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /**
   * From now on these files; undefined: plain HTTP. Throws tls-unusable, and changes nothing then.
   */
  use(files: TlsFiles | undefined): void {
    const before = signature(files ?? NOTHING);
    const judged = files === undefined ? undefined : readIdentity(files);
    if (judged?.ok === false) throw new AppError("tls-unusable", judged.sentence);
    this.#clear();
    this.#cancel();
    this.#seen = before;
    if (files === undefined || judged === undefined) {
      this.#inUse = undefined;
      this.#parts.user.use(undefined);
    } else {
      this.#take(files, judged);
      this.#dates();
      this.#later();
    }
    this.#parts.changed?.();
  }

  /** What clients are shown now; undefined: plain HTTP. */
  get certificate(): CertificateFacts | undefined {
    return this.#inUse?.facts;
  }

  /** Looks at once, as whoever reloads the configuration wants it. */
  look(): void {
    const { files, identity } = this.#inUse ?? {};
    if (files === undefined) return;
    const now = signature(files);
    if (now !== this.#seen || this.#broken > 0) this.#reread(files, now, identity!);
    this.#dates();
  }

  stop(): void {
    this.#cancel();
  }

  #reread(files: TlsFiles, now: string, before: TlsIdentity): void {
    const judged = readIdentity(files);
    this.#seen = now;
    if (!judged.ok) {
      // A pair is two files, and they are replaced one after the other: who is in the middle of it gets a
      // moment.
      this.#broken++;
      if (this.#broken > 1)
        this.#parts.conditions.raise("tls-certificate-broken", `${judged.sentence} ${KEPT}`);
      return;
    }
    this.#broken = 0;
    this.#parts.conditions.clear("tls-certificate-broken");
    const { certificate, key } = judged.identity;
    this.#take(files, judged);
    if (certificate === before.certificate && key === before.key) return;
    const { fingerprint, notAfter } = judged.facts;
    this.#parts.log.info(
      { fingerprint, notAfter: notAfter.toISOString() },
      "The API's certificate was replaced",
    );
    this.#parts.changed?.();
  }

  #take(files: TlsFiles, judged: Extract<Judged, { ok: true }>): void {
    this.#parts.user.use(judged.identity);
    this.#inUse = { files, identity: judged.identity, facts: judged.facts };
    const { conditions } = this.#parts;
    if (judged.notes.length === 0) conditions.clear("tls-certificate-doubtful");
    else conditions.raise("tls-certificate-doubtful", judged.notes.join(" "));
  }

  #dates(): void {
    const { files, facts } = this.#inUse!;
    const found = validity(facts, files.certificate, this.#parts.clock.date());
    for (const code of ["tls-certificate-invalid", "tls-certificate-expiring"] as const)
      if (found?.code === code) this.#parts.conditions.raise(code, found.sentence);
      else this.#parts.conditions.clear(code);
  }

  #clear(): void {
    this.#broken = 0;
    for (const code of CODES) this.#parts.conditions.clear(code);
  }

  #later(): void {
    this.#cancel = this.#parts.clock.after(LOOK_EVERY, () => {
      this.look();
      this.#later();
    });
  }
}

const NOTHING: TlsFiles = { certificate: "", key: "" };

const KEPT = "The certificate before it stays in use; pacd looks again every five seconds.";

const CODES = [
  "tls-certificate-broken",
  "tls-certificate-invalid",
  "tls-certificate-expiring",
  "tls-certificate-doubtful",
] as const;
