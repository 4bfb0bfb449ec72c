import { AppError } from "../errors/app-error.ts";
import { parseIp } from "../wire/ip-network.ts";

/** Ours: characters of a URL. */
export const MAX_URL = 2048;

/** Throws invalid-webhook-url, with what to do. `allowPlain`: also http:// that leaves this host. */
export function checkWebhookUrl(text: string, allowPlain: boolean): void {
  const refuse = (why: string): never => {
    throw new AppError("invalid-webhook-url", why, { field: "url" });
  };
  if (text.length > MAX_URL) refuse(`The URL has more than ${MAX_URL} characters.`);
  const url = URL.canParse(text)
    ? new URL(text)
    : refuse("That is no URL such as https://hooks.example.com/pacd.");
  if (url.protocol !== "https:" && url.protocol !== "http:")
    refuse(`Web hooks are spoken to by https:// or http://, not ${url.protocol}//.`);
  if (url.username !== "" || url.password !== "")
    refuse(
      "The URL holds a name or a password, which would be shown to whoever looks. The signature says who sends.",
    );
  if (url.hash !== "") refuse("The URL has a fragment (#), which no server would ever see.");
  if (url.protocol === "http:" && !allowPlain && !isLoopback(url.hostname))
    refuse(
      "http:// lets everybody on the way read the events, names and addresses among them. Use https://, or say allowPlain (pacctl webhook add --allow-plain).",
    );
}

/** What may stand in a log: no query, which may be a secret. */
export function shownUrl(text: string): string {
  const { origin, pathname, search } = new URL(text);
  return `${origin}${pathname}${search === "" ? "" : "?…"}`;
}

/** Whose server it is: for conditions, which everybody reads. */
export const originOf = (text: string): string => new URL(text).origin;

/** This host, whatever the network does. A name that DNS could give another address is not. */
function isLoopback(hostname: string): boolean {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  if (bare === "localhost") return true;
  return parseIp(bare) !== undefined && (bare === "::1" || bare.startsWith("127."));
}
