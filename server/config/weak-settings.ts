import type { Config } from "./config-types.ts";

/** A setting that makes things easier for an attacker, and what it lets happen, in plain words. */
export interface WeakSetting {
  readonly key: string;
  /** Begins with "clients may". */
  readonly says: string;
}

type Method = Config["security"]["authentication"][number];

const METHODS: Readonly<Record<Method, string | undefined>> = {
  // Weak as well, but PPTP has nothing better: README says so.
  "ms-chap-v2": undefined,
  "ms-chap-v1": "clients may log in with MS-CHAPv1, which does not prove who this server is",
  "chap-md5": "clients may log in with CHAP-MD5, which gives no keys to encrypt with",
  pap: "clients may log in with PAP, which sends the password in clear",
};

/** Every weak setting that is on, in the order of the file; none by default. */
export function weakSettings({ security }: Pick<Config, "security">): readonly WeakSetting[] {
  const methods = security.authentication.flatMap((method) => METHODS[method] ?? []);
  const strengths = security.mppeStrengths
    .filter((bits) => bits < 128)
    .map((bits) => `clients may encrypt with keys of ${bits} bits, which can be found by trial`);
  return [
    ...methods.map((says) => ({ key: "security.authentication", says })),
    ...strengths.map((says) => ({ key: "security.mppe_strengths", says })),
    ...(security.mppeStateful
      ? [{ key: "security.mppe_stateful", says: "clients may use one key for 256 packets (stateful MPPE)" }]
      : []),
  ];
}
