import { createHmac } from "node:crypto";

/**
 * The value of `pacd-signature`: HMAC-SHA256 (RFC 2104) with the secret's UTF-8 octets as key, over the time
 * stamp as it stands in `pacd-timestamp`, a full stop and the body.
 */
export const signature = (secret: string, timestamp: string, body: string): string =>
  `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`, "utf8").digest("hex")}`;
