import { safeLine } from "../../server/wire/safe-line.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Any text as text of an HTML or SVG element, or as an attribute in quotes; control characters become
 * visible.
 */
export const escaped = (text: string): string =>
  safeLine(text).replace(/[&<>"']/g, (letter) => ENTITIES[letter]!);
