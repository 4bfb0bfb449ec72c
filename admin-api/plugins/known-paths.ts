import type { App } from "../services.ts";

/** Which paths there are, and which methods each takes. */
export class KnownPaths {
  readonly #routes: { readonly path: RegExp; readonly methods: readonly string[] }[] = [];

  /** Learns of every route that is added to the app from now on, also inside of plugins. */
  constructor(app: App) {
    app.addHook("onRoute", ({ url, method }) => {
      this.#routes.push({ path: pattern(url), methods: [method].flat() });
    });
  }

  /**
   * The methods that a path takes, OPTIONS among them; none: there is no such path. `path` as it was sent.
   */
  methodsOf(path: string): readonly string[] {
    const decoded = decodedPath(path);
    const methods = this.#routes
      .filter((route) => route.path.test(decoded))
      .flatMap((route) => route.methods);
    return methods.length === 0 ? [] : [...new Set([...methods, "OPTIONS"])];
  }

  /** Every method that some path takes, for "OPTIONS *" (RFC 9110 §9.3.7). */
  methods(): readonly string[] {
    return [...new Set([...this.#routes.flatMap((route) => route.methods), "OPTIONS"])];
  }
}

/**
 * "/users/:name", "/docs/static/*", "/config::reload", which is one colon, and "/webhooks/:id([^:/]+)::test",
 * whose parameter is what fits its expression: as the router reads them.
 */
const pattern = (url: string): RegExp =>
  new RegExp(
    `^${url
      .split(/(::|:\w+(?:\([^)]*\))?|\*)/)
      .map((part, i) => (i % 2 === 0 ? part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&") : placeOf(part)))
      .join("")}$`,
    "s",
  );

function placeOf(part: string): string {
  if (part === "::") return ":";
  if (part === "*") return ".*";
  return /\((.*)\)$/.exec(part)?.[1] ?? "[^/]*";
}

/** A slash inside a parameter stays percent-encoded, as the router has it. */
function decodedPath(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
