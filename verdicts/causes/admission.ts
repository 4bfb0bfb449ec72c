import type { Cause } from "../cause.ts";

/**
 * Who is refused or disconnected for what an administrator has decided about the user, or because the server
 * has no room. A client is told none of it: it sees a wrong password, or that the server hung up.
 */
export const ADMISSION = {
  "user-disabled": {
    stage: "auth",
    windowsErrors: [691, 628, 629],
    server: {
      cause: "The user is disabled.",
      remedy: "To let the user dial in again: pacctl user enable NAME.",
    },
  },
  "user-not-valid": {
    stage: "auth",
    windowsErrors: [691, 628, 629],
    server: {
      cause: "The user may not be connected yet, or no longer.",
      remedy: "To move the dates: pacctl user set NAME --valid-from WHEN --valid-until WHEN.",
    },
  },
  "outside-hours": {
    orderly: "once-up",
    stage: "auth",
    windowsErrors: [691, 628, 629],
    server: {
      cause: "The user may not be connected at this hour.",
      remedy: 'To change the hours: pacctl user set NAME --hours "mon-fri 08:00-18:00".',
    },
  },
  "source-not-allowed": {
    stage: "auth",
    windowsErrors: [691, 628, 629],
    server: {
      cause: "The user may not dial in from this network.",
      remedy: "To change the networks: pacctl user set NAME --sources NETWORK, once for each.",
    },
  },
  "too-many-sessions": {
    stage: "auth",
    windowsErrors: [691],
    server: {
      cause: "The user is connected as many times as allowed.",
      remedy:
        "To see and end sessions: pacctl session list. To allow more, or to let a new dial replace the oldest session: pacctl user set NAME --max-sessions N --when-exceeded replace.",
    },
  },
  // The call is refused; or, where others took the last places meanwhile, whoever has logged in is.
  "server-full": {
    windowsErrors: [619, 676, 734],
    server: {
      cause: "The server has as many sessions as it may have.",
      remedy:
        "Raise pptp.max_sessions in the configuration, or disconnect sessions that nobody needs: pacctl session list.",
    },
  },
  "no-address": {
    stage: "auth",
    windowsErrors: [619, 676, 720, 734],
    server: {
      cause: "No address was left for the client.",
      remedy:
        "The evidence names the pool. Enlarge it in the configuration (tunnel.pool, or its entry in pools), give the user another one (pacctl user set NAME --pool POOL), or disconnect sessions that nobody needs: pacctl session list.",
    },
  },
  replaced: {
    orderly: "once-up",
    windowsErrors: [628, 629],
    server: {
      cause: "The user dialled again, and the newer connection took the place of this one.",
      remedy:
        "Nothing to do if that was the same person. To allow more sessions at once: pacctl user set NAME --max-sessions N.",
    },
  },
  "session-timeout": {
    orderly: "once-up",
    windowsErrors: [628, 629],
    server: {
      cause: "The session lasted as long as the user's sessions may.",
      remedy:
        "Nothing to do; the user may dial again. To change it: pacctl user set NAME --session-timeout TIME.",
    },
  },
  "idle-timeout": {
    orderly: "once-up",
    windowsErrors: [628, 629],
    server: {
      cause: "The session was not used for as long as the user's idle timeout.",
      remedy:
        "Nothing to do; the user may dial again. docs/idle.md says what counts as use. To change the time: pacctl user set NAME --idle-timeout TIME.",
    },
  },
  "address-withdrawn": {
    orderly: "once-up",
    windowsErrors: [628, 629],
    server: {
      cause: "The configuration was changed, and the session's address is in no pool any more.",
      remedy:
        "Nothing to do; the user may dial again and gets another address. To see beforehand how many sessions a change ends: pacctl reload --dry-run.",
    },
  },
} as const satisfies Record<string, Cause>;
