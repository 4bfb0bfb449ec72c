import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import type { TLocalizedValidationError } from "typebox/error";
import type { App } from "../services.ts";

/** What does not fit the schema: one sentence, and the field for the problem document. */
export class RequestFault {
  readonly message: string;
  readonly details: { readonly in: string; readonly field?: string };
  // The shape of fastify's validation errors; nothing of ours reads these.
  readonly keyword = "";
  readonly instancePath = "";
  readonly schemaPath = "";
  readonly params = {};

  constructor(message: string, part: string, field?: string) {
    this.message = message;
    this.details = field === undefined ? { in: part } : { in: part, field };
  }
}

/**
 * Checks requests with typebox, and changes nothing: no field is removed, no value converted. The one
 * exception is a query string, where everything can only be text.
 */
export function addValidation(app: App): void {
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    const validator = Compile(schema);
    const part = PARTS[httpPart ?? "body"] ?? "request";
    return (given: unknown) => {
      const twice = httpPart === "querystring" ? repeated(schema, given) : undefined;
      if (twice !== undefined) return { error: [twice] };
      const value = httpPart === "querystring" ? withTypes(schema, given) : given;
      if (validator.Check(value)) return { value };
      return { error: [faultOf(validator.Errors(value), part)] };
    };
  });
}

const PARTS: Readonly<Record<string, string>> = {
  body: "request body",
  querystring: "query string",
  params: "path",
};

type Properties = Readonly<Record<string, { readonly type?: string }>>;

const typeIn = (schema: TSchema, name: string): string | undefined => {
  const { properties = {} } = schema as { properties?: Properties };
  return Object.hasOwn(properties, name) ? properties[name]?.type : undefined;
};

/** Numbers, switches and lists of one, which in a query string can only be text. */
function withTypes(schema: TSchema, query: unknown): unknown {
  const entries = Object.entries(query as Record<string, unknown>).map(([name, value]) => [
    name,
    typeof value === "string" ? typed(value, typeIn(schema, name)) : value,
  ]);
  return Object.fromEntries(entries);
}

function typed(text: string, type: string | undefined): unknown {
  if (type === "integer" && /^-?\d{1,9}$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return type === "array" ? [text] : text;
}

/** "?user=a&user=b": which of them is meant cannot be known. */
function repeated(schema: TSchema, query: unknown): RequestFault | undefined {
  const [name] =
    Object.entries(query as Record<string, unknown>).find(
      ([name, value]) => Array.isArray(value) && typeIn(schema, name) !== "array",
    ) ?? [];
  if (name === undefined) return undefined;
  const message = `The query string has the field ${JSON.stringify(name)} more than once.`;
  return new RequestFault(message, "query string", name);
}

function faultOf(errors: readonly TLocalizedValidationError[], part: string): RequestFault {
  // typebox reports an unknown field twice; only this form of it carries the name as it was sent.
  const unknown = errors.find((error) => error.keyword === "additionalProperties");
  if (unknown !== undefined) {
    const name = unknown.params.additionalProperties[0]!;
    const { where, field = name } = placeOf(unknown.instancePath, part);
    return new RequestFault(`${capital(where)} has an unknown field: ${JSON.stringify(name)}.`, part, field);
  }
  const error = errors[0];
  if (error?.keyword === "required") {
    const name = error.params.requiredProperties[0]!;
    const { where, field = name } = placeOf(error.instancePath, part);
    return new RequestFault(`${capital(where)} lacks the field ${JSON.stringify(name)}.`, part, field);
  }
  const { where, field } = placeOf(error?.instancePath ?? "", part);
  if (error === undefined || field === undefined)
    return new RequestFault(`The ${part} must be a JSON object.`, part);
  return new RequestFault(`${capital(where)} ${demand(error)}.`, part, field);
}

/** A place in a request in words, and the field that it is in; undefined: the whole of the part. */
function placeOf(path: string, part: string): { readonly where: string; readonly field: string | undefined } {
  const names = path.slice(1).split("/");
  const first = names.findIndex((name) => /^\d+$/.test(name));
  const field = names.slice(0, first < 0 ? names.length : first).join(".");
  if (field === "") return { where: `the ${part}`, field: undefined };
  const entry = first < 0 ? "" : `entry ${Number(names[first]) + 1} of `;
  return { where: `${entry}the field ${JSON.stringify(field)} of the ${part}`, field };
}

/** In words that name the values and bounds. */
function demand(error: TLocalizedValidationError): string {
  switch (error.keyword) {
    case "enum":
      return `must be ${error.params.allowedValues.map((value) => JSON.stringify(value)).join(" or ")}`;
    case "minimum":
      return `must be at least ${error.params.limit}`;
    case "maximum":
      return `must be at most ${error.params.limit}`;
    case "maxItems":
      return `must have at most ${error.params.limit} entries`;
    default:
      return error.message;
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
