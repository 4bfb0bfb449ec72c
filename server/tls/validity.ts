import type { CertificateFacts } from "./identity.ts";

/** Ours: days before the end from which on it is told. ACME clients renew 30 days before. */
const WARNED = 14;

const DAY = 24 * 60 * 60 * 1000;

/** Whole days until it ends; negative once it has. */
export const daysLeft = ({ notAfter }: Pick<CertificateFacts, "notAfter">, now: Date): number =>
  Math.floor((notAfter.getTime() - now.getTime()) / DAY);

/** What its dates mean at this moment: a condition with its sentence, or nothing. */
export function validity(
  facts: CertificateFacts,
  path: string,
  now: Date,
):
  | { readonly code: "tls-certificate-invalid" | "tls-certificate-expiring"; readonly sentence: string }
  | undefined {
  const { notBefore, notAfter, selfSigned } = facts;
  const remedy = selfSigned
    ? "`pacctl tls init --replace` makes a new pair; give its certificate to those who manage pacd from elsewhere."
    : "Renew it; pacd takes up the new files by itself.";
  if (now < notBefore)
    return {
      code: "tls-certificate-invalid",
      sentence: `The API's certificate ${path} is not valid before ${day(notBefore)}, and clients refuse it until then. Is this host's clock right?`,
    };
  if (now > notAfter)
    return {
      code: "tls-certificate-invalid",
      sentence: `The API's certificate ${path} expired on ${day(notAfter)}, and clients refuse it. ${remedy}`,
    };
  const days = daysLeft(facts, now);
  if (days >= WARNED) return undefined;
  const left = days === 0 ? "less than a day" : days === 1 ? "one day" : `${days} days`;
  return {
    code: "tls-certificate-expiring",
    sentence: `The API's certificate ${path} expires on ${day(notAfter)}, in ${left}. ${remedy}`,
  };
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
