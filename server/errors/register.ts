/**
 * Every code an AppError can carry, with the HTTP status it becomes. `docs/errors.md` lists the same codes; a test
 * fails when either side knows one that the other does not.
 */
export const ERRORS = {
  // REST
  "invalid-request": { status: 400, title: "The request does not fit the schema" },
  "invalid-name": { status: 400, title: "The user name is not allowed" },
  "invalid-password": { status: 400, title: "The password is not allowed" },
  "invalid-address": { status: 400, title: "Not an IPv4 address" },
  "invalid-policy": { status: 400, title: "A setting of the user that is not allowed" },
  "address-outside-network": { status: 400, title: "The address is outside the pools" },
  "pool-unknown": { status: 400, title: "There is no such pool" },
  "address-reserved": { status: 400, title: "The address is reserved" },
  unauthorized: { status: 401, title: "A valid bearer token is needed" },
  "not-found": { status: 404, title: "There is no such thing" },
  "user-not-found": { status: 404, title: "There is no such user" },
  "session-not-found": { status: 404, title: "There is no such session" },
  "attempt-not-found": { status: 404, title: "There is no such attempt" },
  "method-not-allowed": { status: 405, title: "The path does not take this method" },
  "user-exists": { status: 409, title: "A user of that name exists" },
  "address-taken": { status: 409, title: "The address belongs to another user" },
  "password-needed": { status: 409, title: "Only a new password can be kept readable" },
  "payload-too-large": { status: 413, title: "The request body is too large" },
  "unsupported-media-type": { status: 415, title: "The request body must be JSON" },
  "rate-limited": { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "pacd made a mistake" },
  unavailable: { status: 503, title: "pacd is not ready" },
  // start-up
  "config-unreadable": { status: 500, title: "The configuration file cannot be read" },
  "config-syntax": { status: 500, title: "The configuration file is not TOML" },
  "config-unknown-key": { status: 500, title: "Unknown configuration key" },
  "config-wrong-type": { status: 500, title: "A configuration value of the wrong type" },
  "config-bad-value": { status: 500, title: "A configuration value that is not allowed" },
  "config-pool-overlap": { status: 500, title: "Address pools overlap" },
  "config-pool-empty": { status: 500, title: "An address pool is empty" },
  "host-not-root": { status: 500, title: "pacd needs root" },
  "host-no-tun": { status: 500, title: "/dev/net/tun is missing" },
  "host-no-raw-socket": { status: 500, title: "Raw sockets are not allowed" },
  "host-no-nft": { status: 500, title: "nft is missing" },
  "host-nat-refused": { status: 500, title: "Masquerading cannot be set up" },
  "host-no-forwarding": { status: 500, title: "IP forwarding cannot be turned on" },
  "host-no-addon": { status: 500, title: "The native addon is not built" },
  "pool-overlaps-host": { status: 500, title: "A pool overlaps a network of the host" },
  "address-in-use": { status: 500, title: "The listening address is in use" },
  "address-unusable": { status: 500, title: "The listening address cannot be used" },
  "interface-in-use": { status: 500, title: "The tunnel interface exists already" },
  "interface-refused": { status: 500, title: "The tunnel interface cannot be set up" },
  "state-unusable": { status: 500, title: "The state directory cannot be used" },
  "state-in-use": { status: 500, title: "Another pacd uses the state directory" },
  "secret-key-mismatch": { status: 500, title: "The secret key does not fit the database" },
  // command line
  "server-unreachable": { status: 500, title: "The admin API does not answer" },
  "no-token": { status: 500, title: "No API token was found" },
  "capture-unreadable": { status: 500, title: "The capture cannot be read" },
  usage: { status: 500, title: "The command line was not understood" },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ErrorCode = keyof typeof ERRORS;
