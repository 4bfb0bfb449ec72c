/**
 * What an LCP or IPCP broke on, for people: `option` is that of `failed` in `negotiation.ts`, or what stands
 * in for one.
 */
export function disagreement(protocol: "LCP" | "IPCP", option: string): string {
  switch (option) {
    case "any":
      return `${protocol} went on for thirty rounds without an agreement.`;
    case "code-reject":
      return `A code of ${protocol} that everybody must know was rejected.`;
    case "protocol-reject":
      return `${protocol} itself was rejected.`;
    default:
      return `No agreement on the ${protocol} option ${option}.`;
  }
}
