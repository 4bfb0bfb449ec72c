import { registerHooks } from "node:module";

/**
 * The generator wants the API of TypeScript 5, of which the TypeScript that checks this project has nothing.
 * What it imports, and it alone, is the other one.
 */
registerHooks({
  resolve(specifier, context, next) {
    const isGenerators = specifier === "typescript" && context.parentURL?.includes("/openapi-typescript/");
    return next(isGenerators === true ? "typescript-5" : specifier, context);
  },
});

/** TypeScript types of an OpenAPI document, as `pacctl/generated/api.d.ts` holds them. */
export async function apiTypes(document: string): Promise<string> {
  const { default: generate, astToString } = await import("openapi-typescript");
  const nodes = await generate(document, { alphabetize: true });
  return `// Made of /api/v1/openapi.json by \`npm run client\`; not to be changed by hand.\n\n${astToString(nodes)}`;
}
