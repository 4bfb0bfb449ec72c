// Made of /api/v1/openapi.json by `npm run client`; not to be changed by hand.

export interface paths {
    "/api/v1/admins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List administrators
         * @description By name. The token of the file admin-token and the local socket are none.
         */
        get: operations["listAdministrators"];
        put?: never;
        /**
         * Add an administrator
         * @description Who logs in with `POST /log-in`. The answer's Location header is the path.
         */
        post: operations["createAdministrator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admins/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show an administrator
         * @description All but the password, of which there is a hash alone.
         */
        get: operations["getAdministrator"];
        put?: never;
        post?: never;
        /**
         * Remove an administrator
         * @description Log-ins that are open end, and answers that go on for them. The last one who is enabled and has the role admin only with `last=true`.
         */
        delete: operations["removeAdministrator"];
        options?: never;
        head?: never;
        /**
         * Change an administrator
         * @description What is left out stays. With another role, or where `enabled` becomes false: Log-ins that are open end, and answers that go on for them.
         */
        patch: operations["changeAdministrator"];
        trace?: never;
    };
    "/api/v1/admins/{name}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set an administrator's password
         * @description Log-ins that are open end, and answers that go on for them.
         */
        put: operations["setAdministratorPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dials, newest first, without their traces
         * @description Several dials that were refused alike are one entry, which stands where the latest of them does.
         */
        get: operations["listAttempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/attempts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a dial with its trace and verdict
         * @description As JSON, or drawn as a ladder: a line for each message that client and server sent, and why the dial ended as it did.
         */
        get: operations["getAttempt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who did what, newest first
         * @description What changed something or was refused, and what pacd did itself. All that is asked for must fit. Refusals alike are counted in one record past the first few.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a record of the audit log
         * @description With what was before and after, secrets aside.
         */
        get: operations["getAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a backup, and hand it out
         * @description Database, secret key, API token and configuration: whoever has the file can log in as anybody. `pacctl backup create` encrypts it on the way to the disk. An answer that breaks off is no backup; the checksum at its end tells.
         */
        post: operations["createBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the configuration with which pacd runs, and where each value comes from
         * @description Every key, with the value that counts, where it comes from, when a change would count, and what the file says otherwise by now. It holds no secret.
         */
        get: operations["getConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config:check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at a configuration as a start or a reload would, and change nothing
         * @description Relative paths in it are against the folder of the server's own file. What only the host can refuse, such as a port that is taken, is seen by `POST /config:reload` with `dryRun`.
         */
        post: operations["checkConfig"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/config:reload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read the configuration file again and put it into effect
         * @description All or nothing: where the file is wrong, or the host refuses something of it, nothing is changed, and the problem names each fault (`faults`) and what it is (`because`, a code of the start). `dryRun` says what would come of it. Sessions go on, but for those whose address is in no pool any more. Where `admin.listen` changes, this answer still comes, and the next request goes to the new address.
         */
        post: operations["reloadConfig"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what happens, as server-sent events, or read a page of what happened
         * @description The stream goes on until either side ends it. Each event has `id`, `event` (its type) and `data` (an Event as JSON); `event: gap` says that events are missing. docs/events.md has the types.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List groups
         * @description By name, with how many users are in each. Who they are: `GET /users?group=NAME`.
         */
        get: operations["listGroups"];
        put?: never;
        /**
         * Add a group
         * @description What is left out, or null, the group does not decide. Users are put into it with `group` of theirs. The answer's Location header is the group's path.
         */
        post: operations["createGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a group
         * @description What it decides, and how many users are in it. The ETag is for If-Match of a change, and for If-None-Match here: 304 where all of it is as it was.
         */
        get: operations["getGroup"];
        /**
         * Add a group, or replace all that was decided about one
         * @description What is left out, or null, the group does not decide. Counts for sessions of its users as PATCH does. Sent again, it changes nothing. With If-Match it is done only where the group is as that ETag was shown (412 otherwise). With `If-None-Match: *` only a new one is added.
         */
        put: operations["putGroup"];
        post?: never;
        /**
         * Remove a group
         * @description A group that has users is removed only with `members=release`: they are in no group then, and what the group decided no longer counts for them, as if it had been changed. Users, their own policy and their passwords stay. With If-Match it is done only where the group is as that ETag was shown (412 otherwise).
         */
        delete: operations["removeGroup"];
        options?: never;
        head?: never;
        /**
         * Change what a group decides
         * @description What is left out stays; null is what the group no longer decides. Counts for sessions of its users as a change of the user does: rates, destinations and time limits at once, and whom it no longer allows is disconnected, before the answer comes. Users about whom a field was decided keep their own. A new `name` disconnects nobody, and the ID stays. What changes nothing leaves `updatedAt` and ETag as they are. With If-Match it is done only where the group is as that ETag was shown (412 otherwise).
         */
        patch: operations["changeGroup"];
        trace?: never;
    };
    "/api/v1/lockouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List where wrong log-ins keep others from being judged, the latest first
         * @description A budget is listed where more wrong log-ins count than are free. What was counted is in memory, and begins anew with pacd.
         */
        get: operations["listLockouts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lockouts/{address}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Forget the wrong log-ins that came from an address
         * @description For all users there, and for the /24 around it. An address without any is no error.
         */
        delete: operations["liftAddress"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/log-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in as an administrator
         * @description The answer's token holds for twelve hours, and no longer than the administrator has the role, the password and `enabled` of now. Wrong log-ins are slowed, by name and by address: `rate-limited`, with Retry-After.
         */
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/log-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the log-in with whose token this is asked
         * @description A token that was made and named is revoked by `DELETE /tokens/{token}` instead.
         */
        post: operations["logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document
         * @description OpenAPI 3.1 with every route; `/docs` shows it to people. It holds no secret.
         */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List sessions: those that are up, that have ended, or both
         * @description Sessions that are up come all in one answer, oldest first, unless a limit is given; all others in pages, latest first. Counters of sessions that are up are a second old at most; which sessions are up is that of the moment of the answer. docs/history.md has examples.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * Disconnect all clients that are meant
         * @description Of user, userId, address and group all that are given must be so; all=true means every session. Without any of them nothing is ended. The clients may dial again; disable a user to prevent that.
         */
        delete: operations["endSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a session, also one that has ended
         * @description All that is known of it; docs/live-sessions.md says what each figure can tell.
         */
        get: operations["getSession"];
        put?: never;
        post?: never;
        /**
         * Disconnect the client
         * @description The client may dial again; disable the user to prevent that.
         */
        delete: operations["disconnectSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/totals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Add up what sessions did, per user and day
         * @description What is up counts with what it has done so far. What passed through a session that was up on two days is divided by time: so much of it belongs to a day as the session was up on it; the session itself counts on the day that it began. Days are those of the server's time zone.
         */
        get: operations["sumSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what pacd does at this moment
         * @description State of the host, pools and records are looked at when asked. `conditions` says what keeps pacd from doing all it should, and what to do.
         */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tokens, and the log-ins of administrators
         * @description Named tokens by name, then log-ins by administrator. What is sent as bearer is never shown again.
         */
        get: operations["listTokens"];
        put?: never;
        /**
         * Make a token
         * @description The answer shows it, this once. It holds from the next request on.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a token
         * @description What is known of it, and not what is sent as bearer.
         */
        get: operations["getToken"];
        put?: never;
        post?: never;
        /**
         * Revoke a token, or end a log-in
         * @description The next request with it is refused, and what is under way for it ends.
         */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/admin:rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the token of the file admin-token
         * @description The file has the new one, which the answer shows this once; the one before is refused from now on.
         */
        post: operations["rotateAdminToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description By name, those who fit all that is said. What is asked of a policy is asked of what applies. With `id`, the one user who has it, or nobody.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Add a user
         * @description What is left out is the group's to decide, or unrestricted, and the password expires as `password.max_age_days` of the configuration says. The answer's Location header is the user's path.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users:apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make users and groups what a document says, in one transaction
         * @description All of it is done, or nothing where one row is refused: 200 also then, with `stored: false`; look at `refused`. Applied again, a document changes nothing. Groups are written before users, and in what order they stand makes no difference: two users may swap their static addresses. With `prune` a group is removed only if it has no users then. Passwords that pacd generated are in the answer, this once.
         */
        post: operations["applyUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users:batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add, change and remove many users in one transaction
         * @description Each row has its own outcome and leaves the others as they are; with `atomic` all are done or none. A row means what the request for that one user does, and counts for sessions likewise. Passwords that pacd generated are in the answer, this once. 200 also where rows were refused: look at `refused`.
         */
        post: operations["batchUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a user
         * @description By name, in whatever spelling. With the wrong log-ins that still count against the user. The ETag is for If-Match of a change, and for If-None-Match here: 304 where all of it is as it was.
         */
        get: operations["getUser"];
        /**
         * Add a user, or replace all that was decided about one
         * @description What is left out is not decided: the group says it, or nobody. The password stays where none is given, and with it when it expires; of a new user one is generated. Sent again, it changes nothing. With If-Match it is done only where the user is as that ETag was shown (412 otherwise). With `If-None-Match: *` only somebody new is added.
         */
        put: operations["putUser"];
        post?: never;
        /**
         * Remove a user, and disconnect the user's sessions
         * @description Who dials under that name is refused from then on; records of sessions and dials stay. With If-Match it is done only where the user is as that ETag was shown (412 otherwise).
         */
        delete: operations["removeUser"];
        options?: never;
        head?: never;
        /**
         * Change what a user may do
         * @description What is left out stays. A field of the policy that is said is the user's own from then on. As `application/merge-patch+json` (RFC 7396) null takes any setting back, so that the group decides it again, or nobody, and labels are merged one by one; as `application/json` null is a value of fields that have it, and `inherit` names what is taken back. Rates, destinations and time limits count at once, also for sessions that are up. A session that `enabled`, the validity, the hours or the sources no longer allow is disconnected. Address, pool, name servers, encryption and the number of sessions count from the next dial on. A new `name` disconnects nobody: sessions that are up show it at once, and the ID stays. Only the new name logs in from then on. What changes nothing leaves `updatedAt` and ETag as they are. With If-Match it is done only where the user is as that ETag was shown (412 otherwise).
         */
        patch: operations["changeUser"];
        trace?: never;
    };
    "/api/v1/users/{name}/lockout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Forget the wrong log-ins of a user, at all addresses
         * @description A new password does the same. An address from which the names of many users were tried stays slowed.
         */
        delete: operations["unlockUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{name}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a user's password
         * @description Without `password` in the body, a new one is generated and shown once. Without `passwordExpiresAt`, it expires as `password.max_age_days` of the configuration says, whatever was said of the old one. Sessions stay up; wrong log-ins with the old password are forgotten. With If-Match it is done only where the user is as that ETag was shown (412 otherwise).
         */
        put: operations["setPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List web hooks
         * @description The oldest first, with how each is.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Add a web hook
         * @description It is told of what happens from now on. The answer shows the secret that pacd made, this once; its Location header is the path.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a web hook
         * @description With how it is. Its secret is never shown again.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Remove a web hook
         * @description With its list of deliveries. What is under way is given up.
         */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        /**
         * Change, enable or disable a web hook
         * @description What is left out stays; a filter counts as a whole.
         */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/api/v1/webhooks/{id}:rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a web hook a new secret
         * @description The next request is signed with it. What the receiver refuses until it knows the new one is tried again.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}:test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event to a web hook now
         * @description Also to one that is disabled. The answer comes when the receiver has answered, or after ten seconds; one that is not reached is no error of this request. Where it takes the test, what waits for it is tried at once.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the requests to a web hook, newest first
         * @description Each try is one; the latest 500 are kept, and no longer than events are.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Does the process answer?
         * @description For whatever restarts a process that hangs. It says nothing of clients.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures for Prometheus
         * @description In the Prometheus text format; docs/metrics.md says what each figure means.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Can clients dial in?
         * @description 503 while a condition holds with which no client should be sent here; `reasons` has their codes (docs/conditions.md).
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Somebody who administers pacd, with a password */
        Administrator: {
            /** Format: date-time */
            createdAt: string;
            /**
             * @description Who added it: `administrator NAME`, `token NAME`, or `socket USER`
             * @example socket root
             */
            createdBy: string;
            /** @description Whether log-ins are taken */
            enabled: boolean;
            /**
             * @description Stays the same when the name is changed
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            id: string;
            /**
             * @description Where that came from
             * @example 192.0.2.7
             */
            lastLogInAddress: string | null;
            /**
             * Format: date-time
             * @description Null: never
             */
            lastLogInAt: string | null;
            /**
             * @description As user names are; unique in whatever spelling. Administrators and VPN users have nothing in common
             * @example anna
             */
            name: string;
            /** Format: date-time */
            passwordChangedAt: string;
            /**
             * @description `viewer` reads, `operator` also changes users and ends sessions, `admin` does everything, tokens and administrators included
             * @enum {string}
             */
            role: "viewer" | "operator" | "admin";
            /** Format: date-time */
            updatedAt: string;
        };
        /** @description One page of administrators */
        AdministratorList: {
            items: components["schemas"]["Administrator"][];
            /**
             * @description Cursor of the next page; absent on the last
             * @example YW5uYQ
             */
            next?: string;
        };
        /** @description A new password */
        AdministratorPassword: {
            /**
             * @description 12 to 256 characters. Kept as a hash (argon2id) alone
             * @example correct horse battery staple
             */
            password: string;
        };
        /** @description What is left out stays */
        AdministratorPatch: {
            /** @description Whether log-ins are taken */
            enabled?: boolean;
            /**
             * @description As user names are; unique in whatever spelling. Administrators and VPN users have nothing in common
             * @example anna
             */
            name?: string;
            /**
             * @description `viewer` reads, `operator` also changes users and ends sessions, `admin` does everything, tokens and administrators included
             * @enum {string}
             */
            role?: "viewer" | "operator" | "admin";
        };
        /** @description What was negotiated with the client */
        AgreedOptions: {
            /** @description Options of CCP, encryption that is; null: the session is in clear */
            ccp: {
                /** @description What the client asked for, and what was agreed to */
                byClient: {
                    /**
                     * @description The option
                     * @example mru
                     */
                    name: string;
                    /**
                     * @description Its value
                     * @example 1400
                     */
                    value: string;
                }[];
                /** @description What pacd asked for, and what was agreed to */
                byServer: {
                    /**
                     * @description The option
                     * @example mru
                     */
                    name: string;
                    /**
                     * @description Its value
                     * @example 1400
                     */
                    value: string;
                }[];
            } | null;
            /** @description Options of IPCP */
            ipcp: {
                /** @description What the client asked for, and what was agreed to */
                byClient: {
                    /**
                     * @description The option
                     * @example mru
                     */
                    name: string;
                    /**
                     * @description Its value
                     * @example 1400
                     */
                    value: string;
                }[];
                /** @description What pacd asked for, and what was agreed to */
                byServer: {
                    /**
                     * @description The option
                     * @example mru
                     */
                    name: string;
                    /**
                     * @description Its value
                     * @example 1400
                     */
                    value: string;
                }[];
            };
            /** @description Options of LCP: the way to the client by its wishes, the way from it by ours */
            lcp: {
                /** @description What the client asked for, and what was agreed to */
                byClient: {
                    /**
                     * @description The option
                     * @example mru
                     */
                    name: string;
                    /**
                     * @description Its value
                     * @example 1400
                     */
                    value: string;
                }[];
                /** @description What pacd asked for, and what was agreed to */
                byServer: {
                    /**
                     * @description The option
                     * @example mru
                     */
                    name: string;
                    /**
                     * @description Its value
                     * @example 1400
                     */
                    value: string;
                }[];
            };
        };
        /** @description What came of a document of users and groups */
        ApplyResult: {
            /** @description Rows that changed something */
            changed: number;
            /** @description Rows that added somebody */
            created: number;
            /** @description What it means for who is connected */
            effects: {
                /** @description Sessions that ended by it, or would */
                sessionsEnded: number;
            };
            /** @description Rows that were refused */
            refused: number;
            /** @description Rows that removed somebody */
            removed: number;
            /** @description The groups and the users in the order of the document, then those who are removed */
            rows: components["schemas"]["ApplyRowResult"][];
            /** @description false: nothing was done: a dry run, or something was refused */
            stored: boolean;
            /** @description Rows that changed nothing */
            unchanged: number;
        };
        /** @description What came of one group or user */
        ApplyRowResult: {
            /** @description Of a dry run: what would be another */
            changes?: components["schemas"]["FieldChange"][];
            /**
             * @description Why the row was refused; docs/errors.md lists all
             * @enum {string}
             */
            code?: "invalid-request" | "tls-needed" | "invalid-name" | "invalid-password" | "invalid-address" | "invalid-policy" | "invalid-comment" | "invalid-labels" | "group-unknown" | "address-outside-network" | "pool-unknown" | "invalid-webhook-url" | "address-reserved" | "unauthorized" | "log-in-refused" | "forbidden" | "not-found" | "filter-required" | "user-not-found" | "group-not-found" | "session-not-found" | "audit-not-found" | "attempt-not-found" | "administrator-not-found" | "webhook-not-found" | "token-not-found" | "method-not-allowed" | "user-exists" | "administrator-exists" | "last-administrator" | "too-many-administrators" | "too-many-webhooks" | "token-exists" | "too-many-tokens" | "group-exists" | "group-has-members" | "address-taken" | "password-needed" | "changed-meanwhile" | "precondition-required" | "request-in-progress" | "answer-lost" | "idempotency-key-reused" | "backup-running" | "payload-too-large" | "unsupported-media-type" | "reload-refused" | "rate-limited" | "internal" | "unavailable" | "store-unavailable" | "not-yet-written" | "config-unreadable" | "config-syntax" | "config-unknown-key" | "config-wrong-type" | "config-bad-value" | "config-pool-overlap" | "config-pool-empty" | "tls-unusable" | "host-not-root" | "host-no-tun" | "host-no-raw-socket" | "host-no-nft" | "host-nat-refused" | "host-no-forwarding" | "host-no-addon" | "host-no-sqlite" | "pool-overlaps-host" | "address-in-use" | "address-unusable" | "interface-in-use" | "interface-refused" | "state-unusable" | "state-incomplete" | "migration-failed" | "state-elsewhere" | "state-in-use" | "secret-key-mismatch" | "backup-damaged" | "backup-passphrase" | "backup-too-new" | "backup-unwritable" | "state-exists" | "server-unreachable" | "timed-out" | "partly-done" | "ambiguous-id" | "no-token" | "capture-unreadable" | "document-invalid" | "import-unreadable" | "tls-pair-exists" | "usage";
            /**
             * @description The same in one sentence
             * @example There is no pool.
             */
            detail?: string;
            /**
             * @description What came of the row; of a dry run, or where all was taken back, what would have
             * @enum {string}
             */
            did: "created" | "changed" | "unchanged" | "removed" | "refused";
            /**
             * @description Which field of the row it is about
             * @example pool
             */
            field?: string;
            /**
             * @description Of the user; null where there is none, or only would be
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            id: string | null;
            /**
             * @description What it is about
             * @enum {string}
             */
            kind: "group" | "user";
            /**
             * @description Of the group or user, as the document says it
             * @example anna
             */
            name: string;
            /**
             * @description Only where pacd generated it. Never shown again
             * @example mVxq7Rdt...
             */
            password?: string;
        };
        /** @description How users and groups shall be */
        ApplyUsersBody: {
            /** @description Whole groups, each as PUT of that group takes it: what is left out is not decided */
            groups?: {
                /**
                 * @description Where the client may send to, with protocol and ports if need be; empty: anywhere. A change counts at once. Null: the group does not decide it
                 * @example [
                 *       "10.0.0.0/8",
                 *       "192.0.2.5 tcp 443,8000-8080"
                 *     ]
                 * @example null
                 */
                allowedDestinations?: string[] | null;
                /**
                 * @description Times of the week, in the server's time zone; empty: at any time. A change disconnects whom it no longer allows. Null: the group does not decide it
                 * @example [
                 *       "mon-fri 08:00-18:00",
                 *       "sat 22:00-06:00"
                 *     ]
                 * @example null
                 */
                allowedHours?: string[] | null;
                /**
                 * @description Networks that the user may dial from; empty: from anywhere. A change disconnects whom it no longer allows. Null: the group does not decide it
                 * @example [
                 *       "203.0.113.0/24",
                 *       "198.51.100.7"
                 *     ]
                 * @example null
                 */
                allowedSources?: string[] | null;
                /**
                 * @description A remark of administrators: one line, 500 characters at most; empty: none
                 * @example Room 7, until the move
                 */
                comment?: string;
                /**
                 * @description Name servers for the client. A change counts from the next dial on. Null: the group does not decide it
                 * @example [
                 *       "10.0.0.53"
                 *     ]
                 * @example null
                 */
                dns?: string[] | null;
                /** @description May this user dial in? A change disconnects whom it no longer allows. Null: the group does not decide it */
                enabled?: boolean | null;
                /**
                 * @description optional: a device without MPPE goes on in clear, which is weak. A change counts from the next dial on. Null: the group does not decide it
                 * @enum {string|null}
                 */
                encryption?: "required" | "optional" | null;
                /**
                 * @description Seconds that a session may go unused (docs/idle.md) until it is ended. A change counts at once. Null: the group does not decide it
                 * @example 28800
                 * @example null
                 */
                idleTimeout?: number | null;
                /**
                 * @description Sessions at once. A user with a static address has one at most. A change counts from the next dial on. Null: the group does not decide it
                 * @example 1
                 * @example null
                 */
                maxSessions?: number | null;
                /**
                 * @description 1 to 64 characters, as in the name of a user; not "none". Kept as written; unique without regard to case, to the width of letters, and to whether an accent is one piece with its letter
                 * @example Contractors
                 */
                name: string;
                /**
                 * @description The pool of the configuration that the address comes from where there is no static one. A change counts from the next dial on. Null: the group does not decide it
                 * @example guests
                 * @example null
                 */
                pool?: string | null;
                /**
                 * @description Bits of inner IP a second to the client. A change counts at once. Null: the group does not decide it
                 * @example 10000000
                 * @example null
                 */
                rateDown?: number | null;
                /**
                 * @description Bits of inner IP a second from the client. A change counts at once. Null: the group does not decide it
                 * @example 10000000
                 * @example null
                 */
                rateUp?: number | null;
                /**
                 * @description Seconds until a session is ended, whatever it does. A change counts at once. Null: the group does not decide it
                 * @example 28800
                 * @example null
                 */
                sessionTimeout?: number | null;
                /**
                 * @description The user may dial from this moment on. A change disconnects whom it no longer allows. With its zone Null: the group does not decide it
                 * @example 2027-01-01T00:00:00.000Z
                 * @example null
                 */
                validFrom?: string | null;
                /**
                 * @description The user may be connected before this moment. A change disconnects whom it no longer allows. With its zone Null: the group does not decide it
                 * @example 2027-01-01T00:00:00.000Z
                 * @example null
                 */
                validUntil?: string | null;
                /**
                 * @description One session too many: refuse the new dial, or disconnect the oldest session. A change counts from the next dial on. Null: the group does not decide it
                 * @enum {string|null}
                 */
                whenExceeded?: "deny" | "replace" | null;
            }[];
            /** @description true: where `users` is said, all users that are not in it are removed, and likewise with `groups`. Absent: they stay */
            prune?: boolean;
            /** @description Whole users, each as PUT of that user takes them: what is left out is not decided. Without `password` it stays; of a new user one is generated */
            users?: {
                /**
                 * @description Where the client may send to, with protocol and ports if need be; empty: anywhere. A change counts at once.
                 * @example [
                 *       "10.0.0.0/8",
                 *       "192.0.2.5 tcp 443,8000-8080"
                 *     ]
                 */
                allowedDestinations?: string[];
                /**
                 * @description Times of the week, in the server's time zone; empty: at any time. A change disconnects whom it no longer allows.
                 * @example [
                 *       "mon-fri 08:00-18:00",
                 *       "sat 22:00-06:00"
                 *     ]
                 */
                allowedHours?: string[];
                /**
                 * @description Networks that the user may dial from; empty: from anywhere. A change disconnects whom it no longer allows.
                 * @example [
                 *       "203.0.113.0/24",
                 *       "198.51.100.7"
                 *     ]
                 */
                allowedSources?: string[];
                /**
                 * @description A remark of administrators: one line, 500 characters at most; empty: none
                 * @example Room 7, until the move
                 */
                comment?: string;
                /**
                 * @description Name servers for the client; null: those of tunnel.dns. A change counts from the next dial on.
                 * @example [
                 *       "10.0.0.53"
                 *     ]
                 */
                dns?: string[] | null;
                /** @description May this user dial in? A change disconnects whom it no longer allows. */
                enabled?: boolean;
                /**
                 * @description optional: a device without MPPE goes on in clear, which is weak. A change counts from the next dial on.
                 * @enum {string}
                 */
                encryption?: "required" | "optional";
                /**
                 * @description The name of a group, in whatever spelling; null: none. What the user inherits counts as a changed policy does
                 * @example staff
                 */
                group?: string | null;
                /**
                 * @description Seconds that a session may go unused (docs/idle.md) until it is ended; null: never. A change counts at once.
                 * @example 28800
                 */
                idleTimeout?: number | null;
                /**
                 * @description Words to find users by, 32 at most. A key has 1 to 63 of a-z 0-9 . _ / -, a value at most 128 characters in one line, or none
                 * @example {
                 *       "department": "sales",
                 *       "laptop": ""
                 *     }
                 */
                labels?: {
                    [key: string]: string;
                };
                /**
                 * @description Sessions at once; null: as many as users.max_sessions. A user with a static address has one at most. A change counts from the next dial on.
                 * @example 1
                 */
                maxSessions?: number | null;
                /**
                 * @description 1 to 64 letters, digits and signs of ASCII, without slash and backslash, single parts with spaces between them (RFC 8265, UsernameCaseMapped). Kept as written; unique without regard to case, to the width of letters, and to whether an accent is one piece with its letter
                 * @example anna
                 */
                name: string;
                /**
                 * Format: password
                 * @description 1 to 256 characters. Absent: as it is; of a new user generated, and shown once in the answer
                 */
                password?: string;
                /**
                 * @description From this moment on the client must change the password at the log-in; null: never. Sessions stay up. With its zone
                 * @example 2027-01-01T00:00:00.000Z
                 */
                passwordExpiresAt?: string | null;
                /**
                 * @description The pool of the configuration that the address comes from where there is no static one; null: tunnel.pool. A change counts from the next dial on.
                 * @example guests
                 */
                pool?: string | null;
                /**
                 * @description Bits of inner IP a second to the client; null: unlimited. A change counts at once.
                 * @example 10000000
                 */
                rateDown?: number | null;
                /**
                 * @description Bits of inner IP a second from the client; null: unlimited. A change counts at once.
                 * @example 10000000
                 */
                rateUp?: number | null;
                /** @description Is the password kept readable, as CHAP-MD5 needs it? That is weak. As it is where absent; false for a new user */
                recoverablePassword?: boolean;
                /**
                 * @description Seconds until a session is ended, whatever it does; null: never. A change counts at once.
                 * @example 28800
                 */
                sessionTimeout?: number | null;
                /**
                 * @description The address that this user always gets, one of a pool's; null: one from the pool. A change counts from the next dial on.
                 * @example 10.77.0.50
                 */
                staticAddress?: string | null;
                /**
                 * @description The user may dial from this moment on; null: since ever. A change disconnects whom it no longer allows. With its zone
                 * @example 2027-01-01T00:00:00.000Z
                 */
                validFrom?: string | null;
                /**
                 * @description The user may be connected before this moment; null: for ever. A change disconnects whom it no longer allows. With its zone
                 * @example 2027-01-01T00:00:00.000Z
                 */
                validUntil?: string | null;
                /**
                 * @description One session too many: refuse the new dial, or disconnect the oldest session. A change counts from the next dial on.
                 * @enum {string}
                 */
                whenExceeded?: "deny" | "replace";
            }[];
        };
        /** @description A dial, with its trace */
        Attempt: {
            /**
             * Format: ipv4
             * @description Where from
             * @example 203.0.113.7
             */
            clientAddress: string;
            /** @description How many dials this is: those of one user name and address that were refused with one verdict are one entry, and all other fields are of the latest */
            count: number;
            /**
             * Format: date-time
             * @description null while the dial or its session goes on
             */
            endedAt: string | null;
            /**
             * Format: date-time
             * @description When the first of them began
             */
            firstAt: string;
            /**
             * @description The ID of the dial
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            id: string;
            /** @description When the last of them began, newest first; ten at most */
            lastTimes: string[];
            /**
             * @description The session that came of it
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            sessionId: string | null;
            /** @description From Outgoing-Call-Request to an acknowledged address, in ms; null where it never came to that */
            setupMs: number | null;
            /** Format: date-time */
            startedAt: string;
            trace: {
                /** @description Milliseconds since the Outgoing-Call-Request */
                at: number;
                from: "client" | "server" | "pacd";
                /**
                 * @description pptp, gre, lcp, pap, chap, eap, ccp, ipcp, ipv6cp, ppp or pacd
                 * @example lcp
                 */
                layer: string;
                /**
                 * @description One decoded line, without secrets
                 * @example Configure-Request id=1 mru=1400 magic=0c6f3548
                 */
                text: string;
            }[];
            /**
             * @description The name as the client sent it, escaped; null before it sent one
             * @example anna
             */
            user: string | null;
            /**
             * @description The ID of the user whose name that is; null where it is nobody's
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            userId: string | null;
            /** @description How the dial ended, and why */
            verdict: {
                /**
                 * @description What happened, one sentence
                 * @example The user name or the password is wrong.
                 */
                cause: string;
                /**
                 * @description in-progress until there is one; docs/verdicts.md lists all. Entries that an earlier pacd wrote may have one that this one no longer gives.
                 * @example bad-credentials
                 * @enum {string}
                 */
                code: "protocol-error" | "gre-blocked" | "gre-from-elsewhere" | "lcp-unanswered" | "lcp-not-agreed" | "loop" | "auth-protocol-refused" | "auth-unanswered" | "bad-credentials" | "name-clash" | "too-many-failures" | "no-recoverable-password" | "password-expired" | "password-change-refused" | "user-changed" | "server-not-proven" | "user-disabled" | "user-not-valid" | "outside-hours" | "source-not-allowed" | "too-many-sessions" | "server-full" | "no-address" | "replaced" | "session-timeout" | "idle-timeout" | "address-withdrawn" | "mppe-refused" | "mppe-not-given" | "mppe-renegotiated" | "mppe-desynchronised" | "mppe-over-budget" | "ipcp-not-agreed" | "ipcp-unanswered" | "in-progress" | "connected" | "client-hung-up" | "disconnected-by-administrator" | "control-lost" | "link-lost" | "server-stopped" | "server-failed" | "server-crashed" | "store-unavailable" | "internal-error";
                /**
                 * @description What was seen that led to this verdict
                 * @example The password of anna was wrong (MS-CHAPv2).
                 */
                evidence: string;
                /**
                 * @description What to do
                 * @example Check the user name that the client sent, and set a new password if need be: pacctl user password NAME.
                 */
                remedy: string;
                /**
                 * @description Error numbers that a Windows user may have seen
                 * @example [
                 *       691
                 *     ]
                 */
                windowsErrors: number[];
            };
        };
        /** @description A dial, without its trace */
        AttemptSummary: {
            /**
             * Format: ipv4
             * @description Where from
             * @example 203.0.113.7
             */
            clientAddress: string;
            /** @description How many dials this is: those of one user name and address that were refused with one verdict are one entry, and all other fields are of the latest */
            count: number;
            /**
             * Format: date-time
             * @description null while the dial or its session goes on
             */
            endedAt: string | null;
            /**
             * Format: date-time
             * @description When the first of them began
             */
            firstAt: string;
            /**
             * @description The ID of the dial
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            id: string;
            /** @description When the last of them began, newest first; ten at most */
            lastTimes: string[];
            /**
             * @description The session that came of it
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            sessionId: string | null;
            /** @description From Outgoing-Call-Request to an acknowledged address, in ms; null where it never came to that */
            setupMs: number | null;
            /** Format: date-time */
            startedAt: string;
            /**
             * @description The name as the client sent it, escaped; null before it sent one
             * @example anna
             */
            user: string | null;
            /**
             * @description The ID of the user whose name that is; null where it is nobody's
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            userId: string | null;
            /** @description How the dial ended, and why */
            verdict: {
                /**
                 * @description What happened, one sentence
                 * @example The user name or the password is wrong.
                 */
                cause: string;
                /**
                 * @description in-progress until there is one; docs/verdicts.md lists all. Entries that an earlier pacd wrote may have one that this one no longer gives.
                 * @example bad-credentials
                 * @enum {string}
                 */
                code: "protocol-error" | "gre-blocked" | "gre-from-elsewhere" | "lcp-unanswered" | "lcp-not-agreed" | "loop" | "auth-protocol-refused" | "auth-unanswered" | "bad-credentials" | "name-clash" | "too-many-failures" | "no-recoverable-password" | "password-expired" | "password-change-refused" | "user-changed" | "server-not-proven" | "user-disabled" | "user-not-valid" | "outside-hours" | "source-not-allowed" | "too-many-sessions" | "server-full" | "no-address" | "replaced" | "session-timeout" | "idle-timeout" | "address-withdrawn" | "mppe-refused" | "mppe-not-given" | "mppe-renegotiated" | "mppe-desynchronised" | "mppe-over-budget" | "ipcp-not-agreed" | "ipcp-unanswered" | "in-progress" | "connected" | "client-hung-up" | "disconnected-by-administrator" | "control-lost" | "link-lost" | "server-stopped" | "server-failed" | "server-crashed" | "store-unavailable" | "internal-error";
                /**
                 * @description What was seen that led to this verdict
                 * @example The password of anna was wrong (MS-CHAPv2).
                 */
                evidence: string;
                /**
                 * @description What to do
                 * @example Check the user name that the client sent, and set a new password if need be: pacctl user password NAME.
                 */
                remedy: string;
                /**
                 * @description Error numbers that a Windows user may have seen
                 * @example [
                 *       691
                 *     ]
                 */
                windowsErrors: number[];
            };
        };
        /** @description One page of dials */
        AttemptSummaryList: {
            items: components["schemas"]["AttemptSummary"][];
            /**
             * @description Cursor of the next page; absent on the last
             * @example YW5uYQ
             */
            next?: string;
        };
        /** @description Who did what, to what, from where, when, and how it came out */
        Audit: {
            /**
             * @description The operationId of the route; of pacd itself start, stop, loadConfig, repairHost and so on
             * @example changeUser
             */
            action: string;
            /** @description Who */
            actor: {
                /**
                 * @description Stays when the name changes
                 * @example 1c0e…
                 */
                id: string | null;
                /**
                 * @description nobody: who was not recognised; pacd: the program itself
                 * @enum {string}
                 */
                kind: "administrator" | "token" | "socket" | "nobody" | "pacd";
                /**
                 * @description Of the administrator, the token or the user of this host; of nobody the name that was claimed, if any
                 * @example olga
                 */
                name: string | null;
                /**
                 * @description That this one had: viewer, operator or admin
                 * @example operator
                 */
                role: string | null;
            };
            /**
             * @description The same afterwards; null where nothing is left
             * @example {
             *       "enabled": false
             *     }
             */
            after: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description When; of refusals that are counted, the first
             */
            at: string;
            /**
             * @description What was otherwise before, without secrets; null where there was nothing
             * @example {
             *       "enabled": true
             *     }
             */
            before: {
                [key: string]: unknown;
            } | null;
            /**
             * @description Error code where it was not done
             * @example user-not-found
             */
            code: string | null;
            /** @description How many refusals alike this is; of what was done there is a record each */
            count: number;
            /**
             * @description What came of it, and what else is worth knowing
             * @example {
             *       "sessionsEnded": 1
             *     }
             */
            effects: {
                [key: string]: unknown;
            } | null;
            /** @description From where */
            from: {
                /**
                 * @description IP address; `socket` for the local socket, null for pacd itself
                 * @example 192.0.2.10
                 */
                address: string | null;
                /**
                 * @description Process at the other end of the local socket, where that is known
                 * @example 4711
                 */
                pid: number | null;
            };
            /**
             * @description Of the record
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            id: string;
            /**
             * Format: date-time
             * @description Of refusals that are counted, the last
             */
            lastAt: string;
            /**
             * @description What the answer's header x-request-id and the log call the request
             * @example 9f86d081-2s
             */
            requestId: string | null;
            /**
             * @description refused: it was not to be; failed: it could not be done
             * @enum {string}
             */
            result: "done" | "refused" | "failed";
            /**
             * @description HTTP status of the answer; null for pacd itself
             * @example 200
             */
            status: number | null;
            /** @description To what */
            target: {
                /**
                 * @description Where it has one
                 * @example 0d4f…
                 */
                id: string | null;
                /**
                 * @description user, group, session, lockout, token, administrator, webhook, config, backup, server, host, records and so on
                 * @example user
                 */
                kind: string;
                /**
                 * @description As it was then; of a session, its user's
                 * @example anna
                 */
                name: string | null;
            };
        };
        /** @description One page of records */
        AuditList: {
            items: components["schemas"]["Audit"][];
            /**
             * @description Cursor of the next page; absent on the last
             * @example YW5uYQ
             */
            next?: string;
        };
        /** @description What came of a batch */
        BatchResult: {
            /** @description Rows that changed something */
            changed: number;
            /** @description Rows that added somebody */
            created: number;
            /** @description What it means for who is connected */
            effects: {
                /** @description Sessions that ended by it, or would */
                sessionsEnded: number;
            };
            /** @description Rows that were refused */
            refused: number;
            /** @description Rows that removed somebody */
            removed: number;
            /** @description One for each row, in their order */
            rows: components["schemas"]["BatchRowResult"][];
            /** @description false: nothing was done: a dry run, or a row was refused of all or none */
            stored: boolean;
            /** @description Rows that changed nothing */
            unchanged: number;
        };
        /** @description What came of one row */
        BatchRowResult: {
            /** @description Of a dry run: what would be another */
            changes?: components["schemas"]["FieldChange"][];
            /**
             * @description Why the row was refused; docs/errors.md lists all
             * @enum {string}
             */
            code?: "invalid-request" | "tls-needed" | "invalid-name" | "invalid-password" | "invalid-address" | "invalid-policy" | "invalid-comment" | "invalid-labels" | "group-unknown" | "address-outside-network" | "pool-unknown" | "invalid-webhook-url" | "address-reserved" | "unauthorized" | "log-in-refused" | "forbidden" | "not-found" | "filter-required" | "user-not-found" | "group-not-found" | "session-not-found" | "audit-not-found" | "attempt-not-found" | "administrator-not-found" | "webhook-not-found" | "token-not-found" | "method-not-allowed" | "user-exists" | "administrator-exists" | "last-administrator" | "too-many-administrators" | "too-many-webhooks" | "token-exists" | "too-many-tokens" | "group-exists" | "group-has-members" | "address-taken" | "password-needed" | "changed-meanwhile" | "precondition-required" | "request-in-progress" | "answer-lost" | "idempotency-key-reused" | "backup-running" | "payload-too-large" | "unsupported-media-type" | "reload-refused" | "rate-limited" | "internal" | "unavailable" | "store-unavailable" | "not-yet-written" | "config-unreadable" | "config-syntax" | "config-unknown-key" | "config-wrong-type" | "config-bad-value" | "config-pool-overlap" | "config-pool-empty" | "tls-unusable" | "host-not-root" | "host-no-tun" | "host-no-raw-socket" | "host-no-nft" | "host-nat-refused" | "host-no-forwarding" | "host-no-addon" | "host-no-sqlite" | "pool-overlaps-host" | "address-in-use" | "address-unusable" | "interface-in-use" | "interface-refused" | "state-unusable" | "state-incomplete" | "migration-failed" | "state-elsewhere" | "state-in-use" | "secret-key-mismatch" | "backup-damaged" | "backup-passphrase" | "backup-too-new" | "backup-unwritable" | "state-exists" | "server-unreachable" | "timed-out" | "partly-done" | "ambiguous-id" | "no-token" | "capture-unreadable" | "document-invalid" | "import-unreadable" | "tls-pair-exists" | "usage";
            /**
             * @description The same in one sentence
             * @example There is no pool.
             */
            detail?: string;
            /**
             * @description What came of the row; of a dry run, or where all was taken back, what would have
             * @enum {string}
             */
            did: "created" | "changed" | "unchanged" | "removed" | "refused";
            /**
             * @description Which field of the row it is about
             * @example pool
             */
            field?: string;
            /**
             * @description Of the user; null where there is none, or only would be
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            id: string | null;
            /**
             * @description As the row said it
             * @example anna
             */
            name: string;
            /**
             * @description Only where pacd generated it. Never shown again
             * @example mVxq7Rdt...
             */
            password?: string;
        };
        /** @description Many users, in one transaction */
        BatchUsersBody: {
            /** @description true: all rows or, where one is refused, none. Absent: each row for itself */
            atomic?: boolean;
            /** @description In the order in which they are done */
            rows: {
                /**
                 * @description Where the client may send to, with protocol and ports if need be; empty: anywhere. A change counts at once.
                 * @example [
                 *       "10.0.0.0/8",
                 *       "192.0.2.5 tcp 443,8000-8080"
                 *     ]
                 */
                allowedDestinations?: string[];
                /**
                 * @description Times of the week, in the server's time zone; empty: at any time. A change disconnects whom it no longer allows.
                 * @example [
                 *       "mon-fri 08:00-18:00",
                 *       "sat 22:00-06:00"
                 *     ]
                 */
                allowedHours?: string[];
                /**
                 * @description Networks that the user may dial from; empty: from anywhere. A change disconnects whom it no longer allows.
                 * @example [
                 *       "203.0.113.0/24",
                 *       "198.51.100.7"
                 *     ]
                 */
                allowedSources?: string[];
                /**
                 * @description A remark of administrators: one line, 500 characters at most; empty: none
                 * @example Room 7, until the move
                 */
                comment?: string;
                /**
                 * @description Name servers for the client; null: those of tunnel.dns. A change counts from the next dial on.
                 * @example [
                 *       "10.0.0.53"
                 *     ]
                 */
                dns?: string[] | null;
                /**
                 * @description create adds somebody new; update changes what is said and leaves the rest; put also takes back what is not said, and adds who is missing; remove removes
                 * @enum {string}
                 */
                do: "create" | "put" | "update" | "remove";
                /** @description May this user dial in? A change disconnects whom it no longer allows. */
                enabled?: boolean;
                /**
                 * @description optional: a device without MPPE goes on in clear, which is weak. A change counts from the next dial on.
                 * @enum {string}
                 */
                encryption?: "required" | "optional";
                /**
                 * @description The name of a group, in whatever spelling; null: none. What the user inherits counts as a changed policy does
                 * @example staff
                 */
                group?: string | null;
                /**
                 * @description Seconds that a session may go unused (docs/idle.md) until it is ended; null: never. A change counts at once.
                 * @example 28800
                 */
                idleTimeout?: number | null;
                /** @description What is the user's own no longer: the group decides it again, or nobody */
                inherit?: ("enabled" | "validFrom" | "validUntil" | "allowedHours" | "allowedSources" | "staticAddress" | "pool" | "dns" | "encryption" | "sessionTimeout" | "idleTimeout" | "maxSessions" | "whenExceeded" | "rateUp" | "rateDown" | "allowedDestinations" | "passwordExpiresAt")[];
                /**
                 * @description Words to find users by, 32 at most. A key has 1 to 63 of a-z 0-9 . _ / -, a value at most 128 characters in one line, or none
                 * @example {
                 *       "department": "sales",
                 *       "laptop": ""
                 *     }
                 */
                labels?: {
                    [key: string]: string;
                };
                /**
                 * @description Sessions at once; null: as many as users.max_sessions. A user with a static address has one at most. A change counts from the next dial on.
                 * @example 1
                 */
                maxSessions?: number | null;
                /**
                 * @description Of the user, in whatever spelling
                 * @example anna
                 */
                name: string;
                /**
                 * @description For update: another name
                 * @example anne
                 */
                newName?: string;
                /**
                 * Format: password
                 * @description 1 to 256 characters. Absent: as it is; of a new user generated, and shown once in the answer
                 */
                password?: string;
                /**
                 * @description From this moment on the client must change the password at the log-in; null: never. Sessions stay up. With its zone
                 * @example 2027-01-01T00:00:00.000Z
                 */
                passwordExpiresAt?: string | null;
                /**
                 * @description The pool of the configuration that the address comes from where there is no static one; null: tunnel.pool. A change counts from the next dial on.
                 * @example guests
                 */
                pool?: string | null;
                /**
                 * @description Bits of inner IP a second to the client; null: unlimited. A change counts at once.
                 * @example 10000000
                 */
                rateDown?: number | null;
                /**
                 * @description Bits of inner IP a second from the client; null: unlimited. A change counts at once.
                 * @example 10000000
                 */
                rateUp?: number | null;
                /** @description Is the password kept readable, as CHAP-MD5 needs it? That is weak. As it is where absent; false for a new user */
                recoverablePassword?: boolean;
                /**
                 * @description Seconds until a session is ended, whatever it does; null: never. A change counts at once.
                 * @example 28800
                 */
                sessionTimeout?: number | null;
                /**
                 * @description The address that this user always gets, one of a pool's; null: one from the pool. A change counts from the next dial on.
                 * @example 10.77.0.50
                 */
                staticAddress?: string | null;
                /**
                 * @description The user may dial from this moment on; null: since ever. A change disconnects whom it no longer allows. With its zone
                 * @example 2027-01-01T00:00:00.000Z
                 */
                validFrom?: string | null;
                /**
                 * @description The user may be connected before this moment; null: for ever. A change disconnects whom it no longer allows. With its zone
                 * @example 2027-01-01T00:00:00.000Z
                 */
                validUntil?: string | null;
                /**
                 * @description One session too many: refuse the new dial, or disconnect the oldest session. A change counts from the next dial on.
                 * @enum {string}
                 */
                whenExceeded?: "deny" | "replace";
            }[];
        };
        /** @description A group, and what the change meant for its users */
        ChangedGroup: {
            /**
             * @description Where the client may send to, with protocol and ports if need be; empty: anywhere. A change counts at once. Null: the group does not decide it
             * @example [
             *       "10.0.0.0/8",
             *       "192.0.2.5 tcp 443,8000-8080"
             *     ]
             * @example null
             */
            allowedDestinations: string[] | null;
            /**
             * @description Times of the week, in the server's time zone; empty: at any time. A change disconnects whom it no longer allows. Null: the group does not decide it
             * @example [
             *       "mon-fri 08:00-18:00",
             *       "sat 22:00-06:00"
             *     ]
             * @example null
             */
            allowedHours: string[] | null;
            /**
             * @description Networks that the user may dial from; empty: from anywhere. A change disconnects whom it no longer allows. Null: the group does not decide it
             * @example [
             *       "203.0.113.0/24",
             *       "198.51.100.7"
             *     ]
             * @example null
             */
            allowedSources: string[] | null;
            /**
             * @description A remark of administrators: one line, 500 characters at most; empty: none
             * @example Room 7, until the move
             */
            comment: string;
            /**
             * Format: date-time
             * @description When the group was added
             */
            createdAt: string;
            /**
             * @description Name servers for the client. A change counts from the next dial on. Null: the group does not decide it
             * @example [
             *       "10.0.0.53"
             *     ]
             * @example null
             */
            dns: string[] | null;
            effects: components["schemas"]["GroupEffects"];
            /** @description May this user dial in? A change disconnects whom it no longer allows. Null: the group does not decide it */
            enabled: boolean | null;
            /**
             * @description optional: a device without MPPE goes on in clear, which is weak. A change counts from the next dial on. Null: the group does not decide it
             * @enum {string|null}
             */
            encryption: "required" | "optional" | null;
            /**
             * Format: uuid
             * @description Stays the same when the name is changed
             */
            id: string;
            /**
             * @description Seconds that a session may go unused (docs/idle.md) until it is ended. A change counts at once. Null: the group does not decide it
             * @example 28800
             * @example null
             */
            idleTimeout: number | null;
            /**
             * @description Sessions at once. A user with a static address has one at most. A change counts from the next dial on. Null: the group does not decide it
             * @example 1
             * @example null
             */
            maxSessions: number | null;
            /**
             * @description 1 to 64 characters, as in the name of a user; not "none". Kept as written; unique without regard to case, to the width of letters, and to whether an accent is one piece with its letter
             * @example Contractors
             */
            name: string;
            /**
             * @description The pool of the configuration that the address comes from where there is no static one. A change counts from the next dial on. Null: the group does not decide it
             * @example guests
             * @example null
             */
            pool: string | null;
            /**
             * @description Bits of inner IP a second to the client. A change counts at once. Null: the group does not decide it
             * @example 10000000
             * @example null
             */
            rateDown: number | null;
            /**
             * @description Bits of inner IP a second from the client. A change counts at once. Null: the group does not decide it
             * @example 10000000
             * @example null
             */
            rateUp: number | null;
            /**
             * @description Seconds until a session is ended, whatever it does. A change counts at once. Null: the group does not decide it
             * @example 28800
             * @example null
             */
            sessionTimeout: number | null;
            /**
             * Format: date-time
             * @description When it was last changed
             */
            updatedAt: string;
            /**
             * @description How many users are in it
             * @example 42
             */
            users: number;
            /**
             * Format: date-time
             * @description The user may dial from this moment on. A change disconnects whom it no longer allows. With its zone Null: the group does not decide it
             * @example 2027-01-01T00:00:00.000Z
             * @example null
             */
            validFrom: string | null;
            /**
             * Format: date-time
             * @description The user may be connected before this moment. A change disconnects whom it no longer allows. With its zone Null: the group does not decide it
             * @example 2027-01-01T00:00:00.000Z
             * @example null
             */
            validUntil: string | null;
            /**
             * @description One session too many: refuse the new dial, or disconnect the oldest session. A change counts from the next dial on. Null: the group does not decide it
             * @enum {string|null}
             */
            whenExceeded: "deny" | "replace" | null;
        };
        ChangeGroupBody: {
            /**
             * @description Where the client may send to, with protocol and ports if need be; empty: anywhere. A change counts at once. Null: the group does not decide it
             * @example [
             *       "10.0.0.0/8",
             *       "192.0.2.5 tcp 443,8000-8080"
             *     ]
             * @example null
             */
            allowedDestinations?: string[] | null;
            /**
             * @description Times of the week, in the server's time zone; empty: at any time. A change disconnects whom it no longer allows. Null: the group does not decide it
             * @example [
             *       "mon-fri 08:00-18:00",
             *       "sat 22:00-06:00"
             *     ]
             * @example null
             */
            allowedHours?: string[] | null;
            /**
             * @description Networks that the user may dial from; empty: from anywhere. A change disconnects whom it no longer allows. Null: the group does not decide it
             * @example [
             *       "203.0.113.0/24",
             *       "198.51.100.7"
             *     ]
             * @example null
             */
            allowedSources?: string[] | null;
            /**
             * @description A remark of administrators: one line, 500 characters at most; empty: none
             * @example Room 7, until the move
             */
            comment?: string;
            /**
             * @description Name servers for the client. A change counts from the next dial on. Null: the group does not decide it
             * @example [
             *       "10.0.0.53"
             *     ]
             * @example null
             */
            dns?: string[] | null;
            /** @description May this user dial in? A change disconnects whom it no longer allows. Null: the group does not decide it */
            enabled?: boolean | null;
            /**
             * @description optional: a device without MPPE goes on in clear, which is weak. A change counts from the next dial on. Null: the group does not decide it
             * @enum {string|null}
             */
            encryption?: "required" | "optional" | null;
            /**
             * @description Seconds that a session may go unused (docs/idle.md) until it is ended. A change counts at once. Null: the group does not decide it
             * @example 28800
             * @example null
             */
            idleTimeout?: number | null;
            /**
             * @description Sessions at once. A user with a static address has one at most. A change counts from the next dial on. Null: the group does not decide it
             * @example 1
             * @example null
             */
            maxSessions?: number | null;
            /**
             * @description 1 to 64 characters, as in the name of a user; not "none". Kept as written; unique without regard to case, to the width of letters, and to whether an accent is one piece with its letter
             * @example Contractors
             */
            name?: string;
            /**
             * @description The pool of the configuration that the address comes from where there is no static one. A change counts from the next dial on. Null: the group does not decide it
             * @example guests
             * @example null
             */
            pool?: string | null;
            /**
             * @description Bits of inner IP a second to the client. A change counts at once. Null: the group does not decide it
             * @example 10000000
             * @example null
             */
            rateDown?: number | null;
            /**
             * @description Bits of inner IP a second from the client. A change counts at once. Null: the group does not decide it
             * @example 10000000
             * @example null
             */
            rateUp?: number | null;
            /**
             * @description Seconds until a session is ended, whatever it does. A change counts at once. Null: the group does not decide it
             * @example 28800
             * @example null
             */
            sessionTimeout?: number | null;
            /**
             * @description The user may dial from this moment on. A change disconnects whom it no longer allows. With its zone Null: the group does not decide it
             * @example 2027-01-01T00:00:00.000Z
             * @example null
             */
            validFrom?: string | null;
            /**
             * @description The user may be connected before this moment. A change disconnects whom it no longer allows. With its zone Null: the group does not decide it
             * @example 2027-01-01T00:00:00.000Z
             * @example null
             */
            validUntil?: string | null;
            /**
             * @description One session too many: refuse the new dial, or disconnect the oldest session. A change counts from the next dial on. Null: the group does not decide it
             * @enum {string|null}
             */
            whenExceeded?: "deny" | "replace" | null;
        };
        ChangeGroupMergePatch: {
            /**
             * @description Where the client may send to, with protocol and ports if need be; empty: anywhere. A change counts at once. Null: the group does not decide it
             * @example [
             *       "10.0.0.0/8",
             *       "192.0.2.5 tcp 443,8000-8080"
             *     ]
             * @example null
             */
            allowedDestinations?: string[] | null;
            /**
             * @description Times of the week, in the server's time zone; empty: at any time. A change disconnects whom it no longer allows. Null: the group does not decide it
             * @example [
             *       "mon-fri 08:00-18:00",
             *       "sat 22:00-06:00"
             *     ]
             * @example null
             */
            allowedHours?: string[] | null;
            /**
             * @description Networks that the user may dial from; empty: from anywhere. A change disconnects whom it no longer allows. Null: the group does not decide it
             * @example [
             *       "203.0.113.0/24",
             *       "198.51.100.7"
             *     ]
             * @example null
             */
            allowedSources?: string[] | null;
            /**
             * @description A remark of administrators: one line, 500 characters at most; empty: none
             * @example Room 7, until the move
             */
            comment?: string | null;
            /**
             * @description Name servers for the client. A change counts from the next dial on. Null: the group does not decide it
             * @example [
             *       "10.0.0.53"
             *     ]
             * @example null
             */
            dns?: string[] | null;
            /** @description May this user dial in? A change disconnects whom it no longer allows. Null: the group does not decide it */
            enabled?: boolean | null;
            /**
             * @description optional: a device without MPPE goes on in clear, which is weak. A change counts from the next dial on. Null: the group does not decide it
             * @enum {string|null}
             */
            encryption?: "required" | "optional" | null;
            /**
             * @description Seconds that a session may go unused (docs/idle.md) until it is ended. A change counts at once. Null: the group does not decide it
             * @example 28800
             * @example null
             */
            idleTimeout?: number | null;
            /**
             * @description Sessions at once. A user with a static address has one at most. A change counts from the next dial on. Null: the group does not decide it
             * @example 1
             * @example null
             */
            maxSessions?: number | null;
            /**
             * @description 1 to 64 characters, as in the name of a user; not "none". Kept as written; unique without regard to case, to the width of letters, and to whether an accent is one piece with its letter
             * @example Contractors
             */
            name?: string;
            /**
             * @description The pool of the configuration that the address comes from where there is no static one. A change counts from the next dial on. Null: the group does not decide it
             * @example guests
             * @example null
             */
            pool?: string | null;
            /**
             * @description Bits of inner IP a second to the client. A change counts at once. Null: the group does not decide it
             * @example 10000000
             * @example null
             */
            rateDown?: number | null;
            /**
             * @description Bits of inner IP a second from the client. A change counts at once. Null: the group does not decide it
             * @example 10000000
             * @example null
             */
            rateUp?: number | null;
            /**
             * @description Seconds until a session is ended, whatever it does. A change counts at once. Null: the group does not decide it
             * @example 28800
             * @example null
             */
            sessionTimeout?: number | null;
            /**
             * @description The user may dial from this moment on. A change disconnects whom it no longer allows. With its zone Null: the group does not decide it
             * @example 2027-01-01T00:00:00.000Z
             * @example null
             */
            validFrom?: string | null;
            /**
             * @description The user may be connected before this moment. A change disconnects whom it no longer allows. With its zone Null: the group does not decide it
             * @example 2027-01-01T00:00:00.000Z
             * @example null
             */
            validUntil?: string | null;
            /**
             * @description One session too many: refuse the new dial, or disconnect the oldest session. A change counts from the next dial on. Null: the group does not decide it
             * @enum {string|null}
             */
            whenExceeded?: "deny" | "replace" | null;
        };
        /** @description The answer; of a dry run, what would happen */
        ChangeUserAnswer: components["schemas"]["User"] | components["schemas"]["WritePlan"];
        ChangeUserBody: {
            /**
             * @description Where the client may send to, with protocol and ports if need be; empty: anywhere. A change counts at once.
             * @example [
             *       "10.0.0.0/8",
             *       "192.0.2.5 tcp 443,8000-8080"
             *     ]
             */
            allowedDestinations?: string[];
            /**
             * @description Times of the week, in the server's time zone; empty: at any time. A change disconnects whom it no longer allows.
             * @example [
             *       "mon-fri 08:00-18:00",
             *       "sat 22:00-06:00"
             *     ]
             */
            allowedHours?: string[];
            /**
             * @description Networks that the user may dial from; empty: from anywhere. A change disconnects whom it no longer allows.
             * @example [
             *       "203.0.113.0/24",
             *       "198.51.100.7"
             *     ]
             */
            allowedSources?: string[];
            /**
             * @description A remark of administrators: one line, 500 characters at most; empty: none
             * @example Room 7, until the move
             */
            comment?: string;
            /**
             * @description Name servers for the client; null: those of tunnel.dns. A change counts from the next dial on.
             * @example [
             *       "10.0.0.53"
             *     ]
             */
            dns?: string[] | null;
            /** @description May this user dial in? A change disconnects whom it no longer allows. */
            enabled?: boolean;
            /**
             * @description optional: a device without MPPE goes on in clear, which is weak. A change counts from the next dial on.
             * @enum {string}
             */
            encryption?: "required" | "optional";
            /**
             * @description The name of a group, in whatever spelling; null: none. What the user inherits counts as a changed policy does
             * @example staff
             */
            group?: string | null;
            /**
             * @description Seconds that a session may go unused (docs/idle.md) until it is ended; null: never. A change counts at once.
             * @example 28800
             */
            idleTimeout?: number | null;
            /** @description What is the user's own no longer: the group decides it again, or nobody */
            inherit?: ("enabled" | "validFrom" | "validUntil" | "allowedHours" | "allowedSources" | "staticAddress" | "pool" | "dns" | "encryption" | "sessionTimeout" | "idleTimeout" | "maxSessions" | "whenExceeded" | "rateUp" | "rateDown" | "allowedDestinations" | "passwordExpiresAt")[];
            /**
             * @description Words to find users by, 32 at most. A key has 1 to 63 of a-z 0-9 . _ / -, a value at most 128 characters in one line, or none
             * @example {
             *       "department": "sales",
             *       "laptop": ""
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * @description Sessions at once; null: as many as users.max_sessions. A user with a static address has one at most. A change counts from the next dial on.
             * @example 1
             */
            maxSessions?: number | null;
            /**
             * @description 1 to 64 letters, digits and signs of ASCII, without slash and backslash, single parts with spaces between them (RFC 8265, UsernameCaseMapped). Kept as written; unique without regard to case, to the width of letters, and to whether an accent is one piece with its letter
             * @example anna
             */
            name?: string;
            /**
             * @description From this moment on the client must change the password at the log-in; null: never. Sessions stay up. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            passwordExpiresAt?: string | null;
            /**
             * @description The pool of the configuration that the address comes from where there is no static one; null: tunnel.pool. A change counts from the next dial on.
             * @example guests
             */
            pool?: string | null;
            /**
             * @description Bits of inner IP a second to the client; null: unlimited. A change counts at once.
             * @example 10000000
             */
            rateDown?: number | null;
            /**
             * @description Bits of inner IP a second from the client; null: unlimited. A change counts at once.
             * @example 10000000
             */
            rateUp?: number | null;
            /** @description Is the password kept readable, as CHAP-MD5 needs it? That is weak. false forgets it; true only where it is already, otherwise set a new password */
            recoverablePassword?: boolean;
            /**
             * @description Seconds until a session is ended, whatever it does; null: never. A change counts at once.
             * @example 28800
             */
            sessionTimeout?: number | null;
            /**
             * @description The address that this user always gets, one of a pool's; null: one from the pool. A change counts from the next dial on.
             * @example 10.77.0.50
             */
            staticAddress?: string | null;
            /**
             * @description The user may dial from this moment on; null: since ever. A change disconnects whom it no longer allows. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            validFrom?: string | null;
            /**
             * @description The user may be connected before this moment; null: for ever. A change disconnects whom it no longer allows. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            validUntil?: string | null;
            /**
             * @description One session too many: refuse the new dial, or disconnect the oldest session. A change counts from the next dial on.
             * @enum {string}
             */
            whenExceeded?: "deny" | "replace";
        };
        ChangeUserMergePatch: {
            /**
             * @description Where the client may send to, with protocol and ports if need be; empty: anywhere. A change counts at once.
             * @example [
             *       "10.0.0.0/8",
             *       "192.0.2.5 tcp 443,8000-8080"
             *     ]
             */
            allowedDestinations?: string[] | null;
            /**
             * @description Times of the week, in the server's time zone; empty: at any time. A change disconnects whom it no longer allows.
             * @example [
             *       "mon-fri 08:00-18:00",
             *       "sat 22:00-06:00"
             *     ]
             */
            allowedHours?: string[] | null;
            /**
             * @description Networks that the user may dial from; empty: from anywhere. A change disconnects whom it no longer allows.
             * @example [
             *       "203.0.113.0/24",
             *       "198.51.100.7"
             *     ]
             */
            allowedSources?: string[] | null;
            /**
             * @description A remark of administrators: one line, 500 characters at most; empty: none
             * @example Room 7, until the move
             */
            comment?: string | null;
            /**
             * @description Name servers for the client; null: those of tunnel.dns. A change counts from the next dial on.
             * @example [
             *       "10.0.0.53"
             *     ]
             */
            dns?: string[] | null;
            /** @description May this user dial in? A change disconnects whom it no longer allows. */
            enabled?: boolean | null;
            /**
             * @description optional: a device without MPPE goes on in clear, which is weak. A change counts from the next dial on.
             * @enum {string|null}
             */
            encryption?: "required" | "optional" | null;
            /**
             * @description The name of a group, in whatever spelling; null: none. What the user inherits counts as a changed policy does
             * @example staff
             */
            group?: string | null;
            /**
             * @description Seconds that a session may go unused (docs/idle.md) until it is ended; null: never. A change counts at once.
             * @example 28800
             */
            idleTimeout?: number | null;
            /** @description What is the user's own no longer: the group decides it again, or nobody */
            inherit?: ("enabled" | "validFrom" | "validUntil" | "allowedHours" | "allowedSources" | "staticAddress" | "pool" | "dns" | "encryption" | "sessionTimeout" | "idleTimeout" | "maxSessions" | "whenExceeded" | "rateUp" | "rateDown" | "allowedDestinations" | "passwordExpiresAt")[];
            /**
             * @description Words to find users by, 32 at most. A key has 1 to 63 of a-z 0-9 . _ / -, a value at most 128 characters in one line, or none. What is not named stays; null takes one away
             * @example {
             *       "department": "sales"
             *     }
             */
            labels?: {
                [key: string]: string | null;
            } | null;
            /**
             * @description Sessions at once; null: as many as users.max_sessions. A user with a static address has one at most. A change counts from the next dial on.
             * @example 1
             */
            maxSessions?: number | null;
            /**
             * @description 1 to 64 letters, digits and signs of ASCII, without slash and backslash, single parts with spaces between them (RFC 8265, UsernameCaseMapped). Kept as written; unique without regard to case, to the width of letters, and to whether an accent is one piece with its letter
             * @example anna
             */
            name?: string;
            /**
             * @description From this moment on the client must change the password at the log-in; null: never. Sessions stay up. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            passwordExpiresAt?: string | null;
            /**
             * @description The pool of the configuration that the address comes from where there is no static one; null: tunnel.pool. A change counts from the next dial on.
             * @example guests
             */
            pool?: string | null;
            /**
             * @description Bits of inner IP a second to the client; null: unlimited. A change counts at once.
             * @example 10000000
             */
            rateDown?: number | null;
            /**
             * @description Bits of inner IP a second from the client; null: unlimited. A change counts at once.
             * @example 10000000
             */
            rateUp?: number | null;
            /** @description Is the password kept readable, as CHAP-MD5 needs it? That is weak. false forgets it; true only where it is already, otherwise set a new password */
            recoverablePassword?: boolean | null;
            /**
             * @description Seconds until a session is ended, whatever it does; null: never. A change counts at once.
             * @example 28800
             */
            sessionTimeout?: number | null;
            /**
             * @description The address that this user always gets, one of a pool's; null: one from the pool. A change counts from the next dial on.
             * @example 10.77.0.50
             */
            staticAddress?: string | null;
            /**
             * @description The user may dial from this moment on; null: since ever. A change disconnects whom it no longer allows. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            validFrom?: string | null;
            /**
             * @description The user may be connected before this moment; null: for ever. A change disconnects whom it no longer allows. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            validUntil?: string | null;
            /**
             * @description One session too many: refuse the new dial, or disconnect the oldest session. A change counts from the next dial on.
             * @enum {string|null}
             */
            whenExceeded?: "deny" | "replace" | null;
        };
        CheckConfigBody: {
            /**
             * @description The document; without it the server's own file is looked at
             * @example [tunnel]
             *     mtu = 1400
             */
            toml?: string;
        };
        /** @description The configuration with which pacd runs; it holds no secret */
        Config: {
            /**
             * @description Why the file cannot be used as it is now, a line for each fault; null: it can
             * @example null
             */
            fault: string | null;
            /**
             * @description The configuration; null: the built-in defaults
             * @example /etc/pacd/pacd.toml
             */
            file: string | null;
            /** @description Every key, in the order of the example file */
            keys: {
                /**
                 * @description When a change counts: at once, for whoever dials from then on, or only after a restart of pacd
                 * @enum {string}
                 */
                counts: "now" | "next-dial" | "restart";
                /** @description What the file says by now, where that is something else; null: the same */
                inFile: (string | number | boolean | (string | number)[]) | null;
                /**
                 * @description As the file has it
                 * @example tunnel.mtu
                 * @example pools.guests
                 */
                key: string;
                /** @description Where in the file; null: nowhere, or the file has changed since */
                line: number | null;
                /**
                 * @description Whether the file says so
                 * @enum {string}
                 */
                origin: "file" | "default";
                /** @description What counts now, as it would be written in the file */
                value: string | number | boolean | (string | number)[];
            }[];
        };
        /** @description What would come of a configuration */
        ConfigCheck: {
            /** @description What differs from what counts now; none where there are faults */
            changes: {
                /**
                 * @description When a change counts: at once, for whoever dials from then on, or only after a restart of pacd
                 * @enum {string}
                 */
                counts: "now" | "next-dial" | "restart";
                /** @description What counts now; null: the key is not there */
                from: (string | number | boolean | (string | number)[]) | null;
                /**
                 * @description As the file has it
                 * @example tunnel.mtu
                 * @example pools.guests
                 */
                key: string;
                /** @description What the document says; null: the key is not there */
                to: (string | number | boolean | (string | number)[]) | null;
            }[];
            /** @description None: pacd would take it */
            faults: {
                /**
                 * @description As a start would be refused; docs/errors.md lists all
                 * @enum {string}
                 */
                code: "invalid-request" | "tls-needed" | "invalid-name" | "invalid-password" | "invalid-address" | "invalid-policy" | "invalid-comment" | "invalid-labels" | "group-unknown" | "address-outside-network" | "pool-unknown" | "invalid-webhook-url" | "address-reserved" | "unauthorized" | "log-in-refused" | "forbidden" | "not-found" | "filter-required" | "user-not-found" | "group-not-found" | "session-not-found" | "audit-not-found" | "attempt-not-found" | "administrator-not-found" | "webhook-not-found" | "token-not-found" | "method-not-allowed" | "user-exists" | "administrator-exists" | "last-administrator" | "too-many-administrators" | "too-many-webhooks" | "token-exists" | "too-many-tokens" | "group-exists" | "group-has-members" | "address-taken" | "password-needed" | "changed-meanwhile" | "precondition-required" | "request-in-progress" | "answer-lost" | "idempotency-key-reused" | "backup-running" | "payload-too-large" | "unsupported-media-type" | "reload-refused" | "rate-limited" | "internal" | "unavailable" | "store-unavailable" | "not-yet-written" | "config-unreadable" | "config-syntax" | "config-unknown-key" | "config-wrong-type" | "config-bad-value" | "config-pool-overlap" | "config-pool-empty" | "tls-unusable" | "host-not-root" | "host-no-tun" | "host-no-raw-socket" | "host-no-nft" | "host-nat-refused" | "host-no-forwarding" | "host-no-addon" | "host-no-sqlite" | "pool-overlaps-host" | "address-in-use" | "address-unusable" | "interface-in-use" | "interface-refused" | "state-unusable" | "state-incomplete" | "migration-failed" | "state-elsewhere" | "state-in-use" | "secret-key-mismatch" | "backup-damaged" | "backup-passphrase" | "backup-too-new" | "backup-unwritable" | "state-exists" | "server-unreachable" | "timed-out" | "partly-done" | "ambiguous-id" | "no-token" | "capture-unreadable" | "document-invalid" | "import-unreadable" | "tls-pair-exists" | "usage";
                /**
                 * @description Null: it is no TOML
                 * @example tunnel.mtu
                 */
                key: string | null;
                /** @description From 1 */
                line: number;
                /**
                 * @description What is wrong, to follow the key
                 * @example must be a whole number from 576 to 1456, and is 9000
                 */
                says: string;
            }[];
            /**
             * @description The configuration; null: the built-in defaults
             * @example /etc/pacd/pacd.toml
             */
            file: string | null;
        };
        CreateGroupBody: {
            /**
             * @description Where the client may send to, with protocol and ports if need be; empty: anywhere. A change counts at once. Null: the group does not decide it
             * @example [
             *       "10.0.0.0/8",
             *       "192.0.2.5 tcp 443,8000-8080"
             *     ]
             * @example null
             */
            allowedDestinations?: string[] | null;
            /**
             * @description Times of the week, in the server's time zone; empty: at any time. A change disconnects whom it no longer allows. Null: the group does not decide it
             * @example [
             *       "mon-fri 08:00-18:00",
             *       "sat 22:00-06:00"
             *     ]
             * @example null
             */
            allowedHours?: string[] | null;
            /**
             * @description Networks that the user may dial from; empty: from anywhere. A change disconnects whom it no longer allows. Null: the group does not decide it
             * @example [
             *       "203.0.113.0/24",
             *       "198.51.100.7"
             *     ]
             * @example null
             */
            allowedSources?: string[] | null;
            /**
             * @description A remark of administrators: one line, 500 characters at most; empty: none
             * @example Room 7, until the move
             */
            comment?: string;
            /**
             * @description Name servers for the client. A change counts from the next dial on. Null: the group does not decide it
             * @example [
             *       "10.0.0.53"
             *     ]
             * @example null
             */
            dns?: string[] | null;
            /** @description May this user dial in? A change disconnects whom it no longer allows. Null: the group does not decide it */
            enabled?: boolean | null;
            /**
             * @description optional: a device without MPPE goes on in clear, which is weak. A change counts from the next dial on. Null: the group does not decide it
             * @enum {string|null}
             */
            encryption?: "required" | "optional" | null;
            /**
             * @description Seconds that a session may go unused (docs/idle.md) until it is ended. A change counts at once. Null: the group does not decide it
             * @example 28800
             * @example null
             */
            idleTimeout?: number | null;
            /**
             * @description Sessions at once. A user with a static address has one at most. A change counts from the next dial on. Null: the group does not decide it
             * @example 1
             * @example null
             */
            maxSessions?: number | null;
            /**
             * @description 1 to 64 characters, as in the name of a user; not "none". Kept as written; unique without regard to case, to the width of letters, and to whether an accent is one piece with its letter
             * @example Contractors
             */
            name: string;
            /**
             * @description The pool of the configuration that the address comes from where there is no static one. A change counts from the next dial on. Null: the group does not decide it
             * @example guests
             * @example null
             */
            pool?: string | null;
            /**
             * @description Bits of inner IP a second to the client. A change counts at once. Null: the group does not decide it
             * @example 10000000
             * @example null
             */
            rateDown?: number | null;
            /**
             * @description Bits of inner IP a second from the client. A change counts at once. Null: the group does not decide it
             * @example 10000000
             * @example null
             */
            rateUp?: number | null;
            /**
             * @description Seconds until a session is ended, whatever it does. A change counts at once. Null: the group does not decide it
             * @example 28800
             * @example null
             */
            sessionTimeout?: number | null;
            /**
             * @description The user may dial from this moment on. A change disconnects whom it no longer allows. With its zone Null: the group does not decide it
             * @example 2027-01-01T00:00:00.000Z
             * @example null
             */
            validFrom?: string | null;
            /**
             * @description The user may be connected before this moment. A change disconnects whom it no longer allows. With its zone Null: the group does not decide it
             * @example 2027-01-01T00:00:00.000Z
             * @example null
             */
            validUntil?: string | null;
            /**
             * @description One session too many: refuse the new dial, or disconnect the oldest session. A change counts from the next dial on. Null: the group does not decide it
             * @enum {string|null}
             */
            whenExceeded?: "deny" | "replace" | null;
        };
        CreateUserBody: {
            /**
             * @description Where the client may send to, with protocol and ports if need be; empty: anywhere. A change counts at once.
             * @example [
             *       "10.0.0.0/8",
             *       "192.0.2.5 tcp 443,8000-8080"
             *     ]
             */
            allowedDestinations?: string[];
            /**
             * @description Times of the week, in the server's time zone; empty: at any time. A change disconnects whom it no longer allows.
             * @example [
             *       "mon-fri 08:00-18:00",
             *       "sat 22:00-06:00"
             *     ]
             */
            allowedHours?: string[];
            /**
             * @description Networks that the user may dial from; empty: from anywhere. A change disconnects whom it no longer allows.
             * @example [
             *       "203.0.113.0/24",
             *       "198.51.100.7"
             *     ]
             */
            allowedSources?: string[];
            /**
             * @description A remark of administrators: one line, 500 characters at most; empty: none
             * @example Room 7, until the move
             */
            comment?: string;
            /**
             * @description Name servers for the client; null: those of tunnel.dns. A change counts from the next dial on.
             * @example [
             *       "10.0.0.53"
             *     ]
             */
            dns?: string[] | null;
            /** @description May this user dial in? A change disconnects whom it no longer allows. */
            enabled?: boolean;
            /**
             * @description optional: a device without MPPE goes on in clear, which is weak. A change counts from the next dial on.
             * @enum {string}
             */
            encryption?: "required" | "optional";
            /**
             * @description The name of a group, in whatever spelling; null: none. What the user inherits counts as a changed policy does
             * @example staff
             */
            group?: string | null;
            /**
             * @description Seconds that a session may go unused (docs/idle.md) until it is ended; null: never. A change counts at once.
             * @example 28800
             */
            idleTimeout?: number | null;
            /**
             * @description Words to find users by, 32 at most. A key has 1 to 63 of a-z 0-9 . _ / -, a value at most 128 characters in one line, or none
             * @example {
             *       "department": "sales",
             *       "laptop": ""
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * @description Sessions at once; null: as many as users.max_sessions. A user with a static address has one at most. A change counts from the next dial on.
             * @example 1
             */
            maxSessions?: number | null;
            /**
             * @description 1 to 64 letters, digits and signs of ASCII, without slash and backslash, single parts with spaces between them (RFC 8265, UsernameCaseMapped). Kept as written; unique without regard to case, to the width of letters, and to whether an accent is one piece with its letter
             * @example anna
             */
            name: string;
            /**
             * Format: password
             * @description 1 to 256 characters. Absent: generated and shown once in the answer
             */
            password?: string;
            /**
             * @description From this moment on the client must change the password at the log-in; null: never. Sessions stay up. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            passwordExpiresAt?: string | null;
            /**
             * @description The pool of the configuration that the address comes from where there is no static one; null: tunnel.pool. A change counts from the next dial on.
             * @example guests
             */
            pool?: string | null;
            /**
             * @description Bits of inner IP a second to the client; null: unlimited. A change counts at once.
             * @example 10000000
             */
            rateDown?: number | null;
            /**
             * @description Bits of inner IP a second from the client; null: unlimited. A change counts at once.
             * @example 10000000
             */
            rateUp?: number | null;
            /** @description Is the password kept readable, as CHAP-MD5 needs it? That is weak. false where absent */
            recoverablePassword?: boolean;
            /**
             * @description Seconds until a session is ended, whatever it does; null: never. A change counts at once.
             * @example 28800
             */
            sessionTimeout?: number | null;
            /**
             * @description The address that this user always gets, one of a pool's; null: one from the pool. A change counts from the next dial on.
             * @example 10.77.0.50
             */
            staticAddress?: string | null;
            /**
             * @description The user may dial from this moment on; null: since ever. A change disconnects whom it no longer allows. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            validFrom?: string | null;
            /**
             * @description The user may be connected before this moment; null: for ever. A change disconnects whom it no longer allows. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            validUntil?: string | null;
            /**
             * @description One session too many: refuse the new dial, or disconnect the oldest session. A change counts from the next dial on.
             * @enum {string}
             */
            whenExceeded?: "deny" | "replace";
        };
        /** @description What a write means for who is connected */
        Effects: {
            /**
             * @description Of a group: for changed fields that were decided for some of its users, how many these are. The change means nothing for them
             * @example {
             *       "rateUp": 2
             *     }
             */
            overridden?: {
                [key: string]: number;
            };
            /**
             * @description Of a group: users who are in none by it
             * @example 42
             */
            released?: number;
            /**
             * @description Sessions that end by it
             * @example 3
             */
            sessionsEnded: number;
        };
        /** @description Sessions that were ended, or would be */
        EndedSessions: {
            /** @description How many */
            count: number;
            /** @description Would they be ended, or are they? */
            dryRun: boolean;
            /** @description Which, oldest first, as they were */
            items: components["schemas"]["Session"][];
        };
        /** @description Something that happened */
        Event: {
            /**
             * Format: date-time
             * @description When it happened
             */
            at: string;
            /** @description A session came up */
            data: {
                /**
                 * @description Its address inside the tunnel
                 * @example 10.77.0.10
                 */
                assignedAddress: string;
                /** @description ID of its dial: GET /attempts/{id} has the trace */
                attempt: string;
                /**
                 * @description Where the client dialled from
                 * @example 203.0.113.7
                 */
                clientAddress: string;
                /**
                 * Format: date-time
                 * @description When it came up
                 */
                connectedAt: string;
                /**
                 * @description As in Session
                 * @example mppe-128-stateless
                 */
                encryption: string;
                /**
                 * @description The user's group; null: in none
                 * @example staff
                 */
                group: string | null;
                /** @description Of these, from the user's name to the log-in that was accepted; null: unknown */
                logInMs: number | null;
                /**
                 * @description tunnel.pool, or the name under [pools]; null: the address lies in none
                 * @example tunnel.pool
                 */
                pool: string | null;
                /** @description ID of the session */
                session: string;
                /** @description Milliseconds from the call request to the address */
                setupMs: number;
                /**
                 * @description The user's name
                 * @example anna
                 */
                user: string;
                /** @description The user's ID, which stays when the name is changed */
                userId: string;
            };
            /** @description Higher than that of every event before */
            id: number;
            /**
             * @description What happened
             * @enum {string}
             */
            type: "session-up";
        } | {
            /**
             * Format: date-time
             * @description When it happened
             */
            at: string;
            /** @description A session is over */
            data: {
                /**
                 * @description Its address inside the tunnel
                 * @example 10.77.0.10
                 */
                assignedAddress: string;
                /** @description ID of its dial: GET /attempts/{id} has the trace */
                attempt: string;
                /**
                 * @description Where the client dialled from
                 * @example 203.0.113.7
                 */
                clientAddress: string;
                /**
                 * Format: date-time
                 * @description When it came up
                 */
                connectedAt: string;
                /** @description How long it was up */
                durationSeconds: number;
                /** @description What was seen that led to the verdict */
                evidence: string;
                /**
                 * @description The user's group; null: in none
                 * @example staff
                 */
                group: string | null;
                /**
                 * @description tunnel.pool, or the name under [pools]; null: the address lies in none
                 * @example tunnel.pool
                 */
                pool: string | null;
                /** @description Inner octets from the client */
                rxBytes: number;
                /** @description Inner packets from the client */
                rxPackets: number;
                /** @description ID of the session */
                session: string;
                /** @description Inner octets to the client */
                txBytes: number;
                /** @description Inner packets to the client */
                txPackets: number;
                /**
                 * @description The user's name
                 * @example anna
                 */
                user: string;
                /** @description The user's ID, which stays when the name is changed */
                userId: string;
                /**
                 * @description Why it ended: a code of docs/verdicts.md
                 * @example client-hung-up
                 */
                verdict: string;
            };
            /** @description Higher than that of every event before */
            id: number;
            /**
             * @description What happened
             * @enum {string}
             */
            type: "session-down";
        } | {
            /**
             * Format: date-time
             * @description When it happened
             */
            at: string;
            /** @description A dial failed, or several alike */
            data: {
                /** @description ID of the dial, the latest of those that are told here */
                attempt: string;
                /**
                 * @description Where the client dialled from
                 * @example 203.0.113.7
                 */
                clientAddress: string;
                /** @description Dials of this name and address with this verdict that are told here */
                count: number;
                /** @description What was seen that led to the verdict */
                evidence: string;
                /** @description Other dials that failed since the last such event and are told by none */
                leftOut: number;
                /** @description The name as the client sent it; null: it sent none */
                user: string | null;
                /** @description Whose name that is; null: nobody's */
                userId: string | null;
                /**
                 * @description Why it failed: a code of docs/verdicts.md
                 * @example bad-credentials
                 */
                verdict: string;
            };
            /** @description Higher than that of every event before */
            id: number;
            /**
             * @description What happened
             * @enum {string}
             */
            type: "dial-failed";
        } | {
            /**
             * Format: date-time
             * @description When it happened
             */
            at: string;
            /** @description So many wrong log-ins came that the next ones are refused for a while */
            data: {
                /**
                 * @description Where the last one came from, or the network
                 * @example 203.0.113.7
                 */
                address: string;
                /** @description Wrong log-ins that count */
                failures: number;
                /**
                 * @description Whose wrong log-ins: one user's from one address, one user's, or all from there
                 * @enum {string}
                 */
                kind: "user-address" | "user" | "address" | "network";
                /** @description Others that began to be slowed since the last such event and are told by none */
                leftOut: number;
                /** @description The name of the last one, as it was sent */
                user: string;
                /** @description Whose name that is; null: nobody's */
                userId: string | null;
            };
            /** @description Higher than that of every event before */
            id: number;
            /**
             * @description What happened
             * @enum {string}
             */
            type: "guessing-slowed";
        } | {
            /**
             * Format: date-time
             * @description When it happened
             */
            at: string;
            /** @description Something is wrong from now on */
            data: {
                /**
                 * @description A code of docs/conditions.md
                 * @example pool-exhausted
                 */
                code: string;
                /** @description May clients be sent here all the same? */
                ready: boolean;
                /** @description What was seen and what to do */
                sentence: string;
                /** @description Which of several, such as a pool's name; empty: one only */
                subject: string;
            };
            /** @description Higher than that of every event before */
            id: number;
            /**
             * @description What happened
             * @enum {string}
             */
            type: "condition-raised";
        } | {
            /**
             * Format: date-time
             * @description When it happened
             */
            at: string;
            /** @description It is over */
            data: {
                /**
                 * @description A code of docs/conditions.md
                 * @example pool-exhausted
                 */
                code: string;
                /** @description How long it held */
                lastedSeconds: number;
                /** @description Which of several, such as a pool's name; empty: one only */
                subject: string;
            };
            /** @description Higher than that of every event before */
            id: number;
            /**
             * @description What happened
             * @enum {string}
             */
            type: "condition-cleared";
        } | {
            /**
             * Format: date-time
             * @description When it happened
             */
            at: string;
            /** @description The configuration was read again */
            data: {
                /** @description What differs from before, key by key */
                changes: {
                    /**
                     * @description When it counts: now, next-dial, or restart
                     * @example now
                     */
                    counts: string;
                    /** @description As the file would have it; null: it was not there */
                    from: string | null;
                    /**
                     * @description The key
                     * @example log.level
                     */
                    key: string;
                    /** @description As the file would have it; null: it is gone */
                    to: string | null;
                }[];
                /** @description The file that was read; null: pacd runs without one */
                file: string | null;
                /** @description Sessions that ended, since their addresses are in no pool any more */
                sessionsEnded: number;
            };
            /** @description Higher than that of every event before */
            id: number;
            /**
             * @description What happened
             * @enum {string}
             */
            type: "config-loaded";
        } | {
            /**
             * Format: date-time
             * @description When it happened
             */
            at: string;
            /** @description Few addresses of a pool are left */
            data: {
                /** @description Addresses that are left for the next dials */
                free: number;
                /**
                 * @description tunnel.pool, or the name under [pools]
                 * @example tunnel.pool
                 */
                pool: string;
                /** @description It is told where no more than so many are free */
                threshold: number;
                /** @description Those of the pool that belong to no user */
                total: number;
            };
            /** @description Higher than that of every event before */
            id: number;
            /**
             * @description What happened
             * @enum {string}
             */
            type: "pool-nearly-empty";
        } | {
            /**
             * Format: date-time
             * @description When it happened
             */
            at: string;
            /** @description An administrator did something, or pacd by itself */
            data: {
                /**
                 * @description What was done
                 * @example createUser
                 */
                action: string;
                /** @description Who did it */
                actor: string;
                /**
                 * @description administrator, token, socket, or pacd itself
                 * @example administrator
                 */
                actorKind: string;
                /** @description Where the request came from; null: pacd did it itself */
                address: string | null;
                /** @description ID of the record in the audit: GET /audit/{id} has all of it */
                audit: string;
                /**
                 * @description done, refused or failed; where it was not done, with the code of the error
                 * @example done
                 */
                result: string;
                /**
                 * @description Its name; null: it has none
                 * @example anna
                 */
                target: string | null;
                /**
                 * @description What it was done to; null: nothing
                 * @example user
                 */
                targetKind: string | null;
            };
            /** @description Higher than that of every event before */
            id: number;
            /**
             * @description What happened
             * @enum {string}
             */
            type: "admin-action";
        } | {
            /**
             * Format: date-time
             * @description When it happened
             */
            at: string;
            /** @description How many are lost */
            data: {
                /** @description How many */
                lost: number;
            };
            /** @description Higher than that of every event before */
            id: number;
            /**
             * @description Events are lost
             * @enum {string}
             */
            type: "gap";
        };
        /** @description One page of events, the oldest first */
        EventList: {
            items: components["schemas"]["Event"][];
            /**
             * @description Cursor of the next page; absent on the last
             * @example YW5uYQ
             */
            next?: string;
        };
        /** @description A field that would be another */
        FieldChange: {
            /**
             * @description Which field
             * @example rateDown
             */
            field: string;
            /** @description As it is; null where there is nothing. A password is never shown */
            from: unknown;
            /** @description As it would be */
            to: unknown;
        };
        /** @description An OpenAPI 3.1 document */
        GetOpenApiAnswer: {
            [key: string]: unknown;
        };
        /** @description A policy that its users have wherever nothing was decided for them */
        Group: {
            /**
             * @description Where the client may send to, with protocol and ports if need be; empty: anywhere. A change counts at once. Null: the group does not decide it
             * @example [
             *       "10.0.0.0/8",
             *       "192.0.2.5 tcp 443,8000-8080"
             *     ]
             * @example null
             */
            allowedDestinations: string[] | null;
            /**
             * @description Times of the week, in the server's time zone; empty: at any time. A change disconnects whom it no longer allows. Null: the group does not decide it
             * @example [
             *       "mon-fri 08:00-18:00",
             *       "sat 22:00-06:00"
             *     ]
             * @example null
             */
            allowedHours: string[] | null;
            /**
             * @description Networks that the user may dial from; empty: from anywhere. A change disconnects whom it no longer allows. Null: the group does not decide it
             * @example [
             *       "203.0.113.0/24",
             *       "198.51.100.7"
             *     ]
             * @example null
             */
            allowedSources: string[] | null;
            /**
             * @description A remark of administrators: one line, 500 characters at most; empty: none
             * @example Room 7, until the move
             */
            comment: string;
            /**
             * Format: date-time
             * @description When the group was added
             */
            createdAt: string;
            /**
             * @description Name servers for the client. A change counts from the next dial on. Null: the group does not decide it
             * @example [
             *       "10.0.0.53"
             *     ]
             * @example null
             */
            dns: string[] | null;
            /** @description May this user dial in? A change disconnects whom it no longer allows. Null: the group does not decide it */
            enabled: boolean | null;
            /**
             * @description optional: a device without MPPE goes on in clear, which is weak. A change counts from the next dial on. Null: the group does not decide it
             * @enum {string|null}
             */
            encryption: "required" | "optional" | null;
            /**
             * Format: uuid
             * @description Stays the same when the name is changed
             */
            id: string;
            /**
             * @description Seconds that a session may go unused (docs/idle.md) until it is ended. A change counts at once. Null: the group does not decide it
             * @example 28800
             * @example null
             */
            idleTimeout: number | null;
            /**
             * @description Sessions at once. A user with a static address has one at most. A change counts from the next dial on. Null: the group does not decide it
             * @example 1
             * @example null
             */
            maxSessions: number | null;
            /**
             * @description 1 to 64 characters, as in the name of a user; not "none". Kept as written; unique without regard to case, to the width of letters, and to whether an accent is one piece with its letter
             * @example Contractors
             */
            name: string;
            /**
             * @description The pool of the configuration that the address comes from where there is no static one. A change counts from the next dial on. Null: the group does not decide it
             * @example guests
             * @example null
             */
            pool: string | null;
            /**
             * @description Bits of inner IP a second to the client. A change counts at once. Null: the group does not decide it
             * @example 10000000
             * @example null
             */
            rateDown: number | null;
            /**
             * @description Bits of inner IP a second from the client. A change counts at once. Null: the group does not decide it
             * @example 10000000
             * @example null
             */
            rateUp: number | null;
            /**
             * @description Seconds until a session is ended, whatever it does. A change counts at once. Null: the group does not decide it
             * @example 28800
             * @example null
             */
            sessionTimeout: number | null;
            /**
             * Format: date-time
             * @description When it was last changed
             */
            updatedAt: string;
            /**
             * @description How many users are in it
             * @example 42
             */
            users: number;
            /**
             * Format: date-time
             * @description The user may dial from this moment on. A change disconnects whom it no longer allows. With its zone Null: the group does not decide it
             * @example 2027-01-01T00:00:00.000Z
             * @example null
             */
            validFrom: string | null;
            /**
             * Format: date-time
             * @description The user may be connected before this moment. A change disconnects whom it no longer allows. With its zone Null: the group does not decide it
             * @example 2027-01-01T00:00:00.000Z
             * @example null
             */
            validUntil: string | null;
            /**
             * @description One session too many: refuse the new dial, or disconnect the oldest session. A change counts from the next dial on. Null: the group does not decide it
             * @enum {string|null}
             */
            whenExceeded: "deny" | "replace" | null;
        };
        /** @description What a change of a group meant for its users */
        GroupEffects: {
            /**
             * @description For changed fields that were decided for some users of the group: how many these are. The change means nothing for them
             * @example {
             *       "rateUp": 2
             *     }
             */
            overridden: {
                [key: string]: number;
            };
            /** @description Sessions that the policy no longer allowed, and that were disconnected */
            sessionsEnded: number;
        };
        /** @description One page of groups */
        GroupList: {
            items: components["schemas"]["Group"][];
            /**
             * @description Cursor of the next page; absent on the last
             * @example YW5uYQ
             */
            next?: string;
        };
        /** @description The process answers */
        Health: {
            /**
             * @description One word
             * @example ok
             */
            status: string;
        };
        /** @description What was lifted */
        Lifted: {
            /** @description Budgets that had counted wrong log-ins and were emptied */
            lifted: number;
        };
        /** @description Wrong log-ins that keep others from being judged */
        Lockout: {
            /**
             * @description An address or a network; null where it is about all addresses
             * @example 203.0.113.7
             * @example 203.0.113.0/24
             */
            address: string | null;
            /** @description Wrong log-ins since `since` */
            failures: number;
            /**
             * @description One user from one address; one user from all addresses, so that new ones have to wait; all users from one address; all users from its /24
             * @enum {string}
             */
            kind: "user-address" | "user" | "address" | "network";
            /**
             * Format: date-time
             * @description The last of them
             */
            last: string;
            /**
             * Format: date-time
             * @description No log-in is judged before, right or wrong; null: the next one is
             */
            refusedUntil: string | null;
            /**
             * Format: date-time
             * @description The first of them
             */
            since: string;
            /**
             * @description The user, or the name that was sent, escaped; null where it is about all users
             * @example anna
             */
            user: string | null;
            /**
             * @description Null where it is about all users, or no user has that name
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            userId: string | null;
        };
        /** @description The latest 1000, in one page */
        LockoutList: {
            items: components["schemas"]["Lockout"][];
            /**
             * @description Cursor of the next page; absent on the last
             * @example YW5uYQ
             */
            next?: string;
        };
        /** @description A log-in */
        LogIn: {
            administrator: components["schemas"]["Administrator"];
            /** Format: date-time */
            expiresAt: string;
            /**
             * @description What is sent as `Authorization: Bearer` from now on. Shown this once
             * @example pacd_3q2-7w…
             */
            token: string;
            /**
             * @description By which the log-in is listed and ended
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            tokenId: string;
        };
        /** @description Name and password of an administrator */
        LogInRequest: {
            /** @example anna */
            name: string;
            /** @example correct horse battery staple */
            password: string;
        };
        /** @description An administrator to be added; enabled where nothing is said */
        NewAdministrator: {
            /** @description Whether log-ins are taken */
            enabled?: boolean;
            /**
             * @description As user names are; unique in whatever spelling. Administrators and VPN users have nothing in common
             * @example anna
             */
            name: string;
            /**
             * @description 12 to 256 characters. Kept as a hash (argon2id) alone
             * @example correct horse battery staple
             */
            password: string;
            /**
             * @description `viewer` reads, `operator` also changes users and ends sessions, `admin` does everything, tokens and administrators included
             * @enum {string}
             */
            role: "viewer" | "operator" | "admin";
        };
        /** @description A token to be made */
        NewToken: {
            /**
             * Format: date-time
             * @description A time to come; null or absent: never
             */
            expiresAt?: string | null;
            /**
             * @description As user names are; unique in whatever spelling. It stands in the audit
             * @example backup
             */
            name: string;
            /**
             * @description `viewer` reads, `operator` also changes users and ends sessions, `admin` does everything, tokens and administrators included
             * @enum {string}
             */
            role: "viewer" | "operator" | "admin";
            /**
             * @description Networks of IPv4 or IPv6, or single addresses; absent or empty: from everywhere
             * @example [
             *       "192.0.2.0/24",
             *       "2001:db8::/32"
             *     ]
             */
            sources?: string[];
        };
        /** @description A web hook to be added; enabled where nothing is said */
        NewWebhook: {
            /** @description Whether http:// is taken also where it leaves this host: everybody on the way reads the events */
            allowPlain?: boolean;
            /**
             * @description What it is for, in your words
             * @example On-call chat
             */
            description?: string;
            /** @description Whether it is told of events */
            enabled?: boolean;
            /** @description Which events it is told of: those that fit all of it, as GET /events has them */
            filter?: {
                /**
                 * @description About this address only, outer or inner; null: about all
                 * @example 203.0.113.7
                 */
                address?: string | null;
                /**
                 * @description About the group of this name only; null: about all
                 * @example staff
                 */
                group?: string | null;
                /**
                 * @description Of these types only; null: of all
                 * @example [
                 *       "session-up",
                 *       "session-down"
                 *     ]
                 */
                types?: ("session-up" | "session-down" | "dial-failed" | "guessing-slowed" | "condition-raised" | "condition-cleared" | "config-loaded" | "pool-nearly-empty" | "admin-action")[] | null;
                /**
                 * @description About the user of this name only, in whatever spelling; null: about all
                 * @example anna
                 */
                user?: string | null;
            };
            /**
             * @description What requests are signed with: visible characters of ASCII. Absent: pacd makes one
             * @example pacdhook_PmXc0dqkCWgYyC5nqBqzZl1l0n0nS3m6Nf3cGm7ZcXo
             */
            secret?: string;
            /**
             * @description https://, or http:// to this host itself; without a name, a password or a fragment. It is told of what happens from now on
             * @example https://hooks.example.com/pacd?key=3q2-7w
             */
            url: string;
        };
        /** @description An error (RFC 9457) */
        Problem: {
            /**
             * @description Stable; docs/errors.md lists all
             * @enum {string}
             */
            code: "invalid-request" | "tls-needed" | "invalid-name" | "invalid-password" | "invalid-address" | "invalid-policy" | "invalid-comment" | "invalid-labels" | "group-unknown" | "address-outside-network" | "pool-unknown" | "invalid-webhook-url" | "address-reserved" | "unauthorized" | "log-in-refused" | "forbidden" | "not-found" | "filter-required" | "user-not-found" | "group-not-found" | "session-not-found" | "audit-not-found" | "attempt-not-found" | "administrator-not-found" | "webhook-not-found" | "token-not-found" | "method-not-allowed" | "user-exists" | "administrator-exists" | "last-administrator" | "too-many-administrators" | "too-many-webhooks" | "token-exists" | "too-many-tokens" | "group-exists" | "group-has-members" | "address-taken" | "password-needed" | "changed-meanwhile" | "precondition-required" | "request-in-progress" | "answer-lost" | "idempotency-key-reused" | "backup-running" | "payload-too-large" | "unsupported-media-type" | "reload-refused" | "rate-limited" | "internal" | "unavailable" | "store-unavailable" | "not-yet-written" | "config-unreadable" | "config-syntax" | "config-unknown-key" | "config-wrong-type" | "config-bad-value" | "config-pool-overlap" | "config-pool-empty" | "tls-unusable" | "host-not-root" | "host-no-tun" | "host-no-raw-socket" | "host-no-nft" | "host-nat-refused" | "host-no-forwarding" | "host-no-addon" | "host-no-sqlite" | "pool-overlaps-host" | "address-in-use" | "address-unusable" | "interface-in-use" | "interface-refused" | "state-unusable" | "state-incomplete" | "migration-failed" | "state-elsewhere" | "state-in-use" | "secret-key-mismatch" | "backup-damaged" | "backup-passphrase" | "backup-too-new" | "backup-unwritable" | "state-exists" | "server-unreachable" | "timed-out" | "partly-done" | "ambiguous-id" | "no-token" | "capture-unreadable" | "document-invalid" | "import-unreadable" | "tls-pair-exists" | "usage";
            /**
             * @description What happened this time, one sentence
             * @example There is a user of that name already, anna.
             */
            detail: string;
            /**
             * @description The HTTP status
             * @example 409
             */
            status: number;
            /**
             * @description What the code means; the same for every occurrence
             * @example The name is taken
             */
            title: string;
            /**
             * @description urn:pacd:error: and the code
             * @example urn:pacd:error:user-exists
             */
            type: string;
        } & {
            [key: string]: unknown;
        };
        /** @description The answer; of a dry run, what would happen */
        PutGroupAnswer: components["schemas"]["ChangedGroup"] | components["schemas"]["WritePlan"];
        /** @description The whole of a group */
        PutGroupBody: {
            /**
             * @description Where the client may send to, with protocol and ports if need be; empty: anywhere. A change counts at once. Null: the group does not decide it
             * @example [
             *       "10.0.0.0/8",
             *       "192.0.2.5 tcp 443,8000-8080"
             *     ]
             * @example null
             */
            allowedDestinations?: string[] | null;
            /**
             * @description Times of the week, in the server's time zone; empty: at any time. A change disconnects whom it no longer allows. Null: the group does not decide it
             * @example [
             *       "mon-fri 08:00-18:00",
             *       "sat 22:00-06:00"
             *     ]
             * @example null
             */
            allowedHours?: string[] | null;
            /**
             * @description Networks that the user may dial from; empty: from anywhere. A change disconnects whom it no longer allows. Null: the group does not decide it
             * @example [
             *       "203.0.113.0/24",
             *       "198.51.100.7"
             *     ]
             * @example null
             */
            allowedSources?: string[] | null;
            /**
             * @description A remark of administrators: one line, 500 characters at most; empty: none
             * @example Room 7, until the move
             */
            comment?: string;
            /**
             * @description Name servers for the client. A change counts from the next dial on. Null: the group does not decide it
             * @example [
             *       "10.0.0.53"
             *     ]
             * @example null
             */
            dns?: string[] | null;
            /** @description May this user dial in? A change disconnects whom it no longer allows. Null: the group does not decide it */
            enabled?: boolean | null;
            /**
             * @description optional: a device without MPPE goes on in clear, which is weak. A change counts from the next dial on. Null: the group does not decide it
             * @enum {string|null}
             */
            encryption?: "required" | "optional" | null;
            /**
             * @description Seconds that a session may go unused (docs/idle.md) until it is ended. A change counts at once. Null: the group does not decide it
             * @example 28800
             * @example null
             */
            idleTimeout?: number | null;
            /**
             * @description Sessions at once. A user with a static address has one at most. A change counts from the next dial on. Null: the group does not decide it
             * @example 1
             * @example null
             */
            maxSessions?: number | null;
            /**
             * @description 1 to 64 characters, as in the name of a user; not "none". Kept as written; unique without regard to case, to the width of letters, and to whether an accent is one piece with its letter
             * @example Contractors
             */
            name?: string;
            /**
             * @description The pool of the configuration that the address comes from where there is no static one. A change counts from the next dial on. Null: the group does not decide it
             * @example guests
             * @example null
             */
            pool?: string | null;
            /**
             * @description Bits of inner IP a second to the client. A change counts at once. Null: the group does not decide it
             * @example 10000000
             * @example null
             */
            rateDown?: number | null;
            /**
             * @description Bits of inner IP a second from the client. A change counts at once. Null: the group does not decide it
             * @example 10000000
             * @example null
             */
            rateUp?: number | null;
            /**
             * @description Seconds until a session is ended, whatever it does. A change counts at once. Null: the group does not decide it
             * @example 28800
             * @example null
             */
            sessionTimeout?: number | null;
            /**
             * @description The user may dial from this moment on. A change disconnects whom it no longer allows. With its zone Null: the group does not decide it
             * @example 2027-01-01T00:00:00.000Z
             * @example null
             */
            validFrom?: string | null;
            /**
             * @description The user may be connected before this moment. A change disconnects whom it no longer allows. With its zone Null: the group does not decide it
             * @example 2027-01-01T00:00:00.000Z
             * @example null
             */
            validUntil?: string | null;
            /**
             * @description One session too many: refuse the new dial, or disconnect the oldest session. A change counts from the next dial on. Null: the group does not decide it
             * @enum {string|null}
             */
            whenExceeded?: "deny" | "replace" | null;
        };
        /** @description The answer; of a dry run, what would happen */
        PutUserAnswer: components["schemas"]["UserWithPassword"] | components["schemas"]["WritePlan"];
        PutUserBody: {
            /**
             * @description Where the client may send to, with protocol and ports if need be; empty: anywhere. A change counts at once.
             * @example [
             *       "10.0.0.0/8",
             *       "192.0.2.5 tcp 443,8000-8080"
             *     ]
             */
            allowedDestinations?: string[];
            /**
             * @description Times of the week, in the server's time zone; empty: at any time. A change disconnects whom it no longer allows.
             * @example [
             *       "mon-fri 08:00-18:00",
             *       "sat 22:00-06:00"
             *     ]
             */
            allowedHours?: string[];
            /**
             * @description Networks that the user may dial from; empty: from anywhere. A change disconnects whom it no longer allows.
             * @example [
             *       "203.0.113.0/24",
             *       "198.51.100.7"
             *     ]
             */
            allowedSources?: string[];
            /**
             * @description A remark of administrators: one line, 500 characters at most; empty: none
             * @example Room 7, until the move
             */
            comment?: string;
            /**
             * @description Name servers for the client; null: those of tunnel.dns. A change counts from the next dial on.
             * @example [
             *       "10.0.0.53"
             *     ]
             */
            dns?: string[] | null;
            /** @description May this user dial in? A change disconnects whom it no longer allows. */
            enabled?: boolean;
            /**
             * @description optional: a device without MPPE goes on in clear, which is weak. A change counts from the next dial on.
             * @enum {string}
             */
            encryption?: "required" | "optional";
            /**
             * @description The name of a group, in whatever spelling; null: none. What the user inherits counts as a changed policy does
             * @example staff
             */
            group?: string | null;
            /**
             * @description Seconds that a session may go unused (docs/idle.md) until it is ended; null: never. A change counts at once.
             * @example 28800
             */
            idleTimeout?: number | null;
            /**
             * @description Words to find users by, 32 at most. A key has 1 to 63 of a-z 0-9 . _ / -, a value at most 128 characters in one line, or none
             * @example {
             *       "department": "sales",
             *       "laptop": ""
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * @description Sessions at once; null: as many as users.max_sessions. A user with a static address has one at most. A change counts from the next dial on.
             * @example 1
             */
            maxSessions?: number | null;
            /**
             * @description 1 to 64 letters, digits and signs of ASCII, without slash and backslash, single parts with spaces between them (RFC 8265, UsernameCaseMapped). Kept as written; unique without regard to case, to the width of letters, and to whether an accent is one piece with its letter
             * @example anna
             */
            name?: string;
            /**
             * Format: password
             * @description 1 to 256 characters. Absent: as it is; of a new user generated, and shown once in the answer
             */
            password?: string;
            /**
             * @description From this moment on the client must change the password at the log-in; null: never. Sessions stay up. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            passwordExpiresAt?: string | null;
            /**
             * @description The pool of the configuration that the address comes from where there is no static one; null: tunnel.pool. A change counts from the next dial on.
             * @example guests
             */
            pool?: string | null;
            /**
             * @description Bits of inner IP a second to the client; null: unlimited. A change counts at once.
             * @example 10000000
             */
            rateDown?: number | null;
            /**
             * @description Bits of inner IP a second from the client; null: unlimited. A change counts at once.
             * @example 10000000
             */
            rateUp?: number | null;
            /** @description Is the password kept readable, as CHAP-MD5 needs it? That is weak. As it is where absent; false for a new user */
            recoverablePassword?: boolean;
            /**
             * @description Seconds until a session is ended, whatever it does; null: never. A change counts at once.
             * @example 28800
             */
            sessionTimeout?: number | null;
            /**
             * @description The address that this user always gets, one of a pool's; null: one from the pool. A change counts from the next dial on.
             * @example 10.77.0.50
             */
            staticAddress?: string | null;
            /**
             * @description The user may dial from this moment on; null: since ever. A change disconnects whom it no longer allows. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            validFrom?: string | null;
            /**
             * @description The user may be connected before this moment; null: for ever. A change disconnects whom it no longer allows. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            validUntil?: string | null;
            /**
             * @description One session too many: refuse the new dial, or disconnect the oldest session. A change counts from the next dial on.
             * @enum {string}
             */
            whenExceeded?: "deny" | "replace";
        };
        /** @description What reading the configuration again comes to */
        Reload: {
            /** @description Every key that differs from what counted before */
            changes: {
                /**
                 * @description At once; for whoever dials from now on, while sessions that are up keep what they were told; or only after a restart of pacd
                 * @enum {string}
                 */
                counts: "now" | "next-dial" | "restart";
                /** @description What counted before; null: the key was not there */
                from: string | number | boolean | (string | number)[] | null;
                /**
                 * @description As the file has it
                 * @example tunnel.pool
                 * @example pools.guests
                 */
                key: string;
                /** @description What the file says now; null: the key is gone */
                to: string | number | boolean | (string | number)[] | null;
            }[];
            /** @description Nothing was changed: the rest says what would be */
            dryRun: boolean;
            /**
             * @description The configuration; null: pacd runs without one
             * @example /etc/pacd/pacd.toml
             */
            file: string | null;
            /**
             * @description What may not be as it is meant, a sentence each
             * @example [
             *       "anna has the pool guests, which is gone: she cannot dial in."
             *     ]
             */
            notes: string[];
            sessions: {
                /** @description Of these those that ended, for their addresses are in no pool any more */
                ended: number;
                /** @description Sessions that were up */
                live: number;
                /** @description Those that go on, though `security` lets nobody in any more by their log-in or encryption */
                noLongerAllowed: number;
            };
        };
        ReloadConfigBody: {
            /**
             * @description Change nothing, and say what would be
             * @default false
             */
            dryRun: boolean;
        };
        /** @description What the removal of a group meant */
        RemovedGroup: {
            /**
             * Format: uuid
             * @description The ID that the group had
             */
            id: string;
            /**
             * @description The name that it had
             * @example Contractors
             */
            name: string;
            /**
             * @description Users who were in it and are in no group now
             * @example 42
             */
            released: number;
            /** @description Sessions that were disconnected, since what applies now does not allow them */
            sessionsEnded: number;
        };
        /** @description The answer; of a dry run, what would happen */
        RemoveGroupAnswer: components["schemas"]["RemovedGroup"] | components["schemas"]["WritePlan"];
        /** @description A session */
        Session: {
            /**
             * @description Its address inside the tunnel
             * @example 10.77.0.10
             */
            assignedAddress: string;
            /**
             * @description The dial that led to this session
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            attemptId: string;
            /**
             * @description Where the client dialled from
             * @example 203.0.113.7
             */
            clientAddress: string;
            /** Format: date-time */
            connectedAt: string;
            /**
             * Format: date-time
             * @description null while the session lives
             */
            disconnectedAt: string | null;
            /** @description How long the session has been up, or was */
            durationSeconds: number;
            /**
             * @description MPPE with its key length in bits, stateless or stateful, the weaker of both directions; none: everything in clear
             * @example mppe-128-stateless
             * @example mppe-40-stateful
             * @example none
             */
            encryption: string;
            /**
             * @description Why it ended, a verdict; null while the session lives. Entries that an earlier pacd wrote may have one that this one no longer gives.
             * @example client-hung-up
             * @enum {string|null}
             */
            endReason: "protocol-error" | "gre-blocked" | "gre-from-elsewhere" | "lcp-unanswered" | "lcp-not-agreed" | "loop" | "auth-protocol-refused" | "auth-unanswered" | "bad-credentials" | "name-clash" | "too-many-failures" | "no-recoverable-password" | "password-expired" | "password-change-refused" | "user-changed" | "server-not-proven" | "user-disabled" | "user-not-valid" | "outside-hours" | "source-not-allowed" | "too-many-sessions" | "server-full" | "no-address" | "replaced" | "session-timeout" | "idle-timeout" | "address-withdrawn" | "mppe-refused" | "mppe-not-given" | "mppe-renegotiated" | "mppe-desynchronised" | "mppe-over-budget" | "ipcp-not-agreed" | "ipcp-unanswered" | "in-progress" | "connected" | "client-hung-up" | "disconnected-by-administrator" | "control-lost" | "link-lost" | "server-stopped" | "server-failed" | "server-crashed" | "store-unavailable" | "internal-error" | null;
            /**
             * @description Name of the user's group: now while the session lives, at the beginning of an ended one
             * @example sales
             */
            group: string | null;
            /**
             * @description ID of that group; null: none
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            groupId: string | null;
            /**
             * @description The ID of the session
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            id: string;
            /**
             * Format: date-time
             * @description When the session was last used: chatter with everybody around does not count (docs/idle.md); null for never
             */
            lastActivity: string | null;
            /**
             * @description Octets of the largest inner packet sent to the client
             * @example 1400
             */
            mtu: number;
            /**
             * @description The pool that the inner address is of; null: the user's own address, or a session of before pools were recorded
             * @example tunnel.pool
             */
            pool: string | null;
            /** @description Inner IP octets from the client */
            rxBytes: number;
            /** @description Inner IP packets from the client */
            rxPackets: number;
            state: "live" | "ended";
            /** @description Inner IP octets to the client */
            txBytes: number;
            /** @description Inner IP packets to the client */
            txPackets: number;
            /**
             * @description The user's name: as it is now while the session lives, as it was at the beginning of an ended one
             * @example anna
             */
            user: string;
            /**
             * @description The user's ID, which stays the same when the name is changed
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            userId: string;
        };
        /** @description What the client says of itself. Nobody checks it. Printable ASCII; other octets stand as \xNN, and long texts are cut */
        SessionClient: {
            /**
             * @description From the LCP Identification that Windows sends; null: it has not said one
             * @example ANNA-PC
             */
            computerName: string | null;
            /** @description Likewise */
            firmwareRevision: number | null;
            /**
             * @description Of the Start-Control-Connection-Request; null: empty, as Windows leaves it
             * @example local
             */
            hostName: string | null;
            /**
             * @description All texts of LCP Identification, each once
             * @example [
             *       "MSRASV5.20",
             *       "MSRAS-0-ANNA-PC"
             *     ]
             */
            identifications: string[];
            /**
             * @description windows, pptp-linux, routeros or pacctl, by what the client says; null: none of these
             * @example windows
             */
            kind: string | null;
            /**
             * @description Likewise
             * @example Microsoft
             */
            vendorName: string | null;
        };
        /** @description A session, and all that is known of it */
        SessionDetails: {
            /**
             * @description Its address inside the tunnel
             * @example 10.77.0.10
             */
            assignedAddress: string;
            /**
             * @description The dial that led to this session
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            attemptId: string;
            /** @description Who the client says it is; of an ended session name and kind alone; null: not recorded */
            client: components["schemas"]["SessionClient"] | null;
            /**
             * @description Where the client dialled from
             * @example 203.0.113.7
             */
            clientAddress: string;
            /** Format: date-time */
            connectedAt: string;
            /**
             * Format: date-time
             * @description null while the session lives
             */
            disconnectedAt: string | null;
            /** @description How long the session has been up, or was */
            durationSeconds: number;
            /**
             * @description MPPE with its key length in bits, stateless or stateful, the weaker of both directions; none: everything in clear
             * @example mppe-128-stateless
             * @example mppe-40-stateful
             * @example none
             */
            encryption: string;
            /**
             * @description Why it ended, a verdict; null while the session lives. Entries that an earlier pacd wrote may have one that this one no longer gives.
             * @example client-hung-up
             * @enum {string|null}
             */
            endReason: "protocol-error" | "gre-blocked" | "gre-from-elsewhere" | "lcp-unanswered" | "lcp-not-agreed" | "loop" | "auth-protocol-refused" | "auth-unanswered" | "bad-credentials" | "name-clash" | "too-many-failures" | "no-recoverable-password" | "password-expired" | "password-change-refused" | "user-changed" | "server-not-proven" | "user-disabled" | "user-not-valid" | "outside-hours" | "source-not-allowed" | "too-many-sessions" | "server-full" | "no-address" | "replaced" | "session-timeout" | "idle-timeout" | "address-withdrawn" | "mppe-refused" | "mppe-not-given" | "mppe-renegotiated" | "mppe-desynchronised" | "mppe-over-budget" | "ipcp-not-agreed" | "ipcp-unanswered" | "in-progress" | "connected" | "client-hung-up" | "disconnected-by-administrator" | "control-lost" | "link-lost" | "server-stopped" | "server-failed" | "server-crashed" | "store-unavailable" | "internal-error" | null;
            /**
             * @description Name of the user's group: now while the session lives, at the beginning of an ended one
             * @example sales
             */
            group: string | null;
            /**
             * @description ID of that group; null: none
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            groupId: string | null;
            /**
             * @description The ID of the session
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            id: string;
            /**
             * Format: date-time
             * @description When the session was last used: chatter with everybody around does not count (docs/idle.md); null for never
             */
            lastActivity: string | null;
            /** @description Loss and round trips, of an ended session as they were at its end; null: not recorded */
            link: components["schemas"]["SessionLink"] | null;
            /** @description null for a session that has ended */
            live: components["schemas"]["SessionLive"] | null;
            /**
             * @description Octets of the largest inner packet sent to the client
             * @example 1400
             */
            mtu: number;
            /**
             * @description The pool that the inner address is of; null: the user's own address, or a session of before pools were recorded
             * @example tunnel.pool
             */
            pool: string | null;
            /** @description Inner IP octets from the client */
            rxBytes: number;
            /** @description Inner IP packets from the client */
            rxPackets: number;
            state: "live" | "ended";
            /** @description Inner IP octets to the client */
            txBytes: number;
            /** @description Inner IP packets to the client */
            txPackets: number;
            /**
             * @description The user's name: as it is now while the session lives, as it was at the beginning of an ended one
             * @example anna
             */
            user: string;
            /**
             * @description The user's ID, which stays the same when the name is changed
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            userId: string;
        };
        /** @description The way to and from the client since it dialled; docs/live-sessions.md says what each figure can tell */
        SessionLink: {
            /** @description GRE packets with a sequence number from the client */
            arrived: number;
            /** @description Came once more, and were dropped */
            duplicates: number;
            /** @description Came after they had been given up, and were dropped */
            late: number;
            /** @description The least of the last half minute to minute before `roundTripAt` */
            leastRoundTripMs: number | null;
            /** @description Numbers that never came, between others that did */
            lost: number;
            /** @description Of all that were sent as far as the numbers tell, 0 to 1; null: nothing came */
            lostShare: number | null;
            /** @description Came after a later one, and were put in order */
            reordered: number;
            /**
             * Format: date-time
             * @description When the last one was
             */
            roundTripAt: string | null;
            /** @description Milliseconds from a packet to its acknowledgement, smoothed; null: none was timed */
            roundTripMs: number | null;
            /** @description How many were timed */
            roundTrips: number;
            /** @description Packets to the client that were followed by two seconds of silence */
            tested: number;
            /** @description Of these, how many the client never acknowledged: they, or their acknowledgements, were lost */
            unacknowledged: number;
            /** @description The same as a share, 0 to 1; null: none was tested */
            unacknowledgedShare: number | null;
        };
        /** @description One page */
        SessionList: {
            items: components["schemas"]["Session"][];
            /**
             * @description Cursor of the next page; absent on the last
             * @example YW5uYQ
             */
            next?: string;
        };
        /** @description What only a session that is up has */
        SessionLive: {
            /** @description Negotiated options; null while LCP is negotiated anew */
            agreed: components["schemas"]["AgreedOptions"] | null;
            /**
             * @description Name servers given to the client
             * @example [
             *       "10.0.0.53"
             *     ]
             */
            dns: string[];
            /** @description What was dropped, by reason; reasons without any are left out */
            drops: {
                /**
                 * @description In a few words
                 * @example to a place the user may not reach
                 */
                meaning: string;
                /** @description How many */
                packets: number;
                /**
                 * @description As docs/counters.md has it
                 * @example destination-denied
                 */
                reason: string;
            }[];
            /** @description The last ten minutes in samples of ten seconds, oldest first; those before the session came up are left out */
            history: components["schemas"]["SessionRate"][];
            /**
             * @description How the client proved itself: ms-chap-v2 and the like
             * @example ms-chap-v2
             */
            logInMethod: string | null;
            policy: components["schemas"]["SessionPolicy"];
            rate: components["schemas"]["SessionRate"];
            /**
             * @description pacd's own address inside the tunnel
             * @example 10.77.0.1
             */
            serverAddress: string;
            timeLeft: components["schemas"]["SessionTimeLeft"];
            /**
             * @description WINS servers given to the client
             * @example []
             */
            wins: string[];
        };
        /** @description What of the user's policy counts for the session now */
        SessionPolicy: {
            /** @description Where the client may send to; empty: anywhere */
            allowedDestinations: string[];
            /** @description Times of the week; empty: at any time */
            allowedHours: string[];
            /** @description Where each comes from */
            from: {
                /**
                 * @description user, group, or default where nobody has decided
                 * @example group
                 */
                allowedDestinations: string;
                /**
                 * @description user, group, or default where nobody has decided
                 * @example group
                 */
                allowedHours: string;
                /**
                 * @description user, group, or default where nobody has decided
                 * @example group
                 */
                idleTimeout: string;
                /**
                 * @description user, group, or default where nobody has decided
                 * @example group
                 */
                rateDown: string;
                /**
                 * @description user, group, or default where nobody has decided
                 * @example group
                 */
                rateUp: string;
                /**
                 * @description user, group, or default where nobody has decided
                 * @example group
                 */
                sessionTimeout: string;
                /**
                 * @description user, group, or default where nobody has decided
                 * @example group
                 */
                validUntil: string;
            };
            /**
             * @description The user's group; null: none
             * @example sales
             */
            group: string | null;
            /** @description Seconds that it may go unused; null: any */
            idleTimeout: number | null;
            /** @description The same to the client */
            rateDown: number | null;
            /** @description Bits of inner IP a second from the client; null: unlimited */
            rateUp: number | null;
            /** @description Seconds until the session is ended; null: never */
            sessionTimeout: number | null;
            /**
             * Format: date-time
             * @description Until when the user may be connected; null: for ever
             */
            validUntil: string | null;
        };
        /** @description What passes a second, over some seconds */
        SessionRate: {
            /** @description Inner IP from the client */
            rxBitsPerSecond: number;
            /** @description Inner packets from the client */
            rxPacketsPerSecond: number;
            /** @description Over how long */
            seconds: number;
            /** @description Inner IP to the client */
            txBitsPerSecond: number;
            /** @description Inner packets to the client */
            txPacketsPerSecond: number;
        };
        /** @description What is left until each limit ends the session */
        SessionTimeLeft: {
            /** @description Seconds until the hours close that are open now */
            hours: number | null;
            /** @description Seconds until the idle timeout, should nothing more pass */
            idle: number | null;
            /** @description Seconds until the session timeout; null: there is none */
            session: number | null;
            /** @description Seconds until the user is no longer valid */
            validity: number | null;
        };
        /** @description What sessions did, added up */
        SessionTotal: {
            /**
             * @description The day, by the server's time zone; null where days are not asked for
             * @example 2026-11-24
             */
            day: string | null;
            /**
             * @description The user's group in these sessions; null: none, or not asked for
             * @example sales
             */
            group: string | null;
            /**
             * @description That group's ID
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            groupId: string | null;
            /**
             * @description The pool of the addresses; null: the users' own, or not asked for
             * @example tunnel.pool
             */
            pool: string | null;
            /** @description Inner IP octets from clients */
            rxBytes: number;
            /** @description Inner IP packets from clients */
            rxPackets: number;
            /** @description How long sessions were up, all together */
            seconds: number;
            /** @description Sessions that began */
            sessions: number;
            /** @description Inner IP octets to clients */
            txBytes: number;
            /** @description Inner IP packets to clients */
            txPackets: number;
            /**
             * @description The user's name in these sessions; null where users are not asked for
             * @example anna
             */
            user: string | null;
            /**
             * @description That user's ID
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            userId: string | null;
        };
        /** @description One page */
        SessionTotalList: {
            items: components["schemas"]["SessionTotal"][];
            /**
             * @description Cursor of the next page; absent on the last
             * @example YW5uYQ
             */
            next?: string;
        };
        SetPasswordBody: {
            /**
             * Format: password
             * @description 1 to 256 characters. Absent: generated and shown once in the answer
             */
            password?: string;
            /**
             * @description From this moment on the client must change the password at the log-in; null: never. Sessions stay up. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            passwordExpiresAt?: string | null;
            /** @description Is the password kept readable, as CHAP-MD5 needs it? That is weak. As it was where absent */
            recoverablePassword?: boolean;
        };
        /** @description pacd at this moment */
        Status: {
            /** @description Over all pools: addresses that neither a session holds nor a user owns */
            addressesFree: number;
            /** @description Over all pools */
            addressesTotal: number;
            /** @description What the API proves itself with over TLS; null: it speaks plain HTTP */
            certificate: {
                /** @description Whole days; negative once it has expired */
                daysLeft: number;
                /**
                 * @description SHA-256 over the certificate
                 * @example AB:CD:EF:…
                 */
                fingerprint: string;
                /**
                 * @description Host names and addresses that it is for
                 * @example [
                 *       "vpn.example.com"
                 *     ]
                 */
                names: string[];
                /** Format: date-time */
                notAfter: string;
                /** Format: date-time */
                notBefore: string;
            } | null;
            /** @description What keeps pacd from doing all it should at this moment, what has held longest first */
            conditions: {
                /**
                 * @description Stable; docs/conditions.md lists all
                 * @example nat-missing
                 */
                code: string;
                /** @description Does `/readyz` go on saying yes while it holds? */
                ready: boolean;
                /**
                 * @description What was seen and what to do
                 * @example The rules of pacd in nft are gone; they are put back.
                 */
                sentence: string;
                /** Format: date-time */
                since: string;
                /**
                 * @description Which one of several, such as a pool's name; empty for the only one
                 * @example
                 */
                subject: string;
            }[];
            /** @description Open PPTP control connections */
            controlConnections: number;
            /** @description What broke the protocol on control connections, since start */
            controlFaults: {
                [key: string]: number;
            };
            /** @description Since start */
            dials: {
                connected: number;
                failed: number;
                started: number;
            };
            /** @description Dropped packets by reason, since start */
            drops: {
                [key: string]: number;
            };
            /** @description Parts of the host that were lost and that pacd has put back, since start */
            hostRepairs: {
                [key: string]: number;
            };
            /** @example pac0 */
            interface: string;
            /** @description When `POST /backups` last handed out a whole backup; null: never */
            lastBackupAt: string | null;
            /**
             * @description Where clients dial, `pptp.listen`; all of `listens`, with commas between them
             * @example 0.0.0.0:1723
             */
            listen: string;
            /**
             * @description Each address and port that clients dial
             * @example [
             *       "192.0.2.1:1723",
             *       "198.51.100.1:1723"
             *     ]
             */
            listens: string[];
            /**
             * @description The concentrator's own address inside the tunnels
             * @example 10.77.0.1
             */
            localAddress: string;
            /** @description Wrong log-ins */
            logInFailures: {
                /** @description Budgets for wrong log-ins that refuse now, by kind; `GET /lockouts` lists them */
                lockouts: {
                    [key: string]: number;
                };
                /** @description Log-ins refused without a look at the password, since start */
                unjudged: number;
                /** @description Wrong passwords, and names that nobody has, since start */
                wrong: number;
            };
            /**
             * @description `pptp.max_sessions`
             * @example 1000
             */
            maxSessions: number;
            /**
             * @description Sessions at once of a user for whom no number was set, `users.max_sessions`; 0: any number
             * @example 5
             */
            maxSessionsPerUser: number;
            /** @description Whether clients are masqueraded at this moment */
            nat: "on" | "off" | "unavailable";
            /**
             * @description Threads that carry packets, `data_plane.workers`
             * @example 2
             */
            packetWorkers: number;
            /** @description Each pool of the configuration, tunnel.pool first */
            pools: {
                /** @description What dials of users without a static address can still get */
                free: number;
                /**
                 * @description tunnel.pool, or the name under [pools]
                 * @example tunnel.pool
                 */
                name: string;
                /** @description Static addresses of users who do not hold them now, also of disabled ones */
                reserved: number;
                /** @description Addresses for clients; used, reserved and free add up to it */
                total: number;
                /** @description Held by sessions, and by dials that are coming up */
                used: number;
            }[];
            /** @description What the database has not taken */
            records: {
                /** @description Given up since start, because too much waited */
                dropped: {
                    attempts: number;
                    sessions: number;
                    traces: number;
                };
                /** @description Sessions and dials that are not in the database yet */
                waiting: number;
            };
            /** @description Sessions that are up */
            sessions: number;
            /** Format: date-time */
            startedAt: string;
            /** @description Since the start */
            uptimeSeconds: number;
            /** @description Users that there are, disabled ones among them */
            users: number;
            /** @description Ended dials by verdict, since start */
            verdicts: {
                [key: string]: number;
            };
            /**
             * @description Of pacd
             * @example 1.2.3
             */
            version: string;
            /**
             * @description Weak settings that are switched on, one sentence each, for the server and for users
             * @example [
             *       "MPPE with 40 bits is allowed: such a key is found by trying, within minutes."
             *     ]
             */
            weakOptions: string[];
        };
        /** @description An API token; what is sent as bearer is never shown again */
        Token: {
            /** Format: date-time */
            createdAt: string;
            /**
             * @description Who made it: `administrator NAME`, `token NAME`, `socket USER`, or pacd itself
             * @example administrator anna
             */
            createdBy: string;
            /** @description Whether that has come; an expired one stays in the list until it is revoked */
            expired: boolean;
            /**
             * Format: date-time
             * @description Refused from then on; null: never
             */
            expiresAt: string | null;
            /**
             * @description Stays the same; a log-in is found by it alone
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            id: string;
            /**
             * @description Made and named by somebody, or given to an administrator who logged in
             * @enum {string}
             */
            kind: "token" | "log-in";
            /**
             * @description Where that came from
             * @example 192.0.2.7
             */
            lastUsedAddress: string | null;
            /**
             * Format: date-time
             * @description The last request with it; null: none yet
             */
            lastUsedAt: string | null;
            /**
             * @description The token's, or the administrator's where it is a log-in
             * @example backup
             */
            name: string;
            /**
             * @description `viewer` reads, `operator` also changes users and ends sessions, `admin` does everything, tokens and administrators included
             * @enum {string}
             */
            role: "viewer" | "operator" | "admin";
            /** @description Networks from which alone it is taken; empty: from everywhere */
            sources: string[];
        };
        /** @description One page of tokens */
        TokenList: {
            items: components["schemas"]["Token"][];
            /**
             * @description Cursor of the next page; absent on the last
             * @example YW5uYQ
             */
            next?: string;
        };
        /** @description A new token, with what is sent as bearer */
        TokenWithSecret: {
            /** Format: date-time */
            createdAt: string;
            /**
             * @description Who made it: `administrator NAME`, `token NAME`, `socket USER`, or pacd itself
             * @example administrator anna
             */
            createdBy: string;
            /** @description Whether that has come; an expired one stays in the list until it is revoked */
            expired: boolean;
            /**
             * Format: date-time
             * @description Refused from then on; null: never
             */
            expiresAt: string | null;
            /**
             * @description Stays the same; a log-in is found by it alone
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            id: string;
            /**
             * @description Made and named by somebody, or given to an administrator who logged in
             * @enum {string}
             */
            kind: "token" | "log-in";
            /**
             * @description Where that came from
             * @example 192.0.2.7
             */
            lastUsedAddress: string | null;
            /**
             * Format: date-time
             * @description The last request with it; null: none yet
             */
            lastUsedAt: string | null;
            /**
             * @description The token's, or the administrator's where it is a log-in
             * @example backup
             */
            name: string;
            /**
             * @description `viewer` reads, `operator` also changes users and ends sessions, `admin` does everything, tokens and administrators included
             * @enum {string}
             */
            role: "viewer" | "operator" | "admin";
            /** @description Networks from which alone it is taken; empty: from everywhere */
            sources: string[];
            /**
             * @description What is sent as `Authorization: Bearer`. Shown this once
             * @example pacd_3q2-7w…
             */
            token: string;
        };
        /** @description A user */
        User: {
            /**
             * @description Where the client may send to, with protocol and ports if need be; empty: anywhere. A change counts at once.
             * @example [
             *       "10.0.0.0/8",
             *       "192.0.2.5 tcp 443,8000-8080"
             *     ]
             */
            allowedDestinations: string[];
            /**
             * @description Times of the week, in the server's time zone; empty: at any time. A change disconnects whom it no longer allows.
             * @example [
             *       "mon-fri 08:00-18:00",
             *       "sat 22:00-06:00"
             *     ]
             */
            allowedHours: string[];
            /**
             * @description Networks that the user may dial from; empty: from anywhere. A change disconnects whom it no longer allows.
             * @example [
             *       "203.0.113.0/24",
             *       "198.51.100.7"
             *     ]
             */
            allowedSources: string[];
            /**
             * @description A remark of administrators: one line, 500 characters at most; empty: none
             * @example Room 7, until the move
             */
            comment: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * @description Name servers for the client; null: those of tunnel.dns. A change counts from the next dial on.
             * @example [
             *       "10.0.0.53"
             *     ]
             */
            dns: string[] | null;
            /** @description May this user dial in? A change disconnects whom it no longer allows. */
            enabled: boolean;
            /**
             * @description optional: a device without MPPE goes on in clear, which is weak. A change counts from the next dial on.
             * @enum {string}
             */
            encryption: "required" | "optional";
            /** @description Wrong log-ins of this user that still count */
            failedLogIns?: {
                /** @description Where they came from, the latest first, twenty at most */
                addresses: {
                    /**
                     * @description Where from
                     * @example 203.0.113.7
                     */
                    address: string;
                    /** @description Wrong log-ins since `since` */
                    failures: number;
                    /**
                     * Format: date-time
                     * @description The last of them
                     */
                    last: string;
                    /**
                     * Format: date-time
                     * @description No log-in is judged before, right or wrong; null: the next one is
                     */
                    refusedUntil: string | null;
                    /**
                     * Format: date-time
                     * @description The first of them
                     */
                    since: string;
                }[];
                /** @description Wrong log-ins that still count */
                count: number;
                /**
                 * Format: date-time
                 * @description The last of them
                 */
                last: string | null;
                /** @description So many came that the user has to wait at addresses that are new for the user */
                newAddressesWait: boolean;
                /**
                 * Format: date-time
                 * @description The first of them; null where none count
                 */
                since: string | null;
            };
            /** @description What decides each field: the user's own policy, the group, a value of the configuration (pool, dns, maxSessions), or nobody, so that the default holds */
            from: {
                /**
                 * @description What decides allowedDestinations
                 * @enum {string}
                 */
                allowedDestinations: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides allowedHours
                 * @enum {string}
                 */
                allowedHours: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides allowedSources
                 * @enum {string}
                 */
                allowedSources: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides dns
                 * @enum {string}
                 */
                dns: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides enabled
                 * @enum {string}
                 */
                enabled: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides encryption
                 * @enum {string}
                 */
                encryption: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides idleTimeout
                 * @enum {string}
                 */
                idleTimeout: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides maxSessions
                 * @enum {string}
                 */
                maxSessions: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides passwordExpiresAt
                 * @enum {string}
                 */
                passwordExpiresAt: "user" | "configuration" | "default";
                /**
                 * @description What decides pool
                 * @enum {string}
                 */
                pool: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides rateDown
                 * @enum {string}
                 */
                rateDown: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides rateUp
                 * @enum {string}
                 */
                rateUp: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides sessionTimeout
                 * @enum {string}
                 */
                sessionTimeout: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides staticAddress
                 * @enum {string}
                 */
                staticAddress: "user" | "configuration" | "default";
                /**
                 * @description What decides validFrom
                 * @enum {string}
                 */
                validFrom: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides validUntil
                 * @enum {string}
                 */
                validUntil: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides whenExceeded
                 * @enum {string}
                 */
                whenExceeded: "user" | "group" | "configuration" | "default";
            };
            /**
             * @description The group whose policy counts where nothing was decided for the user; null: none
             * @example staff
             */
            group: string | null;
            /**
             * Format: uuid
             * @description The ID of that group, which stays when the group is renamed
             */
            groupId: string | null;
            /**
             * @description Stays the same when the name is changed; sessions and dials carry it
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            id: string;
            /**
             * @description Seconds that a session may go unused (docs/idle.md) until it is ended; null: never. A change counts at once.
             * @example 28800
             */
            idleTimeout: number | null;
            /**
             * @description Words to find users by, 32 at most. A key has 1 to 63 of a-z 0-9 . _ / -, a value at most 128 characters in one line, or none
             * @example {
             *       "department": "sales",
             *       "laptop": ""
             *     }
             */
            labels: {
                [key: string]: string;
            };
            /** @description The latest dial that failed, among the last 20 of the user; absent where none did */
            lastFailure?: {
                /**
                 * Format: ipv4
                 * @description Where the client dialled from
                 */
                address: string;
                /**
                 * Format: date-time
                 * @description When the dial began
                 */
                at: string;
                /**
                 * @description The dial on record
                 * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
                 */
                attemptId: string;
                /**
                 * @description The code of docs/verdicts.md
                 * @example bad-credentials
                 */
                verdict: string;
            };
            /** @description The last log-in that became a session; null: there was none. It is there when the record is written */
            lastLogIn: {
                /**
                 * Format: ipv4
                 * @description Where the client dialled from
                 */
                address: string;
                /**
                 * Format: date-time
                 * @description When the session came up
                 */
                at: string;
                /**
                 * @description The session that it became
                 * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
                 */
                sessionId: string;
            } | null;
            /**
             * @description Sessions at once; null: as many as users.max_sessions. A user with a static address has one at most. A change counts from the next dial on.
             * @example 1
             */
            maxSessions: number | null;
            /** @example anna */
            name: string;
            /**
             * @description What about this write is worth a second look, one sentence each; absent where nothing is
             * @example [
             *       "The password ends with a space."
             *     ]
             */
            notes?: string[];
            /** @description What was decided for this user, whatever the group says */
            own: ("enabled" | "validFrom" | "validUntil" | "allowedHours" | "allowedSources" | "staticAddress" | "pool" | "dns" | "encryption" | "sessionTimeout" | "idleTimeout" | "maxSessions" | "whenExceeded" | "rateUp" | "rateDown" | "allowedDestinations" | "passwordExpiresAt")[];
            /** Format: date-time */
            passwordChangedAt: string;
            /**
             * Format: date-time
             * @description From this moment on the client must change the password at the log-in; null: never. Sessions stay up. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            passwordExpiresAt: string | null;
            /**
             * @description The pool of the configuration that the address comes from where there is no static one; null: tunnel.pool. A change counts from the next dial on.
             * @example guests
             */
            pool: string | null;
            /**
             * @description Bits of inner IP a second to the client; null: unlimited. A change counts at once.
             * @example 10000000
             */
            rateDown: number | null;
            /**
             * @description Bits of inner IP a second from the client; null: unlimited. A change counts at once.
             * @example 10000000
             */
            rateUp: number | null;
            /** @description Is the password kept readable, as CHAP-MD5 needs it? That is weak. It is never shown */
            recoverablePassword: boolean;
            /** @description How many sessions the user may have at once, and what says so */
            sessionLimit: {
                /**
                 * @description maxSessions of the user or the group, the static address, or users.max_sessions of the configuration
                 * @enum {string}
                 */
                from: "user" | "group" | "static-address" | "configuration";
                /**
                 * @description Null: any number
                 * @example 5
                 */
                sessions: number | null;
            };
            /**
             * @description Seconds until a session is ended, whatever it does; null: never. A change counts at once.
             * @example 28800
             */
            sessionTimeout: number | null;
            /**
             * @description The address that this user always gets, one of a pool's; null: one from the pool. A change counts from the next dial on.
             * @example 10.77.0.50
             */
            staticAddress: string | null;
            /** Format: date-time */
            updatedAt: string;
            /**
             * Format: date-time
             * @description The user may dial from this moment on; null: since ever. A change disconnects whom it no longer allows. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            validFrom: string | null;
            /**
             * Format: date-time
             * @description The user may be connected before this moment; null: for ever. A change disconnects whom it no longer allows. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            validUntil: string | null;
            /**
             * @description One session too many: refuse the new dial, or disconnect the oldest session. A change counts from the next dial on.
             * @enum {string}
             */
            whenExceeded: "deny" | "replace";
        };
        /** @description One page of users */
        UserList: {
            items: components["schemas"]["User"][];
            /**
             * @description Cursor of the next page; absent on the last
             * @example YW5uYQ
             */
            next?: string;
        };
        /** @description The user; with the password where pacd generated it */
        UserWithPassword: {
            /**
             * @description Where the client may send to, with protocol and ports if need be; empty: anywhere. A change counts at once.
             * @example [
             *       "10.0.0.0/8",
             *       "192.0.2.5 tcp 443,8000-8080"
             *     ]
             */
            allowedDestinations: string[];
            /**
             * @description Times of the week, in the server's time zone; empty: at any time. A change disconnects whom it no longer allows.
             * @example [
             *       "mon-fri 08:00-18:00",
             *       "sat 22:00-06:00"
             *     ]
             */
            allowedHours: string[];
            /**
             * @description Networks that the user may dial from; empty: from anywhere. A change disconnects whom it no longer allows.
             * @example [
             *       "203.0.113.0/24",
             *       "198.51.100.7"
             *     ]
             */
            allowedSources: string[];
            /**
             * @description A remark of administrators: one line, 500 characters at most; empty: none
             * @example Room 7, until the move
             */
            comment: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * @description Name servers for the client; null: those of tunnel.dns. A change counts from the next dial on.
             * @example [
             *       "10.0.0.53"
             *     ]
             */
            dns: string[] | null;
            /** @description May this user dial in? A change disconnects whom it no longer allows. */
            enabled: boolean;
            /**
             * @description optional: a device without MPPE goes on in clear, which is weak. A change counts from the next dial on.
             * @enum {string}
             */
            encryption: "required" | "optional";
            /** @description Wrong log-ins of this user that still count */
            failedLogIns?: {
                /** @description Where they came from, the latest first, twenty at most */
                addresses: {
                    /**
                     * @description Where from
                     * @example 203.0.113.7
                     */
                    address: string;
                    /** @description Wrong log-ins since `since` */
                    failures: number;
                    /**
                     * Format: date-time
                     * @description The last of them
                     */
                    last: string;
                    /**
                     * Format: date-time
                     * @description No log-in is judged before, right or wrong; null: the next one is
                     */
                    refusedUntil: string | null;
                    /**
                     * Format: date-time
                     * @description The first of them
                     */
                    since: string;
                }[];
                /** @description Wrong log-ins that still count */
                count: number;
                /**
                 * Format: date-time
                 * @description The last of them
                 */
                last: string | null;
                /** @description So many came that the user has to wait at addresses that are new for the user */
                newAddressesWait: boolean;
                /**
                 * Format: date-time
                 * @description The first of them; null where none count
                 */
                since: string | null;
            };
            /** @description What decides each field: the user's own policy, the group, a value of the configuration (pool, dns, maxSessions), or nobody, so that the default holds */
            from: {
                /**
                 * @description What decides allowedDestinations
                 * @enum {string}
                 */
                allowedDestinations: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides allowedHours
                 * @enum {string}
                 */
                allowedHours: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides allowedSources
                 * @enum {string}
                 */
                allowedSources: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides dns
                 * @enum {string}
                 */
                dns: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides enabled
                 * @enum {string}
                 */
                enabled: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides encryption
                 * @enum {string}
                 */
                encryption: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides idleTimeout
                 * @enum {string}
                 */
                idleTimeout: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides maxSessions
                 * @enum {string}
                 */
                maxSessions: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides passwordExpiresAt
                 * @enum {string}
                 */
                passwordExpiresAt: "user" | "configuration" | "default";
                /**
                 * @description What decides pool
                 * @enum {string}
                 */
                pool: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides rateDown
                 * @enum {string}
                 */
                rateDown: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides rateUp
                 * @enum {string}
                 */
                rateUp: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides sessionTimeout
                 * @enum {string}
                 */
                sessionTimeout: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides staticAddress
                 * @enum {string}
                 */
                staticAddress: "user" | "configuration" | "default";
                /**
                 * @description What decides validFrom
                 * @enum {string}
                 */
                validFrom: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides validUntil
                 * @enum {string}
                 */
                validUntil: "user" | "group" | "configuration" | "default";
                /**
                 * @description What decides whenExceeded
                 * @enum {string}
                 */
                whenExceeded: "user" | "group" | "configuration" | "default";
            };
            /**
             * @description The group whose policy counts where nothing was decided for the user; null: none
             * @example staff
             */
            group: string | null;
            /**
             * Format: uuid
             * @description The ID of that group, which stays when the group is renamed
             */
            groupId: string | null;
            /**
             * @description Stays the same when the name is changed; sessions and dials carry it
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            id: string;
            /**
             * @description Seconds that a session may go unused (docs/idle.md) until it is ended; null: never. A change counts at once.
             * @example 28800
             */
            idleTimeout: number | null;
            /**
             * @description Words to find users by, 32 at most. A key has 1 to 63 of a-z 0-9 . _ / -, a value at most 128 characters in one line, or none
             * @example {
             *       "department": "sales",
             *       "laptop": ""
             *     }
             */
            labels: {
                [key: string]: string;
            };
            /** @description The latest dial that failed, among the last 20 of the user; absent where none did */
            lastFailure?: {
                /**
                 * Format: ipv4
                 * @description Where the client dialled from
                 */
                address: string;
                /**
                 * Format: date-time
                 * @description When the dial began
                 */
                at: string;
                /**
                 * @description The dial on record
                 * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
                 */
                attemptId: string;
                /**
                 * @description The code of docs/verdicts.md
                 * @example bad-credentials
                 */
                verdict: string;
            };
            /** @description The last log-in that became a session; null: there was none. It is there when the record is written */
            lastLogIn: {
                /**
                 * Format: ipv4
                 * @description Where the client dialled from
                 */
                address: string;
                /**
                 * Format: date-time
                 * @description When the session came up
                 */
                at: string;
                /**
                 * @description The session that it became
                 * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
                 */
                sessionId: string;
            } | null;
            /**
             * @description Sessions at once; null: as many as users.max_sessions. A user with a static address has one at most. A change counts from the next dial on.
             * @example 1
             */
            maxSessions: number | null;
            /** @example anna */
            name: string;
            /**
             * @description What about this write is worth a second look, one sentence each; absent where nothing is
             * @example [
             *       "The password ends with a space."
             *     ]
             */
            notes?: string[];
            /** @description What was decided for this user, whatever the group says */
            own: ("enabled" | "validFrom" | "validUntil" | "allowedHours" | "allowedSources" | "staticAddress" | "pool" | "dns" | "encryption" | "sessionTimeout" | "idleTimeout" | "maxSessions" | "whenExceeded" | "rateUp" | "rateDown" | "allowedDestinations" | "passwordExpiresAt")[];
            /**
             * @description Only where pacd generated it. Never shown again
             * @example mVxq7Rdt...
             */
            password?: string;
            /** Format: date-time */
            passwordChangedAt: string;
            /**
             * Format: date-time
             * @description From this moment on the client must change the password at the log-in; null: never. Sessions stay up. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            passwordExpiresAt: string | null;
            /**
             * @description The pool of the configuration that the address comes from where there is no static one; null: tunnel.pool. A change counts from the next dial on.
             * @example guests
             */
            pool: string | null;
            /**
             * @description Bits of inner IP a second to the client; null: unlimited. A change counts at once.
             * @example 10000000
             */
            rateDown: number | null;
            /**
             * @description Bits of inner IP a second from the client; null: unlimited. A change counts at once.
             * @example 10000000
             */
            rateUp: number | null;
            /** @description Is the password kept readable, as CHAP-MD5 needs it? That is weak. It is never shown */
            recoverablePassword: boolean;
            /** @description How many sessions the user may have at once, and what says so */
            sessionLimit: {
                /**
                 * @description maxSessions of the user or the group, the static address, or users.max_sessions of the configuration
                 * @enum {string}
                 */
                from: "user" | "group" | "static-address" | "configuration";
                /**
                 * @description Null: any number
                 * @example 5
                 */
                sessions: number | null;
            };
            /**
             * @description Seconds until a session is ended, whatever it does; null: never. A change counts at once.
             * @example 28800
             */
            sessionTimeout: number | null;
            /**
             * @description The address that this user always gets, one of a pool's; null: one from the pool. A change counts from the next dial on.
             * @example 10.77.0.50
             */
            staticAddress: string | null;
            /** Format: date-time */
            updatedAt: string;
            /**
             * Format: date-time
             * @description The user may dial from this moment on; null: since ever. A change disconnects whom it no longer allows. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            validFrom: string | null;
            /**
             * Format: date-time
             * @description The user may be connected before this moment; null: for ever. A change disconnects whom it no longer allows. With its zone
             * @example 2027-01-01T00:00:00.000Z
             */
            validUntil: string | null;
            /**
             * @description One session too many: refuse the new dial, or disconnect the oldest session. A change counts from the next dial on.
             * @enum {string}
             */
            whenExceeded: "deny" | "replace";
        };
        /** @description Who is told of events by requests; docs/webhooks.md */
        Webhook: {
            /** @description Whether http:// is taken also where it leaves this host: everybody on the way reads the events */
            allowPlain: boolean;
            /** @description How often the next event was tried in vain */
            attempts: number;
            /** Format: date-time */
            createdAt: string;
            /**
             * @description Who added it: `administrator NAME`, `token NAME`, or `socket USER`
             * @example administrator anna
             */
            createdBy: string;
            /**
             * @description What it is for, in your words
             * @example On-call chat
             */
            description: string;
            /**
             * @description Why pacd has disabled it by itself; null: it has not
             * @example null
             */
            disabledBecause: string | null;
            /** @description Whether it is told of events */
            enabled: boolean;
            /**
             * Format: date-time
             * @description It has taken nothing since then; null: it did the last time
             */
            failingSince: string | null;
            /** @description Which events it is told of */
            filter: {
                /**
                 * @description About this address only, outer or inner; null: about all
                 * @example 203.0.113.7
                 */
                address: string | null;
                /**
                 * @description About the group of this name only; null: about all
                 * @example staff
                 */
                group: string | null;
                /**
                 * @description Of these types only; null: of all
                 * @example [
                 *       "session-up",
                 *       "session-down"
                 *     ]
                 */
                types: ("session-up" | "session-down" | "dial-failed" | "guessing-slowed" | "condition-raised" | "condition-cleared" | "config-loaded" | "pool-nearly-empty" | "admin-action")[] | null;
                /**
                 * @description About the user of this name only, in whatever spelling; null: about all
                 * @example anna
                 */
                user: string | null;
            };
            /**
             * @description Stays the same
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            id: string;
            /** @description The last request; null: there was none */
            lastDelivery: components["schemas"]["WebhookDelivery"] | null;
            /**
             * Format: date-time
             * @description Nothing is sent before; null: at once
             */
            nextTryAt: string | null;
            /**
             * @description Events that wait for it; null: it is disabled, and nobody counts
             * @example 0
             */
            pending: number | null;
            /** Format: date-time */
            updatedAt: string;
            /**
             * @description https://, or http:// to this host itself; without a name, a password or a fragment. Whoever has another role than admin is not shown its query, which may be a secret
             * @example https://hooks.example.com/pacd?key=3q2-7w
             */
            url: string;
        };
        /** @description One request to a web hook */
        WebhookDelivery: {
            /**
             * Format: date-time
             * @description When it was sent
             */
            at: string;
            /** @description 1 for the first try with this event */
            attempt: number;
            /**
             * @description What was seen
             * @example It answered 204.
             */
            detail: string;
            /** @description Until the answer, or the failure */
            durationMs: number;
            /**
             * @description The number of the event; null: a test, or word that events are forgotten
             * @example 3000017
             */
            eventId: number | null;
            /**
             * @description Of the event; `test` and `gap` for the two others
             * @example session-up
             */
            eventType: string;
            /**
             * @description given-up: it failed, and this event is not tried again
             * @enum {string}
             */
            result: "delivered" | "failed" | "given-up";
            /**
             * @description HTTP status of the answer; null: there was none
             * @example 204
             */
            status: number | null;
        };
        /** @description One page of deliveries */
        WebhookDeliveryList: {
            items: components["schemas"]["WebhookDelivery"][];
            /**
             * @description Cursor of the next page; absent on the last
             * @example YW5uYQ
             */
            next?: string;
        };
        /** @description One page of web hooks */
        WebhookList: {
            items: components["schemas"]["Webhook"][];
            /**
             * @description Cursor of the next page; absent on the last
             * @example YW5uYQ
             */
            next?: string;
        };
        /** @description What is left out stays; a filter counts as a whole. Enabled again, what was missed comes first */
        WebhookPatch: {
            /** @description Whether http:// is taken also where it leaves this host: everybody on the way reads the events */
            allowPlain?: boolean;
            /**
             * @description What it is for, in your words
             * @example On-call chat
             */
            description?: string;
            /** @description Whether it is told of events */
            enabled?: boolean;
            /** @description Which events it is told of: those that fit all of it, as GET /events has them */
            filter?: {
                /**
                 * @description About this address only, outer or inner; null: about all
                 * @example 203.0.113.7
                 */
                address?: string | null;
                /**
                 * @description About the group of this name only; null: about all
                 * @example staff
                 */
                group?: string | null;
                /**
                 * @description Of these types only; null: of all
                 * @example [
                 *       "session-up",
                 *       "session-down"
                 *     ]
                 */
                types?: ("session-up" | "session-down" | "dial-failed" | "guessing-slowed" | "condition-raised" | "condition-cleared" | "config-loaded" | "pool-nearly-empty" | "admin-action")[] | null;
                /**
                 * @description About the user of this name only, in whatever spelling; null: about all
                 * @example anna
                 */
                user?: string | null;
            };
            /** @description `true`: what it was not told of until now is left out; it goes on with what happens next */
            skipMissed?: boolean;
            /**
             * @description https://, or http:// to this host itself; without a name, a password or a fragment. What waits is tried there at once
             * @example https://hooks.example.com/pacd?key=3q2-7w
             */
            url?: string;
        };
        /** @description A new secret, or none: then pacd makes one */
        WebhookSecret: {
            /**
             * @description What requests are signed with: visible characters of ASCII. Absent: pacd makes one
             * @example pacdhook_PmXc0dqkCWgYyC5nqBqzZl1l0n0nS3m6Nf3cGm7ZcXo
             */
            secret?: string;
        };
        /** @description A web hook, with its new secret */
        WebhookWithSecret: {
            /** @description Whether http:// is taken also where it leaves this host: everybody on the way reads the events */
            allowPlain: boolean;
            /** @description How often the next event was tried in vain */
            attempts: number;
            /** Format: date-time */
            createdAt: string;
            /**
             * @description Who added it: `administrator NAME`, `token NAME`, or `socket USER`
             * @example administrator anna
             */
            createdBy: string;
            /**
             * @description What it is for, in your words
             * @example On-call chat
             */
            description: string;
            /**
             * @description Why pacd has disabled it by itself; null: it has not
             * @example null
             */
            disabledBecause: string | null;
            /** @description Whether it is told of events */
            enabled: boolean;
            /**
             * Format: date-time
             * @description It has taken nothing since then; null: it did the last time
             */
            failingSince: string | null;
            /** @description Which events it is told of */
            filter: {
                /**
                 * @description About this address only, outer or inner; null: about all
                 * @example 203.0.113.7
                 */
                address: string | null;
                /**
                 * @description About the group of this name only; null: about all
                 * @example staff
                 */
                group: string | null;
                /**
                 * @description Of these types only; null: of all
                 * @example [
                 *       "session-up",
                 *       "session-down"
                 *     ]
                 */
                types: ("session-up" | "session-down" | "dial-failed" | "guessing-slowed" | "condition-raised" | "condition-cleared" | "config-loaded" | "pool-nearly-empty" | "admin-action")[] | null;
                /**
                 * @description About the user of this name only, in whatever spelling; null: about all
                 * @example anna
                 */
                user: string | null;
            };
            /**
             * @description Stays the same
             * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
             */
            id: string;
            /** @description The last request; null: there was none */
            lastDelivery: components["schemas"]["WebhookDelivery"] | null;
            /**
             * Format: date-time
             * @description Nothing is sent before; null: at once
             */
            nextTryAt: string | null;
            /**
             * @description Events that wait for it; null: it is disabled, and nobody counts
             * @example 0
             */
            pending: number | null;
            /**
             * @description What requests are signed with, shown this once; null: it is the one that was given
             * @example pacdhook_PmXc0dqkCWgYyC5nqBqzZl1l0n0nS3m6Nf3cGm7ZcXo
             */
            secret: string | null;
            /** Format: date-time */
            updatedAt: string;
            /**
             * @description https://, or http:// to this host itself; without a name, a password or a fragment. Whoever has another role than admin is not shown its query, which may be a secret
             * @example https://hooks.example.com/pacd?key=3q2-7w
             */
            url: string;
        };
        /** @description What a request would do: the answer to a dry run */
        WritePlan: {
            /** @description What would be another; empty where nothing would, and for what would be removed */
            changes: components["schemas"]["FieldChange"][];
            effects: components["schemas"]["Effects"];
            /**
             * @description What the request would do if it were no dry run
             * @enum {string}
             */
            would: "create" | "change" | "nothing" | "remove";
        };
    };
    responses: never;
    parameters: {
        /**
         * @description The ETag of what the request is about as it was read, or *: 412 where it was changed meanwhile. Demanded (428) where admin.require_if_match is on
         * @example "0d4b1c9e.7-3kzQ0p1xYcA"
         */
        IfMatch: string;
        /**
         * @description An ETag that was read: 304, or 412 for a write, where it is still so. *: there must be none
         * @example *
         */
        IfNoneMatch: string;
    };
    requestBodies: never;
    headers: {
        /** @description Of what is shown (RFC 9110 §8.8.3), for If-Match and If-None-Match; not of what a dry run answers */
        ETag: string;
        /** @description true: this is the answer of the first time; nothing was done again */
        "Idempotency-Replayed": "true";
        /** @description The path of what was made */
        Location: string;
        /** @description Seconds after which the same request may be answered (RFC 9110) */
        "Retry-After": number;
        /** @description How to say who asks (RFC 6750) */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAdministrators: {
        parameters: {
            query?: {
                /** @description `next` of an earlier answer */
                cursor?: string;
                /** @description Items at most; 100 where absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of administrators */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "name": "anna",
                     *           "role": "viewer",
                     *           "enabled": true,
                     *           "createdAt": "2026-03-02T08:15:30.250Z",
                     *           "createdBy": "socket root",
                     *           "updatedAt": "2026-03-02T08:15:30.250Z",
                     *           "passwordChangedAt": "2026-03-02T08:15:30.250Z",
                     *           "lastLogInAt": "2026-03-02T08:15:30.250Z",
                     *           "lastLogInAddress": "192.0.2.7"
                     *         }
                     *       ],
                     *       "next": "YW5uYQ"
                     *     }
                     */
                    "application/json": components["schemas"]["AdministratorList"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAdministrator: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description An administrator to be added; enabled where nothing is said */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "anna",
                 *       "password": "correct horse battery staple",
                 *       "role": "viewer",
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["NewAdministrator"];
            };
        };
        responses: {
            /** @description Somebody who administers pacd, with a password */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "anna",
                     *       "role": "viewer",
                     *       "enabled": true,
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "createdBy": "socket root",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z",
                     *       "passwordChangedAt": "2026-03-02T08:15:30.250Z",
                     *       "lastLogInAt": "2026-03-02T08:15:30.250Z",
                     *       "lastLogInAddress": "192.0.2.7"
                     *     }
                     */
                    "application/json": components["schemas"]["Administrator"];
                };
            };
            /** @description invalid-request, invalid-name, invalid-password */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description administrator-exists, too-many-administrators, request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdministrator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name in whatever spelling, or the ID
                 * @example anna
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Somebody who administers pacd, with a password */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "anna",
                     *       "role": "viewer",
                     *       "enabled": true,
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "createdBy": "socket root",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z",
                     *       "passwordChangedAt": "2026-03-02T08:15:30.250Z",
                     *       "lastLogInAt": "2026-03-02T08:15:30.250Z",
                     *       "lastLogInAddress": "192.0.2.7"
                     *     }
                     */
                    "application/json": components["schemas"]["Administrator"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description administrator-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeAdministrator: {
        parameters: {
            query?: {
                /** @description `true`: also the last one who is enabled and has the role admin */
                last?: "true" | "false";
            };
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description The name in whatever spelling, or the ID
                 * @example anna
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description administrator-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description last-administrator, request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeAdministrator: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description The name in whatever spelling, or the ID
                 * @example anna
                 */
                name: string;
            };
            cookie?: never;
        };
        /** @description What is left out stays */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "anna",
                 *       "role": "viewer",
                 *       "enabled": true
                 *     }
                 */
                "application/json": components["schemas"]["AdministratorPatch"];
            };
        };
        responses: {
            /** @description Somebody who administers pacd, with a password */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "anna",
                     *       "role": "viewer",
                     *       "enabled": true,
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "createdBy": "socket root",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z",
                     *       "passwordChangedAt": "2026-03-02T08:15:30.250Z",
                     *       "lastLogInAt": "2026-03-02T08:15:30.250Z",
                     *       "lastLogInAddress": "192.0.2.7"
                     *     }
                     */
                    "application/json": components["schemas"]["Administrator"];
                };
            };
            /** @description invalid-request, invalid-name */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description administrator-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description administrator-exists, last-administrator, request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setAdministratorPassword: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description The name in whatever spelling, or the ID
                 * @example anna
                 */
                name: string;
            };
            cookie?: never;
        };
        /** @description A new password */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": components["schemas"]["AdministratorPassword"];
            };
        };
        responses: {
            /** @description Somebody who administers pacd, with a password */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "anna",
                     *       "role": "viewer",
                     *       "enabled": true,
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "createdBy": "socket root",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z",
                     *       "passwordChangedAt": "2026-03-02T08:15:30.250Z",
                     *       "lastLogInAt": "2026-03-02T08:15:30.250Z",
                     *       "lastLogInAddress": "192.0.2.7"
                     *     }
                     */
                    "application/json": components["schemas"]["Administrator"];
                };
            };
            /** @description invalid-request, invalid-password */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description administrator-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAttempts: {
        parameters: {
            query?: {
                /** @description Dials from here only: an address, or a network */
                address?: string;
                /** @description `next` of an earlier answer to the same question */
                cursor?: string;
                /** @description `csv` and `ndjson` answer all dials that are meant as a stream, whatever their number; `json`, where absent, a page */
                format?: "json" | "ndjson" | "csv";
                /**
                 * @description Those whose ID begins like this
                 * @example 0b9f
                 */
                idPrefix?: string;
                /** @description Items at most; where absent 100, but all of them where only sessions that are up are asked for, and all in a stream */
                limit?: number;
                /**
                 * @description Dials that began at this moment or later; of several that are one entry the latest counts; RFC 3339, with a zone
                 * @example 2026-11-24T10:00:00Z
                 */
                since?: string;
                /**
                 * @description Dials that began before this moment; RFC 3339, with a zone
                 * @example 2026-11-24T10:00:00Z
                 */
                until?: string;
                /** @description Dials under this user name only, in whatever spelling; also where white space was sent at its ends */
                user?: string;
                /** @description Dials of the user with this ID only, whatever the name was then */
                userId?: string;
                /**
                 * @description Dials with this verdict only
                 * @example bad-credentials
                 */
                verdict?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As `format` asks for it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "startedAt": "2026-03-02T08:15:30.250Z",
                     *           "endedAt": "2026-03-02T08:15:30.250Z",
                     *           "clientAddress": "203.0.113.7",
                     *           "user": "anna",
                     *           "userId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "sessionId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "setupMs": 1,
                     *           "count": 1,
                     *           "firstAt": "2026-03-02T08:15:30.250Z",
                     *           "lastTimes": [
                     *             "2026-03-02T08:15:30.250Z"
                     *           ],
                     *           "verdict": {
                     *             "code": "bad-credentials",
                     *             "cause": "The user name or the password is wrong.",
                     *             "evidence": "The password of anna was wrong (MS-CHAPv2).",
                     *             "windowsErrors": [
                     *               691
                     *             ],
                     *             "remedy": "Check the user name that the client sent, and set a new password if need be: pacctl user password NAME."
                     *           }
                     *         }
                     *       ],
                     *       "next": "YW5uYQ"
                     *     }
                     */
                    "application/json": components["schemas"]["AttemptSummaryList"];
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description invalid-request, invalid-address */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAttempt: {
        parameters: {
            query?: {
                /** @description The whole as JSON (where absent), or drawn as a ladder: as text, or as one HTML file */
                format?: "json" | "text" | "html";
            };
            header?: never;
            path: {
                /**
                 * @description The ID of the dial
                 * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As `format` asks for it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "startedAt": "2026-03-02T08:15:30.250Z",
                     *       "endedAt": "2026-03-02T08:15:30.250Z",
                     *       "clientAddress": "203.0.113.7",
                     *       "user": "anna",
                     *       "userId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "sessionId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "setupMs": 1,
                     *       "count": 1,
                     *       "firstAt": "2026-03-02T08:15:30.250Z",
                     *       "lastTimes": [
                     *         "2026-03-02T08:15:30.250Z"
                     *       ],
                     *       "verdict": {
                     *         "code": "bad-credentials",
                     *         "cause": "The user name or the password is wrong.",
                     *         "evidence": "The password of anna was wrong (MS-CHAPv2).",
                     *         "windowsErrors": [
                     *           691
                     *         ],
                     *         "remedy": "Check the user name that the client sent, and set a new password if need be: pacctl user password NAME."
                     *       },
                     *       "trace": [
                     *         {
                     *           "at": 1,
                     *           "from": "client",
                     *           "layer": "lcp",
                     *           "text": "Configure-Request id=1 mru=1400 magic=0c6f3548"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Attempt"];
                    "text/html": string;
                    "text/plain": string;
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description attempt-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /**
                 * @description This action only, such as `changeUser`
                 * @example changeUser
                 */
                action?: string;
                /**
                 * @description What this one did: name of an administrator, a token or a user of the host
                 * @example olga
                 */
                actor?: string;
                /** @description What such actors did */
                actorKind?: "administrator" | "token" | "socket" | "nobody" | "pacd";
                /**
                 * @description From this address; `socket` for the local socket
                 * @example 192.0.2.10
                 */
                address?: string;
                /** @description `next` of an earlier answer */
                cursor?: string;
                /**
                 * @description Records whose ID begins so
                 * @example 1c0e
                 */
                idPrefix?: string;
                /** @description Items at most; 100 where absent */
                limit?: number;
                /**
                 * @description Of this request
                 * @example 9f86d081-2s
                 */
                requestId?: string;
                /** @description What came out so */
                result?: "done" | "refused" | "failed";
                /**
                 * @description At this moment or later
                 * @example 2026-03-01T10:00:00Z
                 */
                since?: string;
                /**
                 * @description What was done to things of this name, in whatever spelling
                 * @example anna
                 */
                target?: string;
                /**
                 * @description What was done to the thing with this ID
                 * @example 0d4f…
                 */
                targetId?: string;
                /**
                 * @description What was done to such things, such as `user`
                 * @example user
                 */
                targetKind?: string;
                /**
                 * @description Before this moment
                 * @example 2026-03-01T10:00:00Z
                 */
                until?: string;
                /**
                 * @description What was done to the user of this name, whatever the name was then, or to a session of that name
                 * @example anna
                 */
                user?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of records */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "at": "2026-03-02T08:15:30.250Z",
                     *           "lastAt": "2026-03-02T08:15:30.250Z",
                     *           "count": 1,
                     *           "actor": {
                     *             "kind": "administrator",
                     *             "name": "olga",
                     *             "id": "1c0e…",
                     *             "role": "operator"
                     *           },
                     *           "from": {
                     *             "address": "192.0.2.10",
                     *             "pid": 4711
                     *           },
                     *           "requestId": "9f86d081-2s",
                     *           "action": "changeUser",
                     *           "target": {
                     *             "kind": "user",
                     *             "name": "anna",
                     *             "id": "0d4f…"
                     *           },
                     *           "before": {
                     *             "enabled": true
                     *           },
                     *           "after": {
                     *             "enabled": false
                     *           },
                     *           "effects": {
                     *             "sessionsEnded": 1
                     *           },
                     *           "result": "done",
                     *           "status": 200,
                     *           "code": "user-not-found"
                     *         }
                     *       ],
                     *       "next": "YW5uYQ"
                     *     }
                     */
                    "application/json": components["schemas"]["AuditList"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAudit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description ID of the record, as the list has it */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who did what, to what, from where, when, and how it came out */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "at": "2026-03-02T08:15:30.250Z",
                     *       "lastAt": "2026-03-02T08:15:30.250Z",
                     *       "count": 1,
                     *       "actor": {
                     *         "kind": "administrator",
                     *         "name": "olga",
                     *         "id": "1c0e…",
                     *         "role": "operator"
                     *       },
                     *       "from": {
                     *         "address": "192.0.2.10",
                     *         "pid": 4711
                     *       },
                     *       "requestId": "9f86d081-2s",
                     *       "action": "changeUser",
                     *       "target": {
                     *         "kind": "user",
                     *         "name": "anna",
                     *         "id": "0d4f…"
                     *       },
                     *       "before": {
                     *         "enabled": true
                     *       },
                     *       "after": {
                     *         "enabled": false
                     *       },
                     *       "effects": {
                     *         "sessionsEnded": 1
                     *       },
                     *       "result": "done",
                     *       "status": 200,
                     *       "code": "user-not-found"
                     *     }
                     */
                    "application/json": components["schemas"]["Audit"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description audit-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createBackup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The backup; docs/backup-format.md says what is in it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-tar": string;
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description backup-running */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The configuration with which pacd runs; it holds no secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "file": "/etc/pacd/pacd.toml",
                     *       "keys": [
                     *         {
                     *           "key": "tunnel.mtu",
                     *           "value": "10.77.0.1",
                     *           "origin": "file",
                     *           "line": 1,
                     *           "counts": "now",
                     *           "inFile": "10.77.0.1"
                     *         }
                     *       ],
                     *       "fault": null
                     *     }
                     */
                    "application/json": components["schemas"]["Config"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "toml": "[tunnel]\nmtu = 1400\n"
                 *     }
                 */
                "application/json": components["schemas"]["CheckConfigBody"];
            };
        };
        responses: {
            /** @description What would come of a configuration */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "file": "/etc/pacd/pacd.toml",
                     *       "faults": [
                     *         {
                     *           "line": 1,
                     *           "key": "tunnel.mtu",
                     *           "code": "invalid-request",
                     *           "says": "must be a whole number from 576 to 1456, and is 9000"
                     *         }
                     *       ],
                     *       "changes": [
                     *         {
                     *           "key": "tunnel.mtu",
                     *           "from": "10.77.0.1",
                     *           "to": "10.77.0.1",
                     *           "counts": "now"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConfigCheck"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reloadConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "dryRun": true
                 *     }
                 */
                "application/json": components["schemas"]["ReloadConfigBody"];
            };
        };
        responses: {
            /** @description What reading the configuration again comes to */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "dryRun": true,
                     *       "file": "/etc/pacd/pacd.toml",
                     *       "changes": [
                     *         {
                     *           "key": "tunnel.pool",
                     *           "from": "10.77.0.1",
                     *           "to": "10.77.0.1",
                     *           "counts": "now"
                     *         }
                     *       ],
                     *       "sessions": {
                     *         "live": 1,
                     *         "ended": 1,
                     *         "noLongerAllowed": 1
                     *       },
                     *       "notes": [
                     *         "anna has the pool guests, which is gone: she cannot dial in."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Reload"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description reload-refused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /**
                 * @description About this address only, outer or inner
                 * @example 203.0.113.7
                 */
                address?: string;
                /** @description A stream that goes on (where absent), or a page of what is kept */
                format?: "stream" | "json";
                /** @description Of this moment and later only */
                from?: string;
                /** @description About the group of this name only */
                group?: string;
                /** @description Events of a page at most; 100 where absent */
                limit?: number;
                /** @description What came after the event with this number; 0: all that is kept. The header Last-Event-ID goes before it. Absent: a stream begins now, a page with the oldest */
                since?: string;
                /**
                 * @description Of these types only, with commas between them
                 * @example session-up
                 */
                type?: string;
                /** @description About the user of this name only, in whatever spelling */
                user?: string;
            };
            header?: {
                /** @description The number of the last event that was seen: what came after it follows */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As `format` asks for it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": 1,
                     *           "at": "2026-03-02T08:15:30.250Z",
                     *           "type": "session-up",
                     *           "data": {
                     *             "session": "…",
                     *             "attempt": "…",
                     *             "user": "anna",
                     *             "userId": "…",
                     *             "group": "staff",
                     *             "clientAddress": "203.0.113.7",
                     *             "assignedAddress": "10.77.0.10",
                     *             "pool": "tunnel.pool",
                     *             "encryption": "mppe-128-stateless",
                     *             "connectedAt": "2026-03-02T08:15:30.250Z",
                     *             "setupMs": 0,
                     *             "logInMs": 0
                     *           }
                     *         }
                     *       ],
                     *       "next": "YW5uYQ"
                     *     }
                     */
                    "application/json": components["schemas"]["EventList"];
                    "text/event-stream": string;
                };
            };
            /** @description invalid-request, invalid-address */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGroups: {
        parameters: {
            query?: {
                /** @description `next` of an earlier answer */
                cursor?: string;
                /** @description Items at most; 100 where absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of groups */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "name": "Contractors",
                     *           "comment": "Room 7, until the move",
                     *           "enabled": true,
                     *           "validFrom": "2027-01-01T00:00:00.000Z",
                     *           "validUntil": "2027-01-01T00:00:00.000Z",
                     *           "allowedHours": [
                     *             "mon-fri 08:00-18:00",
                     *             "sat 22:00-06:00"
                     *           ],
                     *           "allowedSources": [
                     *             "203.0.113.0/24",
                     *             "198.51.100.7"
                     *           ],
                     *           "pool": "guests",
                     *           "dns": [
                     *             "10.0.0.53"
                     *           ],
                     *           "encryption": "required",
                     *           "sessionTimeout": 28800,
                     *           "idleTimeout": 28800,
                     *           "maxSessions": 1,
                     *           "whenExceeded": "deny",
                     *           "rateUp": 10000000,
                     *           "rateDown": 10000000,
                     *           "allowedDestinations": [
                     *             "10.0.0.0/8",
                     *             "192.0.2.5 tcp 443,8000-8080"
                     *           ],
                     *           "users": 42,
                     *           "createdAt": "2026-03-02T08:15:30.250Z",
                     *           "updatedAt": "2026-03-02T08:15:30.250Z"
                     *         }
                     *       ],
                     *       "next": "YW5uYQ"
                     *     }
                     */
                    "application/json": components["schemas"]["GroupList"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createGroup: {
        parameters: {
            query?: {
                /** @description true: everything is checked as for real, nothing is done, and the answer (200) says what would happen */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Contractors",
                 *       "comment": "Room 7, until the move",
                 *       "enabled": true,
                 *       "validFrom": "2027-01-01T00:00:00.000Z",
                 *       "validUntil": "2027-01-01T00:00:00.000Z",
                 *       "allowedHours": [
                 *         "mon-fri 08:00-18:00",
                 *         "sat 22:00-06:00"
                 *       ],
                 *       "allowedSources": [
                 *         "203.0.113.0/24",
                 *         "198.51.100.7"
                 *       ],
                 *       "pool": "guests",
                 *       "dns": [
                 *         "10.0.0.53"
                 *       ],
                 *       "encryption": "required",
                 *       "sessionTimeout": 28800,
                 *       "idleTimeout": 28800,
                 *       "maxSessions": 1,
                 *       "whenExceeded": "deny",
                 *       "rateUp": 10000000,
                 *       "rateDown": 10000000,
                 *       "allowedDestinations": [
                 *         "10.0.0.0/8",
                 *         "192.0.2.5 tcp 443,8000-8080"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateGroupBody"];
            };
        };
        responses: {
            /** @description What a request would do: the answer to a dry run */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "would": "create",
                     *       "changes": [
                     *         {
                     *           "field": "rateDown",
                     *           "from": null,
                     *           "to": null
                     *         }
                     *       ],
                     *       "effects": {
                     *         "sessionsEnded": 3,
                     *         "overridden": {
                     *           "rateUp": 2
                     *         },
                     *         "released": 42
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["WritePlan"];
                };
            };
            /** @description A policy that its users have wherever nothing was decided for them */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "Contractors",
                     *       "comment": "Room 7, until the move",
                     *       "enabled": true,
                     *       "validFrom": "2027-01-01T00:00:00.000Z",
                     *       "validUntil": "2027-01-01T00:00:00.000Z",
                     *       "allowedHours": [
                     *         "mon-fri 08:00-18:00",
                     *         "sat 22:00-06:00"
                     *       ],
                     *       "allowedSources": [
                     *         "203.0.113.0/24",
                     *         "198.51.100.7"
                     *       ],
                     *       "pool": "guests",
                     *       "dns": [
                     *         "10.0.0.53"
                     *       ],
                     *       "encryption": "required",
                     *       "sessionTimeout": 28800,
                     *       "idleTimeout": 28800,
                     *       "maxSessions": 1,
                     *       "whenExceeded": "deny",
                     *       "rateUp": 10000000,
                     *       "rateDown": 10000000,
                     *       "allowedDestinations": [
                     *         "10.0.0.0/8",
                     *         "192.0.2.5 tcp 443,8000-8080"
                     *       ],
                     *       "users": 42,
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Group"];
                };
            };
            /** @description invalid-request, invalid-name, invalid-comment, invalid-policy, pool-unknown */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description group-exists, request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGroup: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An ETag that was read: 304, or 412 for a write, where it is still so. *: there must be none
                 * @example *
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description The group's name, in whatever spelling, percent-encoded */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A policy that its users have wherever nothing was decided for them */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "Contractors",
                     *       "comment": "Room 7, until the move",
                     *       "enabled": true,
                     *       "validFrom": "2027-01-01T00:00:00.000Z",
                     *       "validUntil": "2027-01-01T00:00:00.000Z",
                     *       "allowedHours": [
                     *         "mon-fri 08:00-18:00",
                     *         "sat 22:00-06:00"
                     *       ],
                     *       "allowedSources": [
                     *         "203.0.113.0/24",
                     *         "198.51.100.7"
                     *       ],
                     *       "pool": "guests",
                     *       "dns": [
                     *         "10.0.0.53"
                     *       ],
                     *       "encryption": "required",
                     *       "sessionTimeout": 28800,
                     *       "idleTimeout": 28800,
                     *       "maxSessions": 1,
                     *       "whenExceeded": "deny",
                     *       "rateUp": 10000000,
                     *       "rateDown": 10000000,
                     *       "allowedDestinations": [
                     *         "10.0.0.0/8",
                     *         "192.0.2.5 tcp 443,8000-8080"
                     *       ],
                     *       "users": 42,
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Group"];
                };
            };
            /** @description What the client has is still so */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description group-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putGroup: {
        parameters: {
            query?: {
                /** @description true: everything is checked as for real, nothing is done, and the answer (200) says what would happen */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
                /**
                 * @description The ETag of what the request is about as it was read, or *: 412 where it was changed meanwhile. Demanded (428) where admin.require_if_match is on
                 * @example "0d4b1c9e.7-3kzQ0p1xYcA"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description An ETag that was read: 304, or 412 for a write, where it is still so. *: there must be none
                 * @example *
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description The group's name, in whatever spelling, percent-encoded */
                name: string;
            };
            cookie?: never;
        };
        /** @description The whole of a group */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Contractors",
                 *       "comment": "Room 7, until the move",
                 *       "enabled": true,
                 *       "validFrom": "2027-01-01T00:00:00.000Z",
                 *       "validUntil": "2027-01-01T00:00:00.000Z",
                 *       "allowedHours": [
                 *         "mon-fri 08:00-18:00",
                 *         "sat 22:00-06:00"
                 *       ],
                 *       "allowedSources": [
                 *         "203.0.113.0/24",
                 *         "198.51.100.7"
                 *       ],
                 *       "pool": "guests",
                 *       "dns": [
                 *         "10.0.0.53"
                 *       ],
                 *       "encryption": "required",
                 *       "sessionTimeout": 28800,
                 *       "idleTimeout": 28800,
                 *       "maxSessions": 1,
                 *       "whenExceeded": "deny",
                 *       "rateUp": 10000000,
                 *       "rateDown": 10000000,
                 *       "allowedDestinations": [
                 *         "10.0.0.0/8",
                 *         "192.0.2.5 tcp 443,8000-8080"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["PutGroupBody"];
            };
        };
        responses: {
            /** @description The answer; of a dry run, what would happen */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "Contractors",
                     *       "comment": "Room 7, until the move",
                     *       "enabled": true,
                     *       "validFrom": "2027-01-01T00:00:00.000Z",
                     *       "validUntil": "2027-01-01T00:00:00.000Z",
                     *       "allowedHours": [
                     *         "mon-fri 08:00-18:00",
                     *         "sat 22:00-06:00"
                     *       ],
                     *       "allowedSources": [
                     *         "203.0.113.0/24",
                     *         "198.51.100.7"
                     *       ],
                     *       "pool": "guests",
                     *       "dns": [
                     *         "10.0.0.53"
                     *       ],
                     *       "encryption": "required",
                     *       "sessionTimeout": 28800,
                     *       "idleTimeout": 28800,
                     *       "maxSessions": 1,
                     *       "whenExceeded": "deny",
                     *       "rateUp": 10000000,
                     *       "rateDown": 10000000,
                     *       "allowedDestinations": [
                     *         "10.0.0.0/8",
                     *         "192.0.2.5 tcp 443,8000-8080"
                     *       ],
                     *       "users": 42,
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z",
                     *       "effects": {
                     *         "sessionsEnded": 0,
                     *         "overridden": {
                     *           "rateUp": 2
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PutGroupAnswer"];
                };
            };
            /** @description A policy that its users have wherever nothing was decided for them */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "Contractors",
                     *       "comment": "Room 7, until the move",
                     *       "enabled": true,
                     *       "validFrom": "2027-01-01T00:00:00.000Z",
                     *       "validUntil": "2027-01-01T00:00:00.000Z",
                     *       "allowedHours": [
                     *         "mon-fri 08:00-18:00",
                     *         "sat 22:00-06:00"
                     *       ],
                     *       "allowedSources": [
                     *         "203.0.113.0/24",
                     *         "198.51.100.7"
                     *       ],
                     *       "pool": "guests",
                     *       "dns": [
                     *         "10.0.0.53"
                     *       ],
                     *       "encryption": "required",
                     *       "sessionTimeout": 28800,
                     *       "idleTimeout": 28800,
                     *       "maxSessions": 1,
                     *       "whenExceeded": "deny",
                     *       "rateUp": 10000000,
                     *       "rateDown": 10000000,
                     *       "allowedDestinations": [
                     *         "10.0.0.0/8",
                     *         "192.0.2.5 tcp 443,8000-8080"
                     *       ],
                     *       "users": 42,
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Group"];
                };
            };
            /** @description invalid-request, invalid-name, invalid-comment, invalid-policy, pool-unknown */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description group-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description group-exists, request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description changed-meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeGroup: {
        parameters: {
            query?: {
                /** @description true: everything is checked as for real, nothing is done, and the answer (200) says what would happen */
                dryRun?: boolean;
                /** @description release: users of the group are in none then. Where absent, a group that has users is not removed */
                members?: "release";
            };
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
                /**
                 * @description The ETag of what the request is about as it was read, or *: 412 where it was changed meanwhile. Demanded (428) where admin.require_if_match is on
                 * @example "0d4b1c9e.7-3kzQ0p1xYcA"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description An ETag that was read: 304, or 412 for a write, where it is still so. *: there must be none
                 * @example *
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description The group's name, in whatever spelling, percent-encoded */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer; of a dry run, what would happen */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "Contractors",
                     *       "released": 42,
                     *       "sessionsEnded": 0
                     *     }
                     */
                    "application/json": components["schemas"]["RemoveGroupAnswer"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description group-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description group-has-members, request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description changed-meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeGroup: {
        parameters: {
            query?: {
                /** @description true: everything is checked as for real, nothing is done, and the answer (200) says what would happen */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
                /**
                 * @description The ETag of what the request is about as it was read, or *: 412 where it was changed meanwhile. Demanded (428) where admin.require_if_match is on
                 * @example "0d4b1c9e.7-3kzQ0p1xYcA"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description An ETag that was read: 304, or 412 for a write, where it is still so. *: there must be none
                 * @example *
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description The group's name, in whatever spelling, percent-encoded */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Contractors",
                 *       "comment": "Room 7, until the move",
                 *       "enabled": true,
                 *       "validFrom": "2027-01-01T00:00:00.000Z",
                 *       "validUntil": "2027-01-01T00:00:00.000Z",
                 *       "allowedHours": [
                 *         "mon-fri 08:00-18:00",
                 *         "sat 22:00-06:00"
                 *       ],
                 *       "allowedSources": [
                 *         "203.0.113.0/24",
                 *         "198.51.100.7"
                 *       ],
                 *       "pool": "guests",
                 *       "dns": [
                 *         "10.0.0.53"
                 *       ],
                 *       "encryption": "required",
                 *       "sessionTimeout": 28800,
                 *       "idleTimeout": 28800,
                 *       "maxSessions": 1,
                 *       "whenExceeded": "deny",
                 *       "rateUp": 10000000,
                 *       "rateDown": 10000000,
                 *       "allowedDestinations": [
                 *         "10.0.0.0/8",
                 *         "192.0.2.5 tcp 443,8000-8080"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ChangeGroupBody"];
                /**
                 * @example {
                 *       "name": "Contractors",
                 *       "comment": "Room 7, until the move",
                 *       "enabled": true,
                 *       "validFrom": "2027-01-01T00:00:00.000Z",
                 *       "validUntil": "2027-01-01T00:00:00.000Z",
                 *       "allowedHours": [
                 *         "mon-fri 08:00-18:00",
                 *         "sat 22:00-06:00"
                 *       ],
                 *       "allowedSources": [
                 *         "203.0.113.0/24",
                 *         "198.51.100.7"
                 *       ],
                 *       "pool": "guests",
                 *       "dns": [
                 *         "10.0.0.53"
                 *       ],
                 *       "encryption": "required",
                 *       "sessionTimeout": 28800,
                 *       "idleTimeout": 28800,
                 *       "maxSessions": 1,
                 *       "whenExceeded": "deny",
                 *       "rateUp": 10000000,
                 *       "rateDown": 10000000,
                 *       "allowedDestinations": [
                 *         "10.0.0.0/8",
                 *         "192.0.2.5 tcp 443,8000-8080"
                 *       ]
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["ChangeGroupMergePatch"];
            };
        };
        responses: {
            /** @description The answer; of a dry run, what would happen */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "Contractors",
                     *       "comment": "Room 7, until the move",
                     *       "enabled": true,
                     *       "validFrom": "2027-01-01T00:00:00.000Z",
                     *       "validUntil": "2027-01-01T00:00:00.000Z",
                     *       "allowedHours": [
                     *         "mon-fri 08:00-18:00",
                     *         "sat 22:00-06:00"
                     *       ],
                     *       "allowedSources": [
                     *         "203.0.113.0/24",
                     *         "198.51.100.7"
                     *       ],
                     *       "pool": "guests",
                     *       "dns": [
                     *         "10.0.0.53"
                     *       ],
                     *       "encryption": "required",
                     *       "sessionTimeout": 28800,
                     *       "idleTimeout": 28800,
                     *       "maxSessions": 1,
                     *       "whenExceeded": "deny",
                     *       "rateUp": 10000000,
                     *       "rateDown": 10000000,
                     *       "allowedDestinations": [
                     *         "10.0.0.0/8",
                     *         "192.0.2.5 tcp 443,8000-8080"
                     *       ],
                     *       "users": 42,
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z",
                     *       "effects": {
                     *         "sessionsEnded": 0,
                     *         "overridden": {
                     *           "rateUp": 2
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PutGroupAnswer"];
                };
            };
            /** @description invalid-request, invalid-name, invalid-comment, invalid-policy, pool-unknown */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description group-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description group-exists, request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description changed-meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLockouts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest 1000, in one page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "kind": "user-address",
                     *           "userId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "user": "anna",
                     *           "address": "203.0.113.7",
                     *           "failures": 1,
                     *           "since": "2026-03-02T08:15:30.250Z",
                     *           "last": "2026-03-02T08:15:30.250Z",
                     *           "refusedUntil": "2026-03-02T08:15:30.250Z"
                     *         }
                     *       ],
                     *       "next": "YW5uYQ"
                     *     }
                     */
                    "application/json": components["schemas"]["LockoutList"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    liftAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description An IPv4 address
                 * @example 203.0.113.7
                 */
                address: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was lifted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "lifted": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Lifted"];
                };
            };
            /** @description invalid-request, invalid-address */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Name and password of an administrator */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "anna",
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": components["schemas"]["LogInRequest"];
            };
        };
        responses: {
            /** @description A log-in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "pacd_3q2-7w…",
                     *       "tokenId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "expiresAt": "2026-03-02T08:15:30.250Z",
                     *       "administrator": {
                     *         "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *         "name": "anna",
                     *         "role": "viewer",
                     *         "enabled": true,
                     *         "createdAt": "2026-03-02T08:15:30.250Z",
                     *         "createdBy": "socket root",
                     *         "updatedAt": "2026-03-02T08:15:30.250Z",
                     *         "passwordChangedAt": "2026-03-02T08:15:30.250Z",
                     *         "lastLogInAt": "2026-03-02T08:15:30.250Z",
                     *         "lastLogInAddress": "192.0.2.7"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["LogIn"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description log-in-refused */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-yet-written, unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An OpenAPI 3.1 document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": components["schemas"]["GetOpenApiAnswer"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description Where the client dialled from, or its address inside the tunnel: an address, or a network */
                address?: string;
                /** @description The address inside the tunnel: an address, or a network */
                assignedAddress?: string;
                /**
                 * @description Sessions that were up at this very moment; RFC 3339, with a zone
                 * @example 2026-11-24T10:00:00Z
                 */
                at?: string;
                /** @description Where the client dialled from: an address, or a network */
                clientAddress?: string;
                /** @description `next` of an earlier answer to the same question */
                cursor?: string;
                /** @description `strong`: mppe-128-stateless; `weak`: anything else, `none` among it */
                encryption?: "weak" | "strong";
                /**
                 * @description Sessions that ended for this reason only, a verdict code
                 * @example link-lost
                 */
                endReason?: string;
                /** @description `csv` and `ndjson` answer all sessions that are meant as a stream, whatever their number; `json`, where absent, a page */
                format?: "json" | "ndjson" | "csv";
                /** @description Sessions of users who were in this group when the session came up: its name or ID */
                group?: string;
                /**
                 * @description Those whose ID begins like this
                 * @example 0b9f
                 */
                idPrefix?: string;
                /** @description Items at most; where absent 100, but all of them where only sessions that are up are asked for, and all in a stream */
                limit?: number;
                /**
                 * @description Sessions with an address of this pool only
                 * @example tunnel.pool
                 */
                pool?: string;
                /**
                 * @description Sessions that were up at this moment or later; RFC 3339, with a zone
                 * @example 2026-11-24T10:00:00Z
                 */
                since?: string;
                /** @description `-` in front: the largest or latest first. Where absent: sessions that are up oldest first, all others latest first */
                sort?: "connectedAt" | "-connectedAt" | "disconnectedAt" | "-disconnectedAt" | "durationSeconds" | "-durationSeconds" | "user" | "-user" | "rxBytes" | "-rxBytes" | "txBytes" | "-txBytes";
                /** @description Sessions that are up (where absent), that have ended, or both */
                state?: "live" | "ended" | "all";
                /**
                 * @description Sessions that began before this moment; RFC 3339, with a zone
                 * @example 2026-11-24T10:00:00Z
                 */
                until?: string;
                /**
                 * @description Sessions of the user of this name only, in whatever spelling
                 * @example anna
                 */
                user?: string;
                /** @description Sessions of the user with this ID only, whatever the name was then */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As `format` asks for it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "state": "live",
                     *           "user": "anna",
                     *           "userId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "group": "sales",
                     *           "groupId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "clientAddress": "203.0.113.7",
                     *           "assignedAddress": "10.77.0.10",
                     *           "pool": "tunnel.pool",
                     *           "connectedAt": "2026-03-02T08:15:30.250Z",
                     *           "disconnectedAt": "2026-03-02T08:15:30.250Z",
                     *           "durationSeconds": 0,
                     *           "endReason": "client-hung-up",
                     *           "encryption": "mppe-128-stateless",
                     *           "mtu": 1400,
                     *           "rxBytes": 0,
                     *           "txBytes": 0,
                     *           "rxPackets": 0,
                     *           "txPackets": 0,
                     *           "lastActivity": "2026-03-02T08:15:30.250Z",
                     *           "attemptId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *         }
                     *       ],
                     *       "next": "YW5uYQ"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionList"];
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description invalid-request, invalid-address */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSessions: {
        parameters: {
            query?: {
                /**
                 * @description Sessions whose client dialled from this address, or has it inside the tunnel
                 * @example 203.0.113.7
                 */
                address?: string;
                /** @description Every session */
                all?: "true";
                /** @description true: nothing is ended, and the answer says what would be */
                dryRun?: "true" | "false";
                /**
                 * @description Sessions of the users of this group, as it is now
                 * @example sales
                 */
                group?: string;
                /**
                 * @description Why, one line: it goes to the log, and to the record of the session
                 * @example maintenance at noon
                 */
                message?: string;
                /** @description Sessions of the user of this name, in whatever spelling */
                user?: string;
                /** @description Sessions of the user with this ID */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sessions that were ended, or would be */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "count": 0,
                     *       "dryRun": true,
                     *       "items": [
                     *         {
                     *           "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "state": "live",
                     *           "user": "anna",
                     *           "userId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "group": "sales",
                     *           "groupId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "clientAddress": "203.0.113.7",
                     *           "assignedAddress": "10.77.0.10",
                     *           "pool": "tunnel.pool",
                     *           "connectedAt": "2026-03-02T08:15:30.250Z",
                     *           "disconnectedAt": "2026-03-02T08:15:30.250Z",
                     *           "durationSeconds": 0,
                     *           "endReason": "client-hung-up",
                     *           "encryption": "mppe-128-stateless",
                     *           "mtu": 1400,
                     *           "rxBytes": 0,
                     *           "txBytes": 0,
                     *           "rxPackets": 0,
                     *           "txPackets": 0,
                     *           "lastActivity": "2026-03-02T08:15:30.250Z",
                     *           "attemptId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["EndedSessions"];
                };
            };
            /** @description invalid-request, invalid-address */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description filter-required */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The ID of the session
                 * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A session, and all that is known of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "state": "live",
                     *       "user": "anna",
                     *       "userId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "group": "sales",
                     *       "groupId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "clientAddress": "203.0.113.7",
                     *       "assignedAddress": "10.77.0.10",
                     *       "pool": "tunnel.pool",
                     *       "connectedAt": "2026-03-02T08:15:30.250Z",
                     *       "disconnectedAt": "2026-03-02T08:15:30.250Z",
                     *       "durationSeconds": 0,
                     *       "endReason": "client-hung-up",
                     *       "encryption": "mppe-128-stateless",
                     *       "mtu": 1400,
                     *       "rxBytes": 0,
                     *       "txBytes": 0,
                     *       "rxPackets": 0,
                     *       "txPackets": 0,
                     *       "lastActivity": "2026-03-02T08:15:30.250Z",
                     *       "attemptId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "client": {
                     *         "computerName": "ANNA-PC",
                     *         "kind": "windows",
                     *         "hostName": "local",
                     *         "vendorName": "Microsoft",
                     *         "firmwareRevision": 0,
                     *         "identifications": [
                     *           "MSRASV5.20",
                     *           "MSRAS-0-ANNA-PC"
                     *         ]
                     *       },
                     *       "link": {
                     *         "roundTripMs": 0,
                     *         "leastRoundTripMs": 0,
                     *         "roundTrips": 0,
                     *         "roundTripAt": "2026-03-02T08:15:30.250Z",
                     *         "arrived": 0,
                     *         "lost": 0,
                     *         "lostShare": 0,
                     *         "reordered": 0,
                     *         "late": 0,
                     *         "duplicates": 0,
                     *         "tested": 0,
                     *         "unacknowledged": 0,
                     *         "unacknowledgedShare": 0
                     *       },
                     *       "live": {
                     *         "logInMethod": "ms-chap-v2",
                     *         "serverAddress": "10.77.0.1",
                     *         "dns": [
                     *           "10.0.0.53"
                     *         ],
                     *         "wins": [],
                     *         "agreed": {
                     *           "lcp": {
                     *             "byClient": [
                     *               {
                     *                 "name": "mru",
                     *                 "value": "1400"
                     *               }
                     *             ],
                     *             "byServer": [
                     *               {
                     *                 "name": "mru",
                     *                 "value": "1400"
                     *               }
                     *             ]
                     *           },
                     *           "ccp": {
                     *             "byClient": [
                     *               {
                     *                 "name": "mru",
                     *                 "value": "1400"
                     *               }
                     *             ],
                     *             "byServer": [
                     *               {
                     *                 "name": "mru",
                     *                 "value": "1400"
                     *               }
                     *             ]
                     *           },
                     *           "ipcp": {
                     *             "byClient": [
                     *               {
                     *                 "name": "mru",
                     *                 "value": "1400"
                     *               }
                     *             ],
                     *             "byServer": [
                     *               {
                     *                 "name": "mru",
                     *                 "value": "1400"
                     *               }
                     *             ]
                     *           }
                     *         },
                     *         "policy": {
                     *           "rateUp": 0,
                     *           "rateDown": 0,
                     *           "allowedDestinations": [
                     *             "10.0.0.0/8"
                     *           ],
                     *           "sessionTimeout": 0,
                     *           "idleTimeout": 0,
                     *           "validUntil": "2026-03-02T08:15:30.250Z",
                     *           "allowedHours": [
                     *             "mon-fri 08:00-18:00"
                     *           ],
                     *           "group": "sales",
                     *           "from": {
                     *             "rateUp": "group",
                     *             "rateDown": "group",
                     *             "allowedDestinations": "group",
                     *             "sessionTimeout": "group",
                     *             "idleTimeout": "group",
                     *             "validUntil": "group",
                     *             "allowedHours": "group"
                     *           }
                     *         },
                     *         "timeLeft": {
                     *           "session": 0,
                     *           "idle": 0,
                     *           "validity": 0,
                     *           "hours": 0
                     *         },
                     *         "rate": {
                     *           "seconds": 0,
                     *           "rxBitsPerSecond": 0,
                     *           "txBitsPerSecond": 0,
                     *           "rxPacketsPerSecond": 0,
                     *           "txPacketsPerSecond": 0
                     *         },
                     *         "history": [
                     *           {
                     *             "seconds": 0,
                     *             "rxBitsPerSecond": 0,
                     *             "txBitsPerSecond": 0,
                     *             "rxPacketsPerSecond": 0,
                     *             "txPacketsPerSecond": 0
                     *           }
                     *         ],
                     *         "drops": [
                     *           {
                     *             "reason": "destination-denied",
                     *             "packets": 0,
                     *             "meaning": "to a place the user may not reach"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SessionDetails"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disconnectSession: {
        parameters: {
            query?: {
                /**
                 * @description Why, one line: it goes to the log, and to the record of the session
                 * @example maintenance at noon
                 */
                message?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The ID of the session
                 * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description session-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sumSessions: {
        parameters: {
            query?: {
                /** @description Where the client dialled from, or its address inside the tunnel: an address, or a network */
                address?: string;
                /** @description The address inside the tunnel: an address, or a network */
                assignedAddress?: string;
                /**
                 * @description Sessions that were up at this very moment; RFC 3339, with a zone
                 * @example 2026-11-24T10:00:00Z
                 */
                at?: string;
                /** @description What is added up for itself, with commas between: day, user, group, pool; user,day where absent */
                by?: string;
                /** @description Where the client dialled from: an address, or a network */
                clientAddress?: string;
                /** @description `next` of an earlier answer to the same question */
                cursor?: string;
                /** @description `strong`: mppe-128-stateless; `weak`: anything else, `none` among it */
                encryption?: "weak" | "strong";
                /**
                 * @description Sessions that ended for this reason only, a verdict code
                 * @example link-lost
                 */
                endReason?: string;
                /** @description `csv` and `ndjson` answer all totals as a stream, whatever their number; `json`, where absent, a page */
                format?: "json" | "ndjson" | "csv";
                /** @description Sessions of users who were in this group when the session came up: its name or ID */
                group?: string;
                /**
                 * @description Those whose ID begins like this
                 * @example 0b9f
                 */
                idPrefix?: string;
                /** @description Items at most; where absent 100, but all of them where only sessions that are up are asked for, and all in a stream */
                limit?: number;
                /**
                 * @description Sessions with an address of this pool only
                 * @example tunnel.pool
                 */
                pool?: string;
                /**
                 * @description What passed at this moment or later; 31 days ago where absent; RFC 3339, with a zone
                 * @example 2026-11-24T10:00:00Z
                 */
                since?: string;
                /**
                 * @description What passed before this moment; now where absent; RFC 3339, with a zone
                 * @example 2026-11-24T10:00:00Z
                 */
                until?: string;
                /**
                 * @description Sessions of the user of this name only, in whatever spelling
                 * @example anna
                 */
                user?: string;
                /** @description Sessions of the user with this ID only, whatever the name was then */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As `format` asks for it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "day": "2026-11-24",
                     *           "user": "anna",
                     *           "userId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "group": "sales",
                     *           "groupId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "pool": "tunnel.pool",
                     *           "sessions": 0,
                     *           "seconds": 0,
                     *           "rxBytes": 0,
                     *           "txBytes": 0,
                     *           "rxPackets": 0,
                     *           "txPackets": 0
                     *         }
                     *       ],
                     *       "next": "YW5uYQ"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionTotalList"];
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description invalid-request, invalid-address */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description pacd at this moment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "version": "1.2.3",
                     *       "startedAt": "2026-03-02T08:15:30.250Z",
                     *       "uptimeSeconds": 1,
                     *       "listen": "0.0.0.0:1723",
                     *       "listens": [
                     *         "192.0.2.1:1723",
                     *         "198.51.100.1:1723"
                     *       ],
                     *       "interface": "pac0",
                     *       "localAddress": "10.77.0.1",
                     *       "nat": "on",
                     *       "packetWorkers": 2,
                     *       "weakOptions": [
                     *         "MPPE with 40 bits is allowed: such a key is found by trying, within minutes."
                     *       ],
                     *       "certificate": {
                     *         "names": [
                     *           "vpn.example.com"
                     *         ],
                     *         "fingerprint": "AB:CD:EF:…",
                     *         "notBefore": "2026-03-02T08:15:30.250Z",
                     *         "notAfter": "2026-03-02T08:15:30.250Z",
                     *         "daysLeft": 1
                     *       },
                     *       "users": 1,
                     *       "sessions": 1,
                     *       "maxSessions": 1000,
                     *       "maxSessionsPerUser": 5,
                     *       "addressesFree": 1,
                     *       "addressesTotal": 1,
                     *       "pools": [
                     *         {
                     *           "name": "tunnel.pool",
                     *           "total": 1,
                     *           "used": 1,
                     *           "reserved": 1,
                     *           "free": 1
                     *         }
                     *       ],
                     *       "controlConnections": 1,
                     *       "dials": {
                     *         "started": 1,
                     *         "connected": 1,
                     *         "failed": 1
                     *       },
                     *       "logInFailures": {
                     *         "wrong": 1,
                     *         "unjudged": 1,
                     *         "lockouts": {}
                     *       },
                     *       "verdicts": {},
                     *       "controlFaults": {},
                     *       "hostRepairs": {},
                     *       "drops": {},
                     *       "records": {
                     *         "waiting": 1,
                     *         "dropped": {
                     *           "attempts": 1,
                     *           "sessions": 1,
                     *           "traces": 1
                     *         }
                     *       },
                     *       "lastBackupAt": "2026-03-02T08:15:30.250Z",
                     *       "conditions": [
                     *         {
                     *           "code": "nat-missing",
                     *           "subject": "",
                     *           "since": "2026-03-02T08:15:30.250Z",
                     *           "sentence": "The rules of pacd in nft are gone; they are put back.",
                     *           "ready": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Status"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: {
                /** @description `next` of an earlier answer */
                cursor?: string;
                /** @description Items at most; 100 where absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of tokens */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "kind": "token",
                     *           "name": "backup",
                     *           "role": "viewer",
                     *           "sources": [
                     *             "192.0.2.0/24"
                     *           ],
                     *           "createdAt": "2026-03-02T08:15:30.250Z",
                     *           "createdBy": "administrator anna",
                     *           "expiresAt": "2026-03-02T08:15:30.250Z",
                     *           "expired": true,
                     *           "lastUsedAt": "2026-03-02T08:15:30.250Z",
                     *           "lastUsedAddress": "192.0.2.7"
                     *         }
                     *       ],
                     *       "next": "YW5uYQ"
                     *     }
                     */
                    "application/json": components["schemas"]["TokenList"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description A token to be made */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "backup",
                 *       "role": "viewer",
                 *       "expiresAt": "2026-03-02T08:15:30.250Z",
                 *       "sources": [
                 *         "192.0.2.0/24",
                 *         "2001:db8::/32"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description A new token, with what is sent as bearer */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "kind": "token",
                     *       "name": "backup",
                     *       "role": "viewer",
                     *       "sources": [
                     *         "192.0.2.0/24"
                     *       ],
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "createdBy": "administrator anna",
                     *       "expiresAt": "2026-03-02T08:15:30.250Z",
                     *       "expired": true,
                     *       "lastUsedAt": "2026-03-02T08:15:30.250Z",
                     *       "lastUsedAddress": "192.0.2.7",
                     *       "token": "pacd_3q2-7w…"
                     *     }
                     */
                    "application/json": components["schemas"]["TokenWithSecret"];
                };
            };
            /** @description invalid-request, invalid-name */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description token-exists, too-many-tokens, request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Its ID, or its name where it is no log-in
                 * @example backup
                 */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An API token; what is sent as bearer is never shown again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "kind": "token",
                     *       "name": "backup",
                     *       "role": "viewer",
                     *       "sources": [
                     *         "192.0.2.0/24"
                     *       ],
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "createdBy": "administrator anna",
                     *       "expiresAt": "2026-03-02T08:15:30.250Z",
                     *       "expired": true,
                     *       "lastUsedAt": "2026-03-02T08:15:30.250Z",
                     *       "lastUsedAddress": "192.0.2.7"
                     *     }
                     */
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description token-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
            };
            path: {
                /**
                 * @description Its ID, or its name where it is no log-in
                 * @example backup
                 */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description token-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-yet-written, unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateAdminToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A new token, with what is sent as bearer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "kind": "token",
                     *       "name": "backup",
                     *       "role": "viewer",
                     *       "sources": [
                     *         "192.0.2.0/24"
                     *       ],
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "createdBy": "administrator anna",
                     *       "expiresAt": "2026-03-02T08:15:30.250Z",
                     *       "expired": true,
                     *       "lastUsedAt": "2026-03-02T08:15:30.250Z",
                     *       "lastUsedAddress": "192.0.2.7",
                     *       "token": "pacd_3q2-7w…"
                     *     }
                     */
                    "application/json": components["schemas"]["TokenWithSecret"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /**
                 * @description Whose static address this is, or who has a session with it that is up
                 * @example 10.77.0.20
                 */
                address?: string;
                /** @description Have they a session that is up? */
                connected?: boolean;
                /** @description `next` of an earlier answer */
                cursor?: string;
                /** @description May they dial in? As it applies, by themselves or by their group */
                enabled?: boolean;
                /** @description Is their validity over, as it applies? */
                expired?: boolean;
                /** @description Users of this group; none: of no group */
                group?: string;
                /** @description The user with this ID only, whatever else is said */
                id?: string;
                /**
                 * @description `KEY`: users with this label; `KEY=VALUE`: with this value of it. Given more than once: all of them
                 * @example [
                 *       "department=sales"
                 *     ]
                 */
                label?: string[];
                /** @description Items at most; 100 where absent */
                limit?: number;
                /** @description Did they never get in? */
                neverLoggedIn?: boolean;
                /** @description Has their password expired? */
                passwordExpired?: boolean;
                /**
                 * @description A part of the name, in whatever spelling, or of the comment
                 * @example berg
                 */
                q?: string;
                /** @description By name where absent; with a minus, the other way round. Nobody's moment comes first */
                sort?: "name" | "-name" | "createdAt" | "-createdAt" | "lastLogInAt" | "-lastLogInAt" | "passwordExpiresAt" | "-passwordExpiresAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of users */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "name": "anna",
                     *           "enabled": true,
                     *           "validFrom": "2027-01-01T00:00:00.000Z",
                     *           "validUntil": "2027-01-01T00:00:00.000Z",
                     *           "allowedHours": [
                     *             "mon-fri 08:00-18:00",
                     *             "sat 22:00-06:00"
                     *           ],
                     *           "allowedSources": [
                     *             "203.0.113.0/24",
                     *             "198.51.100.7"
                     *           ],
                     *           "staticAddress": "10.77.0.50",
                     *           "pool": "guests",
                     *           "dns": [
                     *             "10.0.0.53"
                     *           ],
                     *           "encryption": "required",
                     *           "sessionTimeout": 28800,
                     *           "idleTimeout": 28800,
                     *           "maxSessions": 1,
                     *           "whenExceeded": "deny",
                     *           "rateUp": 10000000,
                     *           "rateDown": 10000000,
                     *           "allowedDestinations": [
                     *             "10.0.0.0/8",
                     *             "192.0.2.5 tcp 443,8000-8080"
                     *           ],
                     *           "passwordExpiresAt": "2027-01-01T00:00:00.000Z",
                     *           "group": "staff",
                     *           "groupId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "own": [
                     *             "enabled"
                     *           ],
                     *           "from": {
                     *             "enabled": "user",
                     *             "validFrom": "user",
                     *             "validUntil": "user",
                     *             "allowedHours": "user",
                     *             "allowedSources": "user",
                     *             "staticAddress": "user",
                     *             "pool": "user",
                     *             "dns": "user",
                     *             "encryption": "user",
                     *             "sessionTimeout": "user",
                     *             "idleTimeout": "user",
                     *             "maxSessions": "user",
                     *             "whenExceeded": "user",
                     *             "rateUp": "user",
                     *             "rateDown": "user",
                     *             "allowedDestinations": "user",
                     *             "passwordExpiresAt": "user"
                     *           },
                     *           "comment": "Room 7, until the move",
                     *           "labels": {
                     *             "department": "sales",
                     *             "laptop": ""
                     *           },
                     *           "lastLogIn": {
                     *             "at": "2026-03-02T08:15:30.250Z",
                     *             "address": "203.0.113.7",
                     *             "sessionId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *           },
                     *           "sessionLimit": {
                     *             "sessions": 5,
                     *             "from": "user"
                     *           },
                     *           "recoverablePassword": true,
                     *           "passwordChangedAt": "2026-03-02T08:15:30.250Z",
                     *           "createdAt": "2026-03-02T08:15:30.250Z",
                     *           "updatedAt": "2026-03-02T08:15:30.250Z",
                     *           "failedLogIns": {
                     *             "count": 1,
                     *             "since": "2026-03-02T08:15:30.250Z",
                     *             "last": "2026-03-02T08:15:30.250Z",
                     *             "newAddressesWait": true,
                     *             "addresses": [
                     *               {
                     *                 "address": "203.0.113.7",
                     *                 "failures": 1,
                     *                 "since": "2026-03-02T08:15:30.250Z",
                     *                 "last": "2026-03-02T08:15:30.250Z",
                     *                 "refusedUntil": "2026-03-02T08:15:30.250Z"
                     *               }
                     *             ]
                     *           },
                     *           "lastFailure": {
                     *             "at": "2026-03-02T08:15:30.250Z",
                     *             "address": "203.0.113.7",
                     *             "verdict": "bad-credentials",
                     *             "attemptId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *           },
                     *           "notes": [
                     *             "The password ends with a space."
                     *           ]
                     *         }
                     *       ],
                     *       "next": "YW5uYQ"
                     *     }
                     */
                    "application/json": components["schemas"]["UserList"];
                };
            };
            /** @description invalid-request, invalid-address */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createUser: {
        parameters: {
            query?: {
                /** @description true: everything is checked as for real, nothing is done, and the answer (200) says what would happen */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "anna",
                 *       "password": "correct horse battery staple",
                 *       "recoverablePassword": true,
                 *       "enabled": true,
                 *       "validFrom": "2027-01-01T00:00:00.000Z",
                 *       "validUntil": "2027-01-01T00:00:00.000Z",
                 *       "allowedHours": [
                 *         "mon-fri 08:00-18:00",
                 *         "sat 22:00-06:00"
                 *       ],
                 *       "allowedSources": [
                 *         "203.0.113.0/24",
                 *         "198.51.100.7"
                 *       ],
                 *       "staticAddress": "10.77.0.50",
                 *       "pool": "guests",
                 *       "dns": [
                 *         "10.0.0.53"
                 *       ],
                 *       "encryption": "required",
                 *       "sessionTimeout": 28800,
                 *       "idleTimeout": 28800,
                 *       "maxSessions": 1,
                 *       "whenExceeded": "deny",
                 *       "rateUp": 10000000,
                 *       "rateDown": 10000000,
                 *       "allowedDestinations": [
                 *         "10.0.0.0/8",
                 *         "192.0.2.5 tcp 443,8000-8080"
                 *       ],
                 *       "passwordExpiresAt": "2027-01-01T00:00:00.000Z",
                 *       "group": "staff",
                 *       "comment": "Room 7, until the move",
                 *       "labels": {
                 *         "department": "sales",
                 *         "laptop": ""
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateUserBody"];
            };
        };
        responses: {
            /** @description What a request would do: the answer to a dry run */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "would": "create",
                     *       "changes": [
                     *         {
                     *           "field": "rateDown",
                     *           "from": null,
                     *           "to": null
                     *         }
                     *       ],
                     *       "effects": {
                     *         "sessionsEnded": 3,
                     *         "overridden": {
                     *           "rateUp": 2
                     *         },
                     *         "released": 42
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["WritePlan"];
                };
            };
            /** @description The user; with the password where pacd generated it */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "anna",
                     *       "enabled": true,
                     *       "validFrom": "2027-01-01T00:00:00.000Z",
                     *       "validUntil": "2027-01-01T00:00:00.000Z",
                     *       "allowedHours": [
                     *         "mon-fri 08:00-18:00",
                     *         "sat 22:00-06:00"
                     *       ],
                     *       "allowedSources": [
                     *         "203.0.113.0/24",
                     *         "198.51.100.7"
                     *       ],
                     *       "staticAddress": "10.77.0.50",
                     *       "pool": "guests",
                     *       "dns": [
                     *         "10.0.0.53"
                     *       ],
                     *       "encryption": "required",
                     *       "sessionTimeout": 28800,
                     *       "idleTimeout": 28800,
                     *       "maxSessions": 1,
                     *       "whenExceeded": "deny",
                     *       "rateUp": 10000000,
                     *       "rateDown": 10000000,
                     *       "allowedDestinations": [
                     *         "10.0.0.0/8",
                     *         "192.0.2.5 tcp 443,8000-8080"
                     *       ],
                     *       "passwordExpiresAt": "2027-01-01T00:00:00.000Z",
                     *       "group": "staff",
                     *       "groupId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "own": [
                     *         "enabled"
                     *       ],
                     *       "from": {
                     *         "enabled": "user",
                     *         "validFrom": "user",
                     *         "validUntil": "user",
                     *         "allowedHours": "user",
                     *         "allowedSources": "user",
                     *         "staticAddress": "user",
                     *         "pool": "user",
                     *         "dns": "user",
                     *         "encryption": "user",
                     *         "sessionTimeout": "user",
                     *         "idleTimeout": "user",
                     *         "maxSessions": "user",
                     *         "whenExceeded": "user",
                     *         "rateUp": "user",
                     *         "rateDown": "user",
                     *         "allowedDestinations": "user",
                     *         "passwordExpiresAt": "user"
                     *       },
                     *       "comment": "Room 7, until the move",
                     *       "labels": {
                     *         "department": "sales",
                     *         "laptop": ""
                     *       },
                     *       "lastLogIn": {
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "address": "203.0.113.7",
                     *         "sessionId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *       },
                     *       "sessionLimit": {
                     *         "sessions": 5,
                     *         "from": "user"
                     *       },
                     *       "recoverablePassword": true,
                     *       "passwordChangedAt": "2026-03-02T08:15:30.250Z",
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z",
                     *       "failedLogIns": {
                     *         "count": 1,
                     *         "since": "2026-03-02T08:15:30.250Z",
                     *         "last": "2026-03-02T08:15:30.250Z",
                     *         "newAddressesWait": true,
                     *         "addresses": [
                     *           {
                     *             "address": "203.0.113.7",
                     *             "failures": 1,
                     *             "since": "2026-03-02T08:15:30.250Z",
                     *             "last": "2026-03-02T08:15:30.250Z",
                     *             "refusedUntil": "2026-03-02T08:15:30.250Z"
                     *           }
                     *         ]
                     *       },
                     *       "lastFailure": {
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "address": "203.0.113.7",
                     *         "verdict": "bad-credentials",
                     *         "attemptId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *       },
                     *       "notes": [
                     *         "The password ends with a space."
                     *       ],
                     *       "password": "mVxq7Rdt..."
                     *     }
                     */
                    "application/json": components["schemas"]["UserWithPassword"];
                };
            };
            /** @description invalid-request, invalid-name, invalid-password, invalid-policy, invalid-address, address-outside-network, address-reserved, pool-unknown, group-unknown, invalid-comment, invalid-labels */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description address-taken, user-exists, request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    applyUsers: {
        parameters: {
            query?: {
                /** @description true: everything is checked as for real, nothing is done, and the answer (200) says what would happen */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description How users and groups shall be */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "groups": [
                 *         {
                 *           "name": "Contractors",
                 *           "comment": "Room 7, until the move",
                 *           "enabled": true,
                 *           "validFrom": "2027-01-01T00:00:00.000Z",
                 *           "validUntil": "2027-01-01T00:00:00.000Z",
                 *           "allowedHours": [
                 *             "mon-fri 08:00-18:00",
                 *             "sat 22:00-06:00"
                 *           ],
                 *           "allowedSources": [
                 *             "203.0.113.0/24",
                 *             "198.51.100.7"
                 *           ],
                 *           "pool": "guests",
                 *           "dns": [
                 *             "10.0.0.53"
                 *           ],
                 *           "encryption": "required",
                 *           "sessionTimeout": 28800,
                 *           "idleTimeout": 28800,
                 *           "maxSessions": 1,
                 *           "whenExceeded": "deny",
                 *           "rateUp": 10000000,
                 *           "rateDown": 10000000,
                 *           "allowedDestinations": [
                 *             "10.0.0.0/8",
                 *             "192.0.2.5 tcp 443,8000-8080"
                 *           ]
                 *         }
                 *       ],
                 *       "users": [
                 *         {
                 *           "name": "anna",
                 *           "password": "correct horse battery staple",
                 *           "recoverablePassword": true,
                 *           "enabled": true,
                 *           "validFrom": "2027-01-01T00:00:00.000Z",
                 *           "validUntil": "2027-01-01T00:00:00.000Z",
                 *           "allowedHours": [
                 *             "mon-fri 08:00-18:00",
                 *             "sat 22:00-06:00"
                 *           ],
                 *           "allowedSources": [
                 *             "203.0.113.0/24",
                 *             "198.51.100.7"
                 *           ],
                 *           "staticAddress": "10.77.0.50",
                 *           "pool": "guests",
                 *           "dns": [
                 *             "10.0.0.53"
                 *           ],
                 *           "encryption": "required",
                 *           "sessionTimeout": 28800,
                 *           "idleTimeout": 28800,
                 *           "maxSessions": 1,
                 *           "whenExceeded": "deny",
                 *           "rateUp": 10000000,
                 *           "rateDown": 10000000,
                 *           "allowedDestinations": [
                 *             "10.0.0.0/8",
                 *             "192.0.2.5 tcp 443,8000-8080"
                 *           ],
                 *           "passwordExpiresAt": "2027-01-01T00:00:00.000Z",
                 *           "group": "staff",
                 *           "comment": "Room 7, until the move",
                 *           "labels": {
                 *             "department": "sales",
                 *             "laptop": ""
                 *           }
                 *         }
                 *       ],
                 *       "prune": true
                 *     }
                 */
                "application/json": components["schemas"]["ApplyUsersBody"];
            };
        };
        responses: {
            /** @description What came of a document of users and groups */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "stored": true,
                     *       "created": 0,
                     *       "changed": 0,
                     *       "unchanged": 0,
                     *       "removed": 0,
                     *       "refused": 0,
                     *       "effects": {
                     *         "sessionsEnded": 0
                     *       },
                     *       "rows": [
                     *         {
                     *           "kind": "group",
                     *           "name": "anna",
                     *           "did": "created",
                     *           "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "password": "mVxq7Rdt...",
                     *           "changes": [
                     *             {
                     *               "field": "rateDown",
                     *               "from": null,
                     *               "to": null
                     *             }
                     *           ],
                     *           "code": "invalid-request",
                     *           "detail": "There is no pool.",
                     *           "field": "pool"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ApplyResult"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    batchUsers: {
        parameters: {
            query?: {
                /** @description true: everything is checked as for real, nothing is done, and the answer (200) says what would happen */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description Many users, in one transaction */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "atomic": true,
                 *       "rows": [
                 *         {
                 *           "name": "anna",
                 *           "password": "correct horse battery staple",
                 *           "recoverablePassword": true,
                 *           "enabled": true,
                 *           "validFrom": "2027-01-01T00:00:00.000Z",
                 *           "validUntil": "2027-01-01T00:00:00.000Z",
                 *           "allowedHours": [
                 *             "mon-fri 08:00-18:00",
                 *             "sat 22:00-06:00"
                 *           ],
                 *           "allowedSources": [
                 *             "203.0.113.0/24",
                 *             "198.51.100.7"
                 *           ],
                 *           "staticAddress": "10.77.0.50",
                 *           "pool": "guests",
                 *           "dns": [
                 *             "10.0.0.53"
                 *           ],
                 *           "encryption": "required",
                 *           "sessionTimeout": 28800,
                 *           "idleTimeout": 28800,
                 *           "maxSessions": 1,
                 *           "whenExceeded": "deny",
                 *           "rateUp": 10000000,
                 *           "rateDown": 10000000,
                 *           "allowedDestinations": [
                 *             "10.0.0.0/8",
                 *             "192.0.2.5 tcp 443,8000-8080"
                 *           ],
                 *           "passwordExpiresAt": "2027-01-01T00:00:00.000Z",
                 *           "group": "staff",
                 *           "comment": "Room 7, until the move",
                 *           "labels": {
                 *             "department": "sales",
                 *             "laptop": ""
                 *           },
                 *           "do": "create",
                 *           "newName": "anne",
                 *           "inherit": [
                 *             "enabled"
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["BatchUsersBody"];
            };
        };
        responses: {
            /** @description What came of a batch */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "stored": true,
                     *       "created": 0,
                     *       "changed": 0,
                     *       "unchanged": 0,
                     *       "removed": 0,
                     *       "refused": 0,
                     *       "effects": {
                     *         "sessionsEnded": 0
                     *       },
                     *       "rows": [
                     *         {
                     *           "name": "anna",
                     *           "did": "created",
                     *           "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "password": "mVxq7Rdt...",
                     *           "changes": [
                     *             {
                     *               "field": "rateDown",
                     *               "from": null,
                     *               "to": null
                     *             }
                     *           ],
                     *           "code": "invalid-request",
                     *           "detail": "There is no pool.",
                     *           "field": "pool"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BatchResult"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An ETag that was read: 304, or 412 for a write, where it is still so. *: there must be none
                 * @example *
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description The user's name, in whatever spelling, percent-encoded */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A user */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "anna",
                     *       "enabled": true,
                     *       "validFrom": "2027-01-01T00:00:00.000Z",
                     *       "validUntil": "2027-01-01T00:00:00.000Z",
                     *       "allowedHours": [
                     *         "mon-fri 08:00-18:00",
                     *         "sat 22:00-06:00"
                     *       ],
                     *       "allowedSources": [
                     *         "203.0.113.0/24",
                     *         "198.51.100.7"
                     *       ],
                     *       "staticAddress": "10.77.0.50",
                     *       "pool": "guests",
                     *       "dns": [
                     *         "10.0.0.53"
                     *       ],
                     *       "encryption": "required",
                     *       "sessionTimeout": 28800,
                     *       "idleTimeout": 28800,
                     *       "maxSessions": 1,
                     *       "whenExceeded": "deny",
                     *       "rateUp": 10000000,
                     *       "rateDown": 10000000,
                     *       "allowedDestinations": [
                     *         "10.0.0.0/8",
                     *         "192.0.2.5 tcp 443,8000-8080"
                     *       ],
                     *       "passwordExpiresAt": "2027-01-01T00:00:00.000Z",
                     *       "group": "staff",
                     *       "groupId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "own": [
                     *         "enabled"
                     *       ],
                     *       "from": {
                     *         "enabled": "user",
                     *         "validFrom": "user",
                     *         "validUntil": "user",
                     *         "allowedHours": "user",
                     *         "allowedSources": "user",
                     *         "staticAddress": "user",
                     *         "pool": "user",
                     *         "dns": "user",
                     *         "encryption": "user",
                     *         "sessionTimeout": "user",
                     *         "idleTimeout": "user",
                     *         "maxSessions": "user",
                     *         "whenExceeded": "user",
                     *         "rateUp": "user",
                     *         "rateDown": "user",
                     *         "allowedDestinations": "user",
                     *         "passwordExpiresAt": "user"
                     *       },
                     *       "comment": "Room 7, until the move",
                     *       "labels": {
                     *         "department": "sales",
                     *         "laptop": ""
                     *       },
                     *       "lastLogIn": {
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "address": "203.0.113.7",
                     *         "sessionId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *       },
                     *       "sessionLimit": {
                     *         "sessions": 5,
                     *         "from": "user"
                     *       },
                     *       "recoverablePassword": true,
                     *       "passwordChangedAt": "2026-03-02T08:15:30.250Z",
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z",
                     *       "failedLogIns": {
                     *         "count": 1,
                     *         "since": "2026-03-02T08:15:30.250Z",
                     *         "last": "2026-03-02T08:15:30.250Z",
                     *         "newAddressesWait": true,
                     *         "addresses": [
                     *           {
                     *             "address": "203.0.113.7",
                     *             "failures": 1,
                     *             "since": "2026-03-02T08:15:30.250Z",
                     *             "last": "2026-03-02T08:15:30.250Z",
                     *             "refusedUntil": "2026-03-02T08:15:30.250Z"
                     *           }
                     *         ]
                     *       },
                     *       "lastFailure": {
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "address": "203.0.113.7",
                     *         "verdict": "bad-credentials",
                     *         "attemptId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *       },
                     *       "notes": [
                     *         "The password ends with a space."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description What the client has is still so */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description user-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putUser: {
        parameters: {
            query?: {
                /** @description true: everything is checked as for real, nothing is done, and the answer (200) says what would happen */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
                /**
                 * @description The ETag of what the request is about as it was read, or *: 412 where it was changed meanwhile. Demanded (428) where admin.require_if_match is on
                 * @example "0d4b1c9e.7-3kzQ0p1xYcA"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description An ETag that was read: 304, or 412 for a write, where it is still so. *: there must be none
                 * @example *
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description The user's name, in whatever spelling, percent-encoded */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "anna",
                 *       "password": "correct horse battery staple",
                 *       "recoverablePassword": true,
                 *       "enabled": true,
                 *       "validFrom": "2027-01-01T00:00:00.000Z",
                 *       "validUntil": "2027-01-01T00:00:00.000Z",
                 *       "allowedHours": [
                 *         "mon-fri 08:00-18:00",
                 *         "sat 22:00-06:00"
                 *       ],
                 *       "allowedSources": [
                 *         "203.0.113.0/24",
                 *         "198.51.100.7"
                 *       ],
                 *       "staticAddress": "10.77.0.50",
                 *       "pool": "guests",
                 *       "dns": [
                 *         "10.0.0.53"
                 *       ],
                 *       "encryption": "required",
                 *       "sessionTimeout": 28800,
                 *       "idleTimeout": 28800,
                 *       "maxSessions": 1,
                 *       "whenExceeded": "deny",
                 *       "rateUp": 10000000,
                 *       "rateDown": 10000000,
                 *       "allowedDestinations": [
                 *         "10.0.0.0/8",
                 *         "192.0.2.5 tcp 443,8000-8080"
                 *       ],
                 *       "passwordExpiresAt": "2027-01-01T00:00:00.000Z",
                 *       "group": "staff",
                 *       "comment": "Room 7, until the move",
                 *       "labels": {
                 *         "department": "sales",
                 *         "laptop": ""
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PutUserBody"];
            };
        };
        responses: {
            /** @description The answer; of a dry run, what would happen */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "anna",
                     *       "enabled": true,
                     *       "validFrom": "2027-01-01T00:00:00.000Z",
                     *       "validUntil": "2027-01-01T00:00:00.000Z",
                     *       "allowedHours": [
                     *         "mon-fri 08:00-18:00",
                     *         "sat 22:00-06:00"
                     *       ],
                     *       "allowedSources": [
                     *         "203.0.113.0/24",
                     *         "198.51.100.7"
                     *       ],
                     *       "staticAddress": "10.77.0.50",
                     *       "pool": "guests",
                     *       "dns": [
                     *         "10.0.0.53"
                     *       ],
                     *       "encryption": "required",
                     *       "sessionTimeout": 28800,
                     *       "idleTimeout": 28800,
                     *       "maxSessions": 1,
                     *       "whenExceeded": "deny",
                     *       "rateUp": 10000000,
                     *       "rateDown": 10000000,
                     *       "allowedDestinations": [
                     *         "10.0.0.0/8",
                     *         "192.0.2.5 tcp 443,8000-8080"
                     *       ],
                     *       "passwordExpiresAt": "2027-01-01T00:00:00.000Z",
                     *       "group": "staff",
                     *       "groupId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "own": [
                     *         "enabled"
                     *       ],
                     *       "from": {
                     *         "enabled": "user",
                     *         "validFrom": "user",
                     *         "validUntil": "user",
                     *         "allowedHours": "user",
                     *         "allowedSources": "user",
                     *         "staticAddress": "user",
                     *         "pool": "user",
                     *         "dns": "user",
                     *         "encryption": "user",
                     *         "sessionTimeout": "user",
                     *         "idleTimeout": "user",
                     *         "maxSessions": "user",
                     *         "whenExceeded": "user",
                     *         "rateUp": "user",
                     *         "rateDown": "user",
                     *         "allowedDestinations": "user",
                     *         "passwordExpiresAt": "user"
                     *       },
                     *       "comment": "Room 7, until the move",
                     *       "labels": {
                     *         "department": "sales",
                     *         "laptop": ""
                     *       },
                     *       "lastLogIn": {
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "address": "203.0.113.7",
                     *         "sessionId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *       },
                     *       "sessionLimit": {
                     *         "sessions": 5,
                     *         "from": "user"
                     *       },
                     *       "recoverablePassword": true,
                     *       "passwordChangedAt": "2026-03-02T08:15:30.250Z",
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z",
                     *       "failedLogIns": {
                     *         "count": 1,
                     *         "since": "2026-03-02T08:15:30.250Z",
                     *         "last": "2026-03-02T08:15:30.250Z",
                     *         "newAddressesWait": true,
                     *         "addresses": [
                     *           {
                     *             "address": "203.0.113.7",
                     *             "failures": 1,
                     *             "since": "2026-03-02T08:15:30.250Z",
                     *             "last": "2026-03-02T08:15:30.250Z",
                     *             "refusedUntil": "2026-03-02T08:15:30.250Z"
                     *           }
                     *         ]
                     *       },
                     *       "lastFailure": {
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "address": "203.0.113.7",
                     *         "verdict": "bad-credentials",
                     *         "attemptId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *       },
                     *       "notes": [
                     *         "The password ends with a space."
                     *       ],
                     *       "password": "mVxq7Rdt..."
                     *     }
                     */
                    "application/json": components["schemas"]["PutUserAnswer"];
                };
            };
            /** @description The user; with the password where pacd generated it */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "anna",
                     *       "enabled": true,
                     *       "validFrom": "2027-01-01T00:00:00.000Z",
                     *       "validUntil": "2027-01-01T00:00:00.000Z",
                     *       "allowedHours": [
                     *         "mon-fri 08:00-18:00",
                     *         "sat 22:00-06:00"
                     *       ],
                     *       "allowedSources": [
                     *         "203.0.113.0/24",
                     *         "198.51.100.7"
                     *       ],
                     *       "staticAddress": "10.77.0.50",
                     *       "pool": "guests",
                     *       "dns": [
                     *         "10.0.0.53"
                     *       ],
                     *       "encryption": "required",
                     *       "sessionTimeout": 28800,
                     *       "idleTimeout": 28800,
                     *       "maxSessions": 1,
                     *       "whenExceeded": "deny",
                     *       "rateUp": 10000000,
                     *       "rateDown": 10000000,
                     *       "allowedDestinations": [
                     *         "10.0.0.0/8",
                     *         "192.0.2.5 tcp 443,8000-8080"
                     *       ],
                     *       "passwordExpiresAt": "2027-01-01T00:00:00.000Z",
                     *       "group": "staff",
                     *       "groupId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "own": [
                     *         "enabled"
                     *       ],
                     *       "from": {
                     *         "enabled": "user",
                     *         "validFrom": "user",
                     *         "validUntil": "user",
                     *         "allowedHours": "user",
                     *         "allowedSources": "user",
                     *         "staticAddress": "user",
                     *         "pool": "user",
                     *         "dns": "user",
                     *         "encryption": "user",
                     *         "sessionTimeout": "user",
                     *         "idleTimeout": "user",
                     *         "maxSessions": "user",
                     *         "whenExceeded": "user",
                     *         "rateUp": "user",
                     *         "rateDown": "user",
                     *         "allowedDestinations": "user",
                     *         "passwordExpiresAt": "user"
                     *       },
                     *       "comment": "Room 7, until the move",
                     *       "labels": {
                     *         "department": "sales",
                     *         "laptop": ""
                     *       },
                     *       "lastLogIn": {
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "address": "203.0.113.7",
                     *         "sessionId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *       },
                     *       "sessionLimit": {
                     *         "sessions": 5,
                     *         "from": "user"
                     *       },
                     *       "recoverablePassword": true,
                     *       "passwordChangedAt": "2026-03-02T08:15:30.250Z",
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z",
                     *       "failedLogIns": {
                     *         "count": 1,
                     *         "since": "2026-03-02T08:15:30.250Z",
                     *         "last": "2026-03-02T08:15:30.250Z",
                     *         "newAddressesWait": true,
                     *         "addresses": [
                     *           {
                     *             "address": "203.0.113.7",
                     *             "failures": 1,
                     *             "since": "2026-03-02T08:15:30.250Z",
                     *             "last": "2026-03-02T08:15:30.250Z",
                     *             "refusedUntil": "2026-03-02T08:15:30.250Z"
                     *           }
                     *         ]
                     *       },
                     *       "lastFailure": {
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "address": "203.0.113.7",
                     *         "verdict": "bad-credentials",
                     *         "attemptId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *       },
                     *       "notes": [
                     *         "The password ends with a space."
                     *       ],
                     *       "password": "mVxq7Rdt..."
                     *     }
                     */
                    "application/json": components["schemas"]["UserWithPassword"];
                };
            };
            /** @description invalid-request, invalid-name, invalid-password, invalid-policy, invalid-address, address-outside-network, address-reserved, pool-unknown, group-unknown, invalid-comment, invalid-labels */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description user-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description address-taken, user-exists, password-needed, request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description changed-meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-yet-written, unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeUser: {
        parameters: {
            query?: {
                /** @description true: everything is checked as for real, nothing is done, and the answer (200) says what would happen */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
                /**
                 * @description The ETag of what the request is about as it was read, or *: 412 where it was changed meanwhile. Demanded (428) where admin.require_if_match is on
                 * @example "0d4b1c9e.7-3kzQ0p1xYcA"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description An ETag that was read: 304, or 412 for a write, where it is still so. *: there must be none
                 * @example *
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description The user's name, in whatever spelling, percent-encoded */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a request would do: the answer to a dry run */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "would": "create",
                     *       "changes": [
                     *         {
                     *           "field": "rateDown",
                     *           "from": null,
                     *           "to": null
                     *         }
                     *       ],
                     *       "effects": {
                     *         "sessionsEnded": 3,
                     *         "overridden": {
                     *           "rateUp": 2
                     *         },
                     *         "released": 42
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["WritePlan"];
                };
            };
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description user-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description changed-meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-yet-written, unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeUser: {
        parameters: {
            query?: {
                /** @description true: everything is checked as for real, nothing is done, and the answer (200) says what would happen */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
                /**
                 * @description The ETag of what the request is about as it was read, or *: 412 where it was changed meanwhile. Demanded (428) where admin.require_if_match is on
                 * @example "0d4b1c9e.7-3kzQ0p1xYcA"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description An ETag that was read: 304, or 412 for a write, where it is still so. *: there must be none
                 * @example *
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description The user's name, in whatever spelling, percent-encoded */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "anna",
                 *       "enabled": true,
                 *       "validFrom": "2027-01-01T00:00:00.000Z",
                 *       "validUntil": "2027-01-01T00:00:00.000Z",
                 *       "allowedHours": [
                 *         "mon-fri 08:00-18:00",
                 *         "sat 22:00-06:00"
                 *       ],
                 *       "allowedSources": [
                 *         "203.0.113.0/24",
                 *         "198.51.100.7"
                 *       ],
                 *       "staticAddress": "10.77.0.50",
                 *       "pool": "guests",
                 *       "dns": [
                 *         "10.0.0.53"
                 *       ],
                 *       "encryption": "required",
                 *       "sessionTimeout": 28800,
                 *       "idleTimeout": 28800,
                 *       "maxSessions": 1,
                 *       "whenExceeded": "deny",
                 *       "rateUp": 10000000,
                 *       "rateDown": 10000000,
                 *       "allowedDestinations": [
                 *         "10.0.0.0/8",
                 *         "192.0.2.5 tcp 443,8000-8080"
                 *       ],
                 *       "passwordExpiresAt": "2027-01-01T00:00:00.000Z",
                 *       "group": "staff",
                 *       "comment": "Room 7, until the move",
                 *       "labels": {
                 *         "department": "sales",
                 *         "laptop": ""
                 *       },
                 *       "inherit": [
                 *         "enabled"
                 *       ],
                 *       "recoverablePassword": true
                 *     }
                 */
                "application/json": components["schemas"]["ChangeUserBody"];
                /**
                 * @example {
                 *       "name": "anna",
                 *       "enabled": true,
                 *       "validFrom": "2027-01-01T00:00:00.000Z",
                 *       "validUntil": "2027-01-01T00:00:00.000Z",
                 *       "allowedHours": [
                 *         "mon-fri 08:00-18:00",
                 *         "sat 22:00-06:00"
                 *       ],
                 *       "allowedSources": [
                 *         "203.0.113.0/24",
                 *         "198.51.100.7"
                 *       ],
                 *       "staticAddress": "10.77.0.50",
                 *       "pool": "guests",
                 *       "dns": [
                 *         "10.0.0.53"
                 *       ],
                 *       "encryption": "required",
                 *       "sessionTimeout": 28800,
                 *       "idleTimeout": 28800,
                 *       "maxSessions": 1,
                 *       "whenExceeded": "deny",
                 *       "rateUp": 10000000,
                 *       "rateDown": 10000000,
                 *       "allowedDestinations": [
                 *         "10.0.0.0/8",
                 *         "192.0.2.5 tcp 443,8000-8080"
                 *       ],
                 *       "passwordExpiresAt": "2027-01-01T00:00:00.000Z",
                 *       "group": "staff",
                 *       "comment": "Room 7, until the move",
                 *       "labels": {
                 *         "department": "sales"
                 *       },
                 *       "inherit": [
                 *         "enabled"
                 *       ],
                 *       "recoverablePassword": true
                 *     }
                 */
                "application/merge-patch+json": components["schemas"]["ChangeUserMergePatch"];
            };
        };
        responses: {
            /** @description The answer; of a dry run, what would happen */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "anna",
                     *       "enabled": true,
                     *       "validFrom": "2027-01-01T00:00:00.000Z",
                     *       "validUntil": "2027-01-01T00:00:00.000Z",
                     *       "allowedHours": [
                     *         "mon-fri 08:00-18:00",
                     *         "sat 22:00-06:00"
                     *       ],
                     *       "allowedSources": [
                     *         "203.0.113.0/24",
                     *         "198.51.100.7"
                     *       ],
                     *       "staticAddress": "10.77.0.50",
                     *       "pool": "guests",
                     *       "dns": [
                     *         "10.0.0.53"
                     *       ],
                     *       "encryption": "required",
                     *       "sessionTimeout": 28800,
                     *       "idleTimeout": 28800,
                     *       "maxSessions": 1,
                     *       "whenExceeded": "deny",
                     *       "rateUp": 10000000,
                     *       "rateDown": 10000000,
                     *       "allowedDestinations": [
                     *         "10.0.0.0/8",
                     *         "192.0.2.5 tcp 443,8000-8080"
                     *       ],
                     *       "passwordExpiresAt": "2027-01-01T00:00:00.000Z",
                     *       "group": "staff",
                     *       "groupId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "own": [
                     *         "enabled"
                     *       ],
                     *       "from": {
                     *         "enabled": "user",
                     *         "validFrom": "user",
                     *         "validUntil": "user",
                     *         "allowedHours": "user",
                     *         "allowedSources": "user",
                     *         "staticAddress": "user",
                     *         "pool": "user",
                     *         "dns": "user",
                     *         "encryption": "user",
                     *         "sessionTimeout": "user",
                     *         "idleTimeout": "user",
                     *         "maxSessions": "user",
                     *         "whenExceeded": "user",
                     *         "rateUp": "user",
                     *         "rateDown": "user",
                     *         "allowedDestinations": "user",
                     *         "passwordExpiresAt": "user"
                     *       },
                     *       "comment": "Room 7, until the move",
                     *       "labels": {
                     *         "department": "sales",
                     *         "laptop": ""
                     *       },
                     *       "lastLogIn": {
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "address": "203.0.113.7",
                     *         "sessionId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *       },
                     *       "sessionLimit": {
                     *         "sessions": 5,
                     *         "from": "user"
                     *       },
                     *       "recoverablePassword": true,
                     *       "passwordChangedAt": "2026-03-02T08:15:30.250Z",
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z",
                     *       "failedLogIns": {
                     *         "count": 1,
                     *         "since": "2026-03-02T08:15:30.250Z",
                     *         "last": "2026-03-02T08:15:30.250Z",
                     *         "newAddressesWait": true,
                     *         "addresses": [
                     *           {
                     *             "address": "203.0.113.7",
                     *             "failures": 1,
                     *             "since": "2026-03-02T08:15:30.250Z",
                     *             "last": "2026-03-02T08:15:30.250Z",
                     *             "refusedUntil": "2026-03-02T08:15:30.250Z"
                     *           }
                     *         ]
                     *       },
                     *       "lastFailure": {
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "address": "203.0.113.7",
                     *         "verdict": "bad-credentials",
                     *         "attemptId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *       },
                     *       "notes": [
                     *         "The password ends with a space."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ChangeUserAnswer"];
                };
            };
            /** @description invalid-request, invalid-name, invalid-policy, invalid-address, address-outside-network, address-reserved, pool-unknown, group-unknown, invalid-comment, invalid-labels */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description user-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description address-taken, user-exists, password-needed, request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description changed-meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-yet-written, unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlockUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user's name, in whatever spelling, percent-encoded */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was lifted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "lifted": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Lifted"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description user-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setPassword: {
        parameters: {
            query?: {
                /** @description true: everything is checked as for real, nothing is done, and the answer (200) says what would happen */
                dryRun?: boolean;
            };
            header?: {
                /**
                 * @description 1 to 255 visible characters of the client's choice, for this request alone. Sent again with the same key within a day, it is not done again: the answer is that of the first time, with `idempotency-replayed: true`. A request that was refused has not used its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "idempotency-key"?: string;
                /**
                 * @description The ETag of what the request is about as it was read, or *: 412 where it was changed meanwhile. Demanded (428) where admin.require_if_match is on
                 * @example "0d4b1c9e.7-3kzQ0p1xYcA"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
                /**
                 * @description An ETag that was read: 304, or 412 for a write, where it is still so. *: there must be none
                 * @example *
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /** @description The user's name, in whatever spelling, percent-encoded */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse battery staple",
                 *       "recoverablePassword": true,
                 *       "passwordExpiresAt": "2027-01-01T00:00:00.000Z"
                 *     }
                 */
                "application/json": components["schemas"]["SetPasswordBody"];
            };
        };
        responses: {
            /** @description The answer; of a dry run, what would happen */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "name": "anna",
                     *       "enabled": true,
                     *       "validFrom": "2027-01-01T00:00:00.000Z",
                     *       "validUntil": "2027-01-01T00:00:00.000Z",
                     *       "allowedHours": [
                     *         "mon-fri 08:00-18:00",
                     *         "sat 22:00-06:00"
                     *       ],
                     *       "allowedSources": [
                     *         "203.0.113.0/24",
                     *         "198.51.100.7"
                     *       ],
                     *       "staticAddress": "10.77.0.50",
                     *       "pool": "guests",
                     *       "dns": [
                     *         "10.0.0.53"
                     *       ],
                     *       "encryption": "required",
                     *       "sessionTimeout": 28800,
                     *       "idleTimeout": 28800,
                     *       "maxSessions": 1,
                     *       "whenExceeded": "deny",
                     *       "rateUp": 10000000,
                     *       "rateDown": 10000000,
                     *       "allowedDestinations": [
                     *         "10.0.0.0/8",
                     *         "192.0.2.5 tcp 443,8000-8080"
                     *       ],
                     *       "passwordExpiresAt": "2027-01-01T00:00:00.000Z",
                     *       "group": "staff",
                     *       "groupId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "own": [
                     *         "enabled"
                     *       ],
                     *       "from": {
                     *         "enabled": "user",
                     *         "validFrom": "user",
                     *         "validUntil": "user",
                     *         "allowedHours": "user",
                     *         "allowedSources": "user",
                     *         "staticAddress": "user",
                     *         "pool": "user",
                     *         "dns": "user",
                     *         "encryption": "user",
                     *         "sessionTimeout": "user",
                     *         "idleTimeout": "user",
                     *         "maxSessions": "user",
                     *         "whenExceeded": "user",
                     *         "rateUp": "user",
                     *         "rateDown": "user",
                     *         "allowedDestinations": "user",
                     *         "passwordExpiresAt": "user"
                     *       },
                     *       "comment": "Room 7, until the move",
                     *       "labels": {
                     *         "department": "sales",
                     *         "laptop": ""
                     *       },
                     *       "lastLogIn": {
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "address": "203.0.113.7",
                     *         "sessionId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *       },
                     *       "sessionLimit": {
                     *         "sessions": 5,
                     *         "from": "user"
                     *       },
                     *       "recoverablePassword": true,
                     *       "passwordChangedAt": "2026-03-02T08:15:30.250Z",
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z",
                     *       "failedLogIns": {
                     *         "count": 1,
                     *         "since": "2026-03-02T08:15:30.250Z",
                     *         "last": "2026-03-02T08:15:30.250Z",
                     *         "newAddressesWait": true,
                     *         "addresses": [
                     *           {
                     *             "address": "203.0.113.7",
                     *             "failures": 1,
                     *             "since": "2026-03-02T08:15:30.250Z",
                     *             "last": "2026-03-02T08:15:30.250Z",
                     *             "refusedUntil": "2026-03-02T08:15:30.250Z"
                     *           }
                     *         ]
                     *       },
                     *       "lastFailure": {
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "address": "203.0.113.7",
                     *         "verdict": "bad-credentials",
                     *         "attemptId": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"
                     *       },
                     *       "notes": [
                     *         "The password ends with a space."
                     *       ],
                     *       "password": "mVxq7Rdt..."
                     *     }
                     */
                    "application/json": components["schemas"]["PutUserAnswer"];
                };
            };
            /** @description invalid-request, invalid-password, invalid-policy */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description user-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description request-in-progress, answer-lost */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description changed-meanwhile */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description idempotency-key-reused */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description precondition-required */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description not-yet-written, unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description `next` of an earlier answer */
                cursor?: string;
                /** @description Items at most; 100 where absent */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of web hooks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *           "description": "On-call chat",
                     *           "url": "https://hooks.example.com/pacd?key=3q2-7w",
                     *           "allowPlain": true,
                     *           "filter": {
                     *             "types": [
                     *               "session-up",
                     *               "session-down"
                     *             ],
                     *             "user": "anna",
                     *             "address": "203.0.113.7",
                     *             "group": "staff"
                     *           },
                     *           "enabled": true,
                     *           "pending": 0,
                     *           "attempts": 0,
                     *           "failingSince": "2026-03-02T08:15:30.250Z",
                     *           "nextTryAt": "2026-03-02T08:15:30.250Z",
                     *           "disabledBecause": null,
                     *           "lastDelivery": {
                     *             "eventId": 3000017,
                     *             "eventType": "session-up",
                     *             "attempt": 1,
                     *             "at": "2026-03-02T08:15:30.250Z",
                     *             "durationMs": 0,
                     *             "status": 204,
                     *             "result": "delivered",
                     *             "detail": "It answered 204."
                     *           },
                     *           "createdAt": "2026-03-02T08:15:30.250Z",
                     *           "createdBy": "administrator anna",
                     *           "updatedAt": "2026-03-02T08:15:30.250Z"
                     *         }
                     *       ],
                     *       "next": "YW5uYQ"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A web hook to be added; enabled where nothing is said */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://hooks.example.com/pacd?key=3q2-7w",
                 *       "description": "On-call chat",
                 *       "allowPlain": true,
                 *       "filter": {
                 *         "types": [
                 *           "session-up",
                 *           "session-down"
                 *         ],
                 *         "user": "anna",
                 *         "address": "203.0.113.7",
                 *         "group": "staff"
                 *       },
                 *       "enabled": true,
                 *       "secret": "pacdhook_PmXc0dqkCWgYyC5nqBqzZl1l0n0nS3m6Nf3cGm7ZcXo"
                 *     }
                 */
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description A web hook, with its new secret */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "description": "On-call chat",
                     *       "url": "https://hooks.example.com/pacd?key=3q2-7w",
                     *       "allowPlain": true,
                     *       "filter": {
                     *         "types": [
                     *           "session-up",
                     *           "session-down"
                     *         ],
                     *         "user": "anna",
                     *         "address": "203.0.113.7",
                     *         "group": "staff"
                     *       },
                     *       "enabled": true,
                     *       "pending": 0,
                     *       "attempts": 0,
                     *       "failingSince": "2026-03-02T08:15:30.250Z",
                     *       "nextTryAt": "2026-03-02T08:15:30.250Z",
                     *       "disabledBecause": null,
                     *       "lastDelivery": {
                     *         "eventId": 3000017,
                     *         "eventType": "session-up",
                     *         "attempt": 1,
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "durationMs": 0,
                     *         "status": 204,
                     *         "result": "delivered",
                     *         "detail": "It answered 204."
                     *       },
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "createdBy": "administrator anna",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z",
                     *       "secret": "pacdhook_PmXc0dqkCWgYyC5nqBqzZl1l0n0nS3m6Nf3cGm7ZcXo"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description invalid-request, invalid-webhook-url, invalid-address */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description too-many-webhooks */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the web hook
                 * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who is told of events by requests; docs/webhooks.md */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "description": "On-call chat",
                     *       "url": "https://hooks.example.com/pacd?key=3q2-7w",
                     *       "allowPlain": true,
                     *       "filter": {
                     *         "types": [
                     *           "session-up",
                     *           "session-down"
                     *         ],
                     *         "user": "anna",
                     *         "address": "203.0.113.7",
                     *         "group": "staff"
                     *       },
                     *       "enabled": true,
                     *       "pending": 0,
                     *       "attempts": 0,
                     *       "failingSince": "2026-03-02T08:15:30.250Z",
                     *       "nextTryAt": "2026-03-02T08:15:30.250Z",
                     *       "disabledBecause": null,
                     *       "lastDelivery": {
                     *         "eventId": 3000017,
                     *         "eventType": "session-up",
                     *         "attempt": 1,
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "durationMs": 0,
                     *         "status": 204,
                     *         "result": "delivered",
                     *         "detail": "It answered 204."
                     *       },
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "createdBy": "administrator anna",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description webhook-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the web hook
                 * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description webhook-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the web hook
                 * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description What is left out stays; a filter counts as a whole. Enabled again, what was missed comes first */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://hooks.example.com/pacd?key=3q2-7w",
                 *       "description": "On-call chat",
                 *       "allowPlain": true,
                 *       "filter": {
                 *         "types": [
                 *           "session-up",
                 *           "session-down"
                 *         ],
                 *         "user": "anna",
                 *         "address": "203.0.113.7",
                 *         "group": "staff"
                 *       },
                 *       "enabled": true,
                 *       "skipMissed": true
                 *     }
                 */
                "application/json": components["schemas"]["WebhookPatch"];
            };
        };
        responses: {
            /** @description Who is told of events by requests; docs/webhooks.md */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "description": "On-call chat",
                     *       "url": "https://hooks.example.com/pacd?key=3q2-7w",
                     *       "allowPlain": true,
                     *       "filter": {
                     *         "types": [
                     *           "session-up",
                     *           "session-down"
                     *         ],
                     *         "user": "anna",
                     *         "address": "203.0.113.7",
                     *         "group": "staff"
                     *       },
                     *       "enabled": true,
                     *       "pending": 0,
                     *       "attempts": 0,
                     *       "failingSince": "2026-03-02T08:15:30.250Z",
                     *       "nextTryAt": "2026-03-02T08:15:30.250Z",
                     *       "disabledBecause": null,
                     *       "lastDelivery": {
                     *         "eventId": 3000017,
                     *         "eventType": "session-up",
                     *         "attempt": 1,
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "durationMs": 0,
                     *         "status": 204,
                     *         "result": "delivered",
                     *         "detail": "It answered 204."
                     *       },
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "createdBy": "administrator anna",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description invalid-request, invalid-webhook-url, invalid-address */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description webhook-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the web hook
                 * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description A new secret, or none: then pacd makes one */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "secret": "pacdhook_PmXc0dqkCWgYyC5nqBqzZl1l0n0nS3m6Nf3cGm7ZcXo"
                 *     }
                 */
                "application/json": components["schemas"]["WebhookSecret"];
            };
        };
        responses: {
            /** @description A web hook, with its new secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a",
                     *       "description": "On-call chat",
                     *       "url": "https://hooks.example.com/pacd?key=3q2-7w",
                     *       "allowPlain": true,
                     *       "filter": {
                     *         "types": [
                     *           "session-up",
                     *           "session-down"
                     *         ],
                     *         "user": "anna",
                     *         "address": "203.0.113.7",
                     *         "group": "staff"
                     *       },
                     *       "enabled": true,
                     *       "pending": 0,
                     *       "attempts": 0,
                     *       "failingSince": "2026-03-02T08:15:30.250Z",
                     *       "nextTryAt": "2026-03-02T08:15:30.250Z",
                     *       "disabledBecause": null,
                     *       "lastDelivery": {
                     *         "eventId": 3000017,
                     *         "eventType": "session-up",
                     *         "attempt": 1,
                     *         "at": "2026-03-02T08:15:30.250Z",
                     *         "durationMs": 0,
                     *         "status": 204,
                     *         "result": "delivered",
                     *         "detail": "It answered 204."
                     *       },
                     *       "createdAt": "2026-03-02T08:15:30.250Z",
                     *       "createdBy": "administrator anna",
                     *       "updatedAt": "2026-03-02T08:15:30.250Z",
                     *       "secret": "pacdhook_PmXc0dqkCWgYyC5nqBqzZl1l0n0nS3m6Nf3cGm7ZcXo"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description webhook-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description payload-too-large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unsupported-media-type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the web hook
                 * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One request to a web hook */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "eventId": 3000017,
                     *       "eventType": "session-up",
                     *       "attempt": 1,
                     *       "at": "2026-03-02T08:15:30.250Z",
                     *       "durationMs": 0,
                     *       "status": 204,
                     *       "result": "delivered",
                     *       "detail": "It answered 204."
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description webhook-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description `next` of an earlier answer */
                cursor?: string;
                /** @description Items at most; 100 where absent */
                limit?: number;
                /** @description Those that came out so */
                result?: "delivered" | "failed" | "given-up";
            };
            header?: never;
            path: {
                /**
                 * @description ID of the web hook
                 * @example 5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of deliveries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "eventId": 3000017,
                     *           "eventType": "session-up",
                     *           "attempt": 1,
                     *           "at": "2026-03-02T08:15:30.250Z",
                     *           "durationMs": 0,
                     *           "status": 204,
                     *           "result": "delivered",
                     *           "detail": "It answered 204."
                     *         }
                     *       ],
                     *       "next": "YW5uYQ"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDeliveryList"];
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description webhook-not-found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process answers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description invalid-request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unauthorized */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description internal */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable, store-unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process answers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description rate-limited */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
