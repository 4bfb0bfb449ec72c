import type { PostAnswer } from "../platform/http-post.ts";
import { safeLine } from "../wire/safe-line.ts";
import { ANSWER_WITHIN } from "./limits.ts";

/** Why a request was given up by pacd itself. */
export class NoAnswer extends Error {}

/** What came of a request. */
export interface Outcome {
  readonly delivered: boolean;
  /** Null: there was no answer. */
  readonly status: number | null;
  /** What was seen, in words. */
  readonly detail: string;
}

/** 2xx and nothing else is an event that was taken. */
export function outcomeOf({ status, location }: PostAnswer): Outcome {
  const answered = `It answered ${status}`;
  const delivered = status >= 200 && status < 300;
  if (status < 300 || status >= 400) return { delivered, status, detail: `${answered}.` };
  const where = location === undefined ? "elsewhere" : `to ${withoutQuery(location)}`;
  const detail = `${answered}, which leads ${where}. Redirects are not followed: give the web hook that URL.`;
  return { delivered, status, detail };
}

/** A request without an answer. */
export function failureOf(error: unknown): Outcome {
  if (error instanceof NoAnswer) return failed(`There was no answer within ${ANSWER_WITHIN / 1000} seconds.`);
  const { code = "", message = "" } = error as { readonly code?: string; readonly message?: string };
  const known = WORDS[code];
  if (known !== undefined) return failed(`${known} (${code}).`);
  if (code.startsWith("HPE_")) return failed(`What answered is not HTTP (${code}).`);
  const [, reason] = /:SSL routines:[^:]*:([^:]+):/.exec(message) ?? [];
  if (reason !== undefined && NO_TLS.test(reason))
    return failed(`What answers there speaks no TLS: is it http://? (${code})`);
  const said = safeLine(reason ?? message);
  if (/CERT|SIGNATURE|ISSUER|CRL|ALTNAME/.test(code))
    return failed(`Its certificate is not believed: ${said} (${code}).`);
  if (code.startsWith("ERR_SSL") || code === "EPROTO")
    return failed(`TLS could not be agreed upon: ${said} (${code}).`);
  return failed(`The request failed: ${said}${code === "" ? "" : ` (${code})`}.`);
}

const failed = (detail: string): Outcome => ({ delivered: false, status: null, detail });

/** OpenSSL's words for octets that are none of TLS. */
const NO_TLS = /wrong version number|packet length too long|http request/;

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "Nothing listens there: the connection was refused",
  ECONNRESET: "The connection was closed before an answer came",
  EPIPE: "The connection was closed before an answer came",
  ETIMEDOUT: "The connection could not be made: nobody answers there",
  EHOSTUNREACH: "There is no way to that host",
  ENETUNREACH: "There is no way to that network",
  ENOTFOUND: "Its host name is not known to DNS",
  EAI_AGAIN: "DNS did not answer for its host name",
  HPE_HEADER_OVERFLOW: "The head of its answer is too long",
};

/** Of a strange server: short, and without what may be secret. */
function withoutQuery(location: string): string {
  const line = safeLine(location.replace(/[?#].*$/s, ""));
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
