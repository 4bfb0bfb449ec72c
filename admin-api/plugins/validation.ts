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
 * exception is a query string, where a number can only be text.
 */
export function addValidation(app: App): void {
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    const validator = Compile(schema);
    const part = PARTS[httpPart ?? "body"] ?? "request";
    return (given: unknown) => {
      const twice = httpPart === "querystring" ? repeated(given) : undefined;
      if (twice !== undefined) return { error: [twice] };
      const value = httpPart === "querystring" ? withIntegers(schema, given) : given;
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

function withIntegers(schema: TSchema, query: unknown): unknown {
  const properties = (schema as { properties?: Record<string, { type?: string }> }).properties ?? {};
  const entries = Object.entries(query as Record<string, unknown>).map(([name, value]) => {
    const wanted = Object.hasOwn(properties, name) && properties[name]?.type === "integer";
    return [name, wanted && typeof value === "string" && /^-?\d{1,9}$/.test(value) ? Number(value) : value];
  });
  return Object.fromEntries(entries);
}

/** "?user=a&user=b": which of them is meant cannot be known. */
function repeated(query: unknown): RequestFault | undefined {
  const [name] =
    Object.entries(query as Record<string, unknown>).find(([, value]) => Array.isArray(value)) ?? [];
  if (name === undefined) return undefined;
  const message = `The query string has the field ${JSON.stringify(name)} more than once.`;
  return new RequestFault(message, "query string", name);
}

function faultOf(errors: readonly TLocalizedValidationError[], part: string): RequestFault {
  // typebox reports an unknown field twice; only this form of it carries the name as it was sent.
  const unknown = errors.find((error) => error.keyword === "additionalProperties");
  if (unknown !== undefined) {
    const field = unknown.params.additionalProperties[0]!;
    return new RequestFault(`The ${part} has an unknown field: ${JSON.stringify(field)}.`, part, field);
  }
  const error = errors[0];
  if (error?.keyword === "required") {
    const field = error.params.requiredProperties[0]!;
    return new RequestFault(`The ${part} lacks the field ${JSON.stringify(field)}.`, part, field);
  }
  const [field = "", index] = error?.instancePath.slice(1).split("/") ?? [];
  if (error === undefined || field === "")
    return new RequestFault(`The ${part} must be a JSON object.`, part);
  const entry = index === undefined ? "" : `entry ${Number(index) + 1} of `;
  const where = `${entry}the field ${JSON.stringify(field)} of the ${part}`;
  return new RequestFault(`${capital(where)} ${demand(error)}.`, part, field);
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
