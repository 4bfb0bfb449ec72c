/** What became of a text that an administrator wrote; `says` is one sentence that shows the right form. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly says: string };

/** The text in words that a sentence can hold, however long or strange it is. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);

/** Ours: texts that one parser remembers; then it begins anew. */
const MAX_REMEMBERED = 4096;

/**
 * The same parser, with the work of one text done once. For the road of a log-in: a right password is held
 * against the policy and a wrong one is not, and long lists must not let a client tell by the time which it
 * was.
 */
export function remembering<T>(parse: (text: string) => Parsed<T>): (text: string) => Parsed<T> {
  const known = new Map<string, Parsed<T>>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= MAX_REMEMBERED) known.clear();
    const parsed = parse(text);
    known.set(text, parsed);
    return parsed;
  };
}
