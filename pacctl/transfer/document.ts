import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { nearest } from "../../server/config/nearest-key.ts";
import { AppError } from "../../server/errors/app-error.ts";
import type { operations } from "../generated/api.d.ts";
import type { Shape } from "../import/shapes.ts";
import { textOf } from "../import/text.ts";
import { GROUP_SHAPES, USER_SHAPES } from "./document-shapes.ts";

type Body = operations["applyUsers"]["requestBody"]["content"]["application/json"];

/** Ours: the API takes 8 MiB of JSON, and YAML with remarks is longer than that. */
export const MAX_DOCUMENT_OCTETS = 16 * 1024 * 1024;

/** Where one group or user stands in a document. */
export interface Place {
  readonly line: number;
  readonly fields: ReadonlyMap<string, number>;
}

/** A document of users and groups, and where each of them stands: groups first, as in the answer. */
export interface UserDocument {
  readonly body: Pick<Body, "groups" | "users">;
  readonly places: readonly Place[];
}

const PARTS = { groups: GROUP_SHAPES, users: USER_SHAPES } as const;

/** So many faults are told at once. */
const TOLD = 10;

/**
 * Reads YAML, of which JSON is a part. Throws import-unreadable where it is neither, and document-invalid
 * with the line of each field that there is not, or that holds something else than it must.
 */
export function documentOf(octets: Uint8Array, path: string): UserDocument {
  const lines = new LineCounter();
  const parsed = parsedText(textOf(octets, undefined), lines, path);
  const lineOf = (at: number | undefined) => lines.linePos(at ?? 0).line;
  const [broken] = parsed.errors;
  if (broken !== undefined)
    throw new AppError(
      "import-unreadable",
      `${path}, line ${lineOf(broken.pos[0])}: this is no YAML or JSON (${broken.code.toLowerCase().replaceAll("_", " ")}).`,
    );
  const reader = new Reader(parsed, lineOf);
  const body = reader.body();
  if (reader.faults.length > 0) throw invalid(path, reader.faults);
  return { body: body as UserDocument["body"], places: reader.places };
}

function parsedText(text: string, lineCounter: LineCounter, path: string): Document.Parsed {
  try {
    // Of YAML 1.2: "yes" and "on" are texts.
    return parseDocument(text, { lineCounter, prettyErrors: false, version: "1.2", schema: "core" });
  } catch (error) {
    // The reader calls itself for each level.
    if (!(error instanceof RangeError)) throw error;
    throw new AppError("import-unreadable", `${path} is nested too deeply to be a document of users.`);
  }
}

interface Fault {
  readonly line: number;
  readonly says: string;
}

function invalid(path: string, faults: readonly Fault[]): AppError {
  const more = faults.length - TOLD;
  const told = faults.slice(0, TOLD).map(({ line, says }) => `${path}, line ${line}: ${says}`);
  return new AppError(
    "document-invalid",
    [...told, ...(more > 0 ? [`and ${more} more`] : []), "Nothing was done."].join("\n"),
    { errors: faults },
  );
}

class Reader {
  readonly faults: Fault[] = [];
  readonly #places: Record<keyof typeof PARTS, Place[]> = { groups: [], users: [] };
  readonly #parsed: Document.Parsed;
  readonly #lineOf: (at: number | undefined) => number;

  constructor(parsed: Document.Parsed, lineOf: (at: number | undefined) => number) {
    this.#parsed = parsed;
    this.#lineOf = lineOf;
  }

  get places(): readonly Place[] {
    return [...this.#places.groups, ...this.#places.users];
  }

  body(): object {
    const root = this.#real(this.#parsed.contents);
    const known = Object.keys(PARTS);
    const body: Record<string, unknown> = {};
    if (!isMap(root)) {
      this.#fault(root, 'the document must have "groups" or "users".');
      return body;
    }
    for (const { key, value } of root.items) {
      const name = String(isScalar(key) ? key.value : key);
      if (known.includes(name))
        body[name] = this.#part(name as keyof typeof PARTS, value as Node | null, key as Node);
      else this.#fault(key as Node, this.#unknown("part", name, known));
    }
    if (root.items.length === 0) this.#fault(root, 'the document must have "groups" or "users".');
    return body;
  }

  #part(part: keyof typeof PARTS, value: Node | null, key: Node): readonly object[] {
    const list = this.#real(value);
    if (!isSeq(list)) {
      this.#fault(list ?? key, `"${part}" must be a list; [] is an empty one.`);
      return [];
    }
    return list.items.map((item) => this.#one(part, item as Node | null, list));
  }

  #one(part: keyof typeof PARTS, value: Node | null, list: Node): object {
    const node = this.#real(value);
    const what = part === "groups" ? "group" : "user";
    const fields = new Map<string, number>();
    this.#places[part].push({ line: this.#lineOf((node ?? list).range?.[0]), fields });
    const read: Record<string, unknown> = {};
    if (!isMap(node)) {
      this.#fault(node ?? list, `a ${what} must have fields, "name" among them.`);
      return read;
    }
    for (const { key, value: held } of node.items) {
      const name = String(isScalar(key) ? key.value : key);
      const shape: Shape | undefined = Object.hasOwn(PARTS[part], name) ? PARTS[part][name] : undefined;
      fields.set(name, this.#lineOf((key as Node).range?.[0]));
      if (shape === undefined)
        this.#fault(key as Node, this.#unknown(`field of a ${what}`, name, Object.keys(PARTS[part])));
      else read[name] = this.#value(name, shape, held as Node | null, key as Node);
    }
    if (!fields.has("name")) this.#fault(node, `a ${what} has no "name".`);
    return read;
  }

  #value(name: string, shape: Shape, held: Node | null, key: Node): unknown {
    const node = this.#real(held);
    const value = node === null ? null : this.#plain(node);
    if (shape.fits(value)) return value;
    const unquoted = shape.fits("x") && (typeof value === "number" || typeof value === "boolean");
    const quotes = unquoted ? ": write it in quotes" : "";
    this.#fault(node ?? key, `"${name}" must be ${shape.says}${quotes}.`);
    return undefined;
  }

  /** Undefined: it repeats itself without end, or nearly so. */
  #plain(node: Node): unknown {
    try {
      return node.toJS(this.#parsed, { maxAliasCount: 100 });
    } catch {
      return undefined;
    }
  }

  #real(node: unknown): Node | null {
    return (isAlias(node) ? node.resolve(this.#parsed) : node) as Node | null;
  }

  #unknown(what: string, name: string, known: readonly string[]): string {
    const meant = nearest(name, known);
    const hint = meant === undefined ? `; there are ${known.join(", ")}` : `; did you mean "${meant}"?`;
    return `there is no ${what} ${JSON.stringify(name)}${hint}`;
  }

  #fault(node: Node | null, says: string): void {
    this.faults.push({ line: this.#lineOf(node?.range?.[0]), says });
  }
}
