import type { Server } from "./server.ts";

/** Why a server was not reached: the reason in brackets, and what to do. */
interface Explained {
  readonly reason: string;
  readonly advice: string;
}

type Fault = NodeJS.ErrnoException & {
  /** Of ERR_TLS_CERT_ALTNAME_INVALID: what the certificate holds. */
  readonly cert?: { readonly subjectaltname?: string };
};

const RUNNING = "Is it running?";

const CLOCKS = "Compare the clocks of both hosts.";

type Unreached = Pick<Server, "base" | "caFile"> & Partial<Pick<Server, "trust">>;

/** One sentence or two for whoever waits for an answer that did not come. */
export function unreachable(error: unknown, { base, caFile, trust }: Unreached): string {
  const { reason, advice } = explained(error, base, caFile);
  if (trust !== undefined && "socket" in trust)
    return `pacd does not answer at ${trust.socket} (${reason}). ${advice}`;
  return `pacd does not answer at ${base} (${reason}). ${advice}`;
}

function explained(error: unknown, base: string, caFile: string | undefined): Explained {
  const { name, message, cause } = error as Error;
  if (name === "TimeoutError") return { reason: "no answer in time", advice: RUNNING };
  // fetch itself only says that it failed.
  const fault = ((error as Fault).code === undefined ? cause : error) as Fault | undefined;
  const code = fault?.code ?? "";
  const tls = tlsFault(code, fault, base, caFile);
  if (tls !== undefined) return tls;
  switch (code) {
    case "ECONNREFUSED":
      return { reason: "connection refused", advice: RUNNING };
    case "EACCES":
      return {
        reason: "permission denied",
        advice: "Root, and the group of the socket, may connect (`id` shows your groups).",
      };
    case "ENOENT":
      return { reason: "there is no such socket", advice: RUNNING };
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return {
        reason: "no address is known for that name",
        advice: "Is the name right, and does DNS work here?",
      };
    default:
      return { reason: code || (fault?.message ?? message), advice: RUNNING };
  }
}

function tlsFault(
  code: string,
  fault: Fault | undefined,
  base: string,
  caFile: string | undefined,
): Explained | undefined {
  switch (code) {
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "CERT_UNTRUSTED":
    case "CERT_SIGNATURE_FAILURE":
      return caFile === undefined
        ? {
            reason: "its certificate is signed by nobody whom this host trusts",
            advice:
              "Copy the certificate of the server, or of its authority, to this host and name it: --ca FILE, or PACD_CA=FILE.",
          }
        : {
            reason: `its certificate is not signed by what ${caFile} holds`,
            advice: `Has the server got a new one? Copy it again. Otherwise somebody else answers at ${base}.`,
          };
    case "OTHER_CERTIFICATE":
      return {
        reason: "it shows another certificate than the one that pacd of this host has left",
        advice: "Another program listens there; --url and --ca say which server is meant.",
      };
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return {
        reason: `its certificate is not for ${new URL(base).hostname} but for ${namesIn(fault)}`,
        advice:
          "Call it by one of those names (--url), or have a certificate made for this one: `pacctl tls init --name NAME` on the server.",
      };
    case "CERT_HAS_EXPIRED":
      return {
        reason: "its certificate has expired",
        advice: `Renew it on the server, where pacctl goes on working. ${CLOCKS}`,
      };
    case "CERT_NOT_YET_VALID":
      return { reason: "its certificate is not valid yet", advice: CLOCKS };
    default:
      if (!/^(?:EPROTO|ERR_SSL_)/.test(code)) return undefined;
      return /WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST|RECORD_LAYER/i.test(`${code} ${fault?.message}`)
        ? {
            reason: "what answers there does not speak TLS",
            advice: "Where pacd has no certificate, the URL begins with http://.",
          }
        : { reason: `TLS failed: ${code}`, advice: RUNNING };
  }
}

const namesIn = (fault: Fault | undefined): string =>
  fault?.cert?.subjectaltname?.replaceAll(/(?:DNS|IP Address):/g, "") ?? "nobody";
