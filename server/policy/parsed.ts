/** What became of a text that an administrator wrote; `says` is one sentence that shows the right form. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly says: string };

/** The text in words that a sentence can hold, however long or strange it is. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
