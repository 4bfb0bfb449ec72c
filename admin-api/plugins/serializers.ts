import fastJsonStringify from "fast-json-stringify";
import type { FastifySerializerCompiler } from "fastify/types/schema.js";
import type { App } from "../services.ts";

type Schema = Parameters<typeof fastJsonStringify>[0] & Record<string, unknown>;

/**
 * How answers become JSON. By itself fastify makes a serializer for each status of each route, and checks all
 * shared schemas for each of them, which takes seconds of every start. Here a schema is made once, with those
 * alone that it refers to.
 */
export function addSerializers(app: App): void {
  const made = new Map<string, (data: unknown) => string>();
  const compiler: FastifySerializerCompiler<Schema> = ({ schema }) => {
    const key = JSON.stringify(schema);
    const known = made.get(key);
    if (known !== undefined) return known;
    const serialize = fastJsonStringify(schema, {
      schema: needed(schema, app.getSchemas() as Record<string, Schema>),
    });
    made.set(key, serialize);
    return serialize;
  };
  app.setSerializerCompiler(compiler);
}

/** The shared schemas that one refers to, and those that these refer to. */
function needed(schema: unknown, shared: Readonly<Record<string, Schema>>): Record<string, Schema> {
  const found: Record<string, Schema> = {};
  const look = (text: string): void => {
    for (const [, name] of text.matchAll(/"\$ref":"(\w+)#/g)) {
      const one = shared[name!];
      if (one === undefined || name! in found) continue;
      found[name!] = one;
      look(JSON.stringify(one));
    }
  };
  look(JSON.stringify(schema));
  return found;
}
