import { Type } from "typebox";
import {
  ACTOR_KINDS,
  type AuditRecord,
  type AuditValues,
  RESULTS,
} from "../../server/store/audit/audit-types.ts";
import { pageFields } from "./page.ts";
import { CLOSED, nullableInteger, nullableString, oneOf } from "./reference.ts";

const values = (description: string, examples: readonly object[]) =>
  Type.Unsafe<AuditValues | null>({
    type: ["object", "null"],
    additionalProperties: true,
    description,
    examples,
  });

const actor = Type.Object(
  {
    kind: oneOf(ACTOR_KINDS, { description: "nobody: who was not recognised; pacd: the program itself" }),
    name: nullableString({
      description:
        "Of the administrator, the token or the user of this host; of nobody the name that was claimed, if any",
      examples: ["olga"],
    }),
    id: nullableString({ description: "Stays when the name changes", examples: ["1c0e…"] }),
    role: nullableString({
      description: "That this one had: viewer, operator or admin",
      examples: ["operator"],
    }),
  },
  { ...CLOSED, description: "Who" },
);

const from = Type.Object(
  {
    address: nullableString({
      description: "IP address; `socket` for the local socket, null for pacd itself",
      examples: ["192.0.2.10"],
    }),
    pid: nullableInteger({
      description: "Process at the other end of the local socket, where that is known",
      minimum: 1,
      maximum: 4_194_304,
      examples: [4711],
    }),
  },
  { ...CLOSED, description: "From where" },
);

const target = Type.Object(
  {
    kind: Type.String({
      description:
        "user, group, session, lockout, token, administrator, webhook, config, backup, server, host, records and so on",
      examples: ["user"],
    }),
    name: nullableString({ description: "As it was then; of a session, its user's", examples: ["anna"] }),
    id: nullableString({ description: "Where it has one", examples: ["0d4f…"] }),
  },
  { ...CLOSED, description: "To what" },
);

export const Audit = Type.Object(
  {
    id: Type.String({ description: "Of the record", examples: ["5f0c2a9e-7d1b-4c3e-9a68-0b1f2d3c4e5a"] }),
    at: Type.String({ format: "date-time", description: "When; of refusals that are counted, the first" }),
    lastAt: Type.String({ format: "date-time", description: "Of refusals that are counted, the last" }),
    count: Type.Integer({
      minimum: 1,
      description: "How many refusals alike this is; of what was done there is a record each",
    }),
    actor,
    from,
    requestId: nullableString({
      description: "What the answer's header x-request-id and the log call the request",
      examples: ["9f86d081-2s"],
    }),
    action: Type.String({
      description:
        "The operationId of the route; of pacd itself start, stop, loadConfig, repairHost and so on",
      examples: ["changeUser"],
    }),
    target,
    before: values("What was otherwise before, without secrets; null where there was nothing", [
      { enabled: true },
    ]),
    after: values("The same afterwards; null where nothing is left", [{ enabled: false }]),
    effects: values("What came of it, and what else is worth knowing", [{ sessionsEnded: 1 }]),
    result: oneOf(RESULTS, { description: "refused: it was not to be; failed: it could not be done" }),
    status: nullableInteger({
      description: "HTTP status of the answer; null for pacd itself",
      minimum: 200,
      maximum: 599,
      examples: [200],
    }),
    code: nullableString({ description: "Error code where it was not done", examples: ["user-not-found"] }),
  },
  { $id: "Audit", ...CLOSED, description: "Who did what, to what, from where, when, and how it came out" },
);

const text = (description: string, example: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 256, description, examples: [example] }));

const moment = (description: string) =>
  Type.Optional(
    Type.String({ maxLength: 40, format: "date-time", description, examples: ["2026-03-01T10:00:00Z"] }),
  );

export const AuditQuery = Type.Object(
  {
    actor: text("What this one did: name of an administrator, a token or a user of the host", "olga"),
    actorKind: Type.Optional(oneOf(ACTOR_KINDS, { description: "What such actors did" })),
    action: text("This action only, such as `changeUser`", "changeUser"),
    user: text(
      "What was done to the user of this name, whatever the name was then, or to a session of that name",
      "anna",
    ),
    targetKind: text("What was done to such things, such as `user`", "user"),
    target: text("What was done to things of this name, in whatever spelling", "anna"),
    targetId: text("What was done to the thing with this ID", "0d4f…"),
    result: Type.Optional(oneOf(RESULTS, { description: "What came out so" })),
    since: moment("At this moment or later"),
    until: moment("Before this moment"),
    address: text("From this address; `socket` for the local socket", "192.0.2.10"),
    requestId: text("Of this request", "9f86d081-2s"),
    idPrefix: text("Records whose ID begins so", "1c0e"),
    ...pageFields,
  },
  CLOSED,
);

export const AuditId = Type.Object(
  { id: Type.String({ description: "ID of the record, as the list has it" }) },
  CLOSED,
);

/** Field by field, as it is shown. */
export const auditJson = ({ actor: who, from: where, target: what, ...record }: AuditRecord) => ({
  ...record,
  actor: { ...who },
  from: { ...where },
  target: { ...what },
});
