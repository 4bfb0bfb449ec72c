import { randomBytes } from "node:crypto";

/** Octets of a secret that pacd makes. */
const OCTETS = 32;

/** By its beginning those who look for secrets in the wrong places know what it is. */
const PREFIX = "pacdhook_";

/** What the requests of a web hook are signed with. */
export const newWebhookSecret = (): string => `${PREFIX}${randomBytes(OCTETS).toString("base64url")}`;
