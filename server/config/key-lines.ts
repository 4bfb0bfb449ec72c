import { parse } from "smol-toml";

/** A place in a document: names of tables and keys, indexes of array elements. */
export type KeyPath = readonly (string | number)[];

/**
 * Where a key or element stands, as a line from 1; for what is not written, where the nearest thing around it
 * stands.
 */
export type LineOf = (path: KeyPath) => number;

/** Finds the lines of all keys and elements of a TOML document that has been parsed without fault. */
export function keyLines(toml: string): LineOf {
  const lines = new Map<string, number>();
  new Walk(toml, (path, line) => {
    for (let depth = 1; depth <= path.length; depth++) {
      const key = JSON.stringify(path.slice(0, depth));
      if (!lines.has(key)) lines.set(key, line);
    }
  }).document();
  return (path) => {
    for (let depth = path.length; depth > 0; depth--) {
      const line = lines.get(JSON.stringify(path.slice(0, depth)));
      if (line !== undefined) return line;
    }
    return 1;
  };
}

const BLANK = /(?:[ \t\r\n]|#[^\n]*)+/y;
const KEY_PART = /[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*/y;
// Up to two quotes may stand right before the three that end a string of several lines (TOML 1.0, "String").
const STRING = /"""(?:[^\\]|\\.)*?"""(?:"{0,2})|'''.*?'''(?:'{0,2})|"(?:[^"\\]|\\.)*"|'[^']*'/sy;
const PLAIN = /[^,\]}#\r\n]+/y;

/**
 * One pass over a valid document. It only has to know where things begin and end; smol-toml has checked the
 * rest.
 */
class Walk {
  readonly #toml: string;
  readonly #found: (path: KeyPath, line: number) => void;
  #at = 0;
  #checked = -1;
  #line = 1;

  constructor(toml: string, found: (path: KeyPath, line: number) => void) {
    this.#toml = toml;
    this.#found = found;
    this.#take(/\uFEFF/y);
  }

  document(): void {
    const tables = new Map<string, number>();
    let table: KeyPath = [];
    for (;;) {
      this.#take(BLANK);
      if (this.#ends()) return;
      const opening = this.#take(/\[\[?/y);
      if (opening === "") {
        this.#assignment(table);
        continue;
      }
      table = this.#key([]);
      if (opening === "[[") {
        const name = JSON.stringify(table);
        const index = (tables.get(name) ?? -1) + 1;
        tables.set(name, index);
        table = [...table, index];
      }
      this.#found(table, this.#line);
      this.#take(/\]\]?/y);
    }
  }

  #assignment(table: KeyPath): void {
    const path = this.#key(table);
    this.#found(path, this.#line);
    this.#take(/=[ \t]*/y);
    this.#value(path);
  }

  #key(table: KeyPath): KeyPath {
    const path = [...table];
    do path.push(nameOf(this.#take(KEY_PART).trim()));
    while (this.#take(/\./y) !== "");
    return path;
  }

  #value(path: KeyPath): void {
    if (this.#take(/\[/y) !== "") this.#array(path);
    else if (this.#take(/\{/y) !== "") this.#inlineTable(path);
    else if (this.#take(STRING) === "") this.#take(PLAIN);
  }

  #array(path: KeyPath): void {
    for (let index = 0; ; index++) {
      this.#take(BLANK);
      if (this.#ends(/\]/y)) return;
      this.#found([...path, index], this.#line);
      this.#value([...path, index]);
      this.#separator();
    }
  }

  #inlineTable(path: KeyPath): void {
    for (;;) {
      this.#take(BLANK);
      if (this.#ends(/\}/y)) return;
      this.#assignment(path);
      this.#separator();
    }
  }

  #separator(): void {
    this.#take(BLANK);
    this.#take(/,/y);
  }

  /**
   * At `closing`, at the end of the text, or where nothing moves on: a wrong line is better than no start.
   */
  #ends(closing?: RegExp): boolean {
    if (this.#at === this.#checked || this.#at >= this.#toml.length) return true;
    this.#checked = this.#at;
    return closing !== undefined && this.#take(closing) !== "";
  }

  /** What `pattern`, a sticky one, matches here; steps over it and counts its lines. */
  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [text = ""] = pattern.exec(this.#toml) ?? [];
    this.#at += text.length;
    for (const character of text) if (character === "\n") this.#line++;
    return text;
  }
}

/** A part of a key without its quotes and escapes. */
const nameOf = (part: string): string =>
  part.startsWith('"') || part.startsWith("'") ? (parse(`name = ${part}`)["name"] as string) : part;
