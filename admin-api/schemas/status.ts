import { Type } from "typebox";
import { CLOSED } from "./reference.ts";

const counts = (description: string) => Type.Record(Type.String(), Type.Integer(), { description });

const Condition = Type.Object(
  {
    code: Type.String({ description: "Stable; docs/conditions.md lists all", examples: ["nat-missing"] }),
    subject: Type.String({
      description: "Which one of several, such as a pool's name; empty for the only one",
      examples: [""],
    }),
    since: Type.String({ format: "date-time" }),
    sentence: Type.String({
      description: "What was seen and what to do",
      examples: ["The rules of pacd in nft are gone; they are put back."],
    }),
    ready: Type.Boolean({ description: "Does `/readyz` go on saying yes while it holds?" }),
  },
  CLOSED,
);

const Pool = Type.Object(
  {
    name: Type.String({ description: "tunnel.pool, or the name under [pools]", examples: ["tunnel.pool"] }),
    total: Type.Integer({ description: "Addresses for clients; used, reserved and free add up to it" }),
    used: Type.Integer({ description: "Held by sessions, and by dials that are coming up" }),
    reserved: Type.Integer({
      description: "Static addresses of users who do not hold them now, also of disabled ones",
    }),
    free: Type.Integer({ description: "What dials of users without a static address can still get" }),
  },
  CLOSED,
);

const Certificate = Type.Object(
  {
    names: Type.Array(Type.String(), {
      description: "Host names and addresses that it is for",
      examples: [["vpn.example.com"]],
    }),
    fingerprint: Type.String({ description: "SHA-256 over the certificate", examples: ["AB:CD:EF:…"] }),
    notBefore: Type.String({ format: "date-time" }),
    notAfter: Type.String({ format: "date-time" }),
    daysLeft: Type.Integer({ description: "Whole days; negative once it has expired" }),
  },
  CLOSED,
);

export const Status = Type.Object(
  {
    version: Type.String({ description: "Of pacd", examples: ["1.2.3"] }),
    startedAt: Type.String({ format: "date-time" }),
    uptimeSeconds: Type.Integer({ description: "Since the start" }),
    listen: Type.String({
      description: "Where clients dial, `pptp.listen`; all of `listens`, with commas between them",
      examples: ["0.0.0.0:1723"],
    }),
    listens: Type.Array(Type.String(), {
      description: "Each address and port that clients dial",
      examples: [["192.0.2.1:1723", "198.51.100.1:1723"]],
    }),
    interface: Type.String({ examples: ["pac0"] }),
    localAddress: Type.String({
      description: "The concentrator's own address inside the tunnels",
      examples: ["10.77.0.1"],
    }),
    nat: Type.Union([Type.Literal("on"), Type.Literal("off"), Type.Literal("unavailable")], {
      description: "Whether clients are masqueraded at this moment",
    }),
    packetWorkers: Type.Integer({
      description: "Threads that carry packets, `data_plane.workers`",
      examples: [2],
    }),
    weakOptions: Type.Array(Type.String(), {
      description: "Weak settings that are switched on, one sentence each, for the server and for users",
      examples: [["MPPE with 40 bits is allowed: such a key is found by trying, within minutes."]],
    }),
    certificate: Type.Union([Certificate, Type.Null()], {
      description: "What the API proves itself with over TLS; null: it speaks plain HTTP",
    }),
    users: Type.Integer({ description: "Users that there are, disabled ones among them" }),
    sessions: Type.Integer({ description: "Sessions that are up" }),
    maxSessions: Type.Integer({ description: "`pptp.max_sessions`", examples: [1000] }),
    maxSessionsPerUser: Type.Integer({
      description:
        "Sessions at once of a user for whom no number was set, `users.max_sessions`; 0: any number",
      examples: [5],
    }),
    addressesFree: Type.Integer({
      description: "Over all pools: addresses that neither a session holds nor a user owns",
    }),
    addressesTotal: Type.Integer({ description: "Over all pools" }),
    pools: Type.Array(Pool, { description: "Each pool of the configuration, tunnel.pool first" }),
    controlConnections: Type.Integer({ description: "Open PPTP control connections" }),
    dials: Type.Object(
      { started: Type.Integer(), connected: Type.Integer(), failed: Type.Integer() },
      { ...CLOSED, description: "Since start" },
    ),
    logInFailures: Type.Object(
      {
        wrong: Type.Integer({ description: "Wrong passwords, and names that nobody has, since start" }),
        unjudged: Type.Integer({
          description: "Log-ins refused without a look at the password, since start",
        }),
        lockouts: counts("Budgets for wrong log-ins that refuse now, by kind; `GET /lockouts` lists them"),
      },
      { ...CLOSED, description: "Wrong log-ins" },
    ),
    verdicts: counts("Ended dials by verdict, since start"),
    controlFaults: counts("What broke the protocol on control connections, since start"),
    hostRepairs: counts("Parts of the host that were lost and that pacd has put back, since start"),
    drops: counts("Dropped packets by reason, since start"),
    records: Type.Object(
      {
        waiting: Type.Integer({ description: "Sessions and dials that are not in the database yet" }),
        dropped: Type.Object(
          { attempts: Type.Integer(), sessions: Type.Integer(), traces: Type.Integer() },
          { ...CLOSED, description: "Given up since start, because too much waited" },
        ),
      },
      { ...CLOSED, description: "What the database has not taken" },
    ),
    lastBackupAt: Type.Union([Type.String({ format: "date-time" }), Type.Null()], {
      description: "When `POST /backups` last handed out a whole backup; null: never",
    }),
    conditions: Type.Array(Condition, {
      description: "What keeps pacd from doing all it should at this moment, what has held longest first",
    }),
  },
  { $id: "Status", ...CLOSED, description: "pacd at this moment" },
);

export const Health = Type.Object(
  { status: Type.String({ description: "One word", examples: ["ok"] }) },
  { $id: "Health", ...CLOSED, description: "The process answers" },
);
