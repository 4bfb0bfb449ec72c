/** One field of a message or frame, as a person or a script reads it. */
export interface ShownField {
  /** In the words of the RFC: `magic-cookie`. */
  readonly name: string;
  /** As it stands on the wire; octets that are no number as text or hexadecimal digits. */
  readonly value: number | string;
  /** For people, where the value alone says too little: `0x1a2b3c4d (correct)`. Printable ASCII. */
  readonly text?: string;
  /** What it is made of. */
  readonly fields?: readonly ShownField[];
}

/**
 * What stands in the place of something that was sent and that a capture with a snap length does not hold.
 */
export const CUT = "[cut]";

/** A field; `text` where the value alone says too little. */
export const shownField = (name: string, value: number | string, text?: string): ShownField =>
  text === undefined ? { name, value } : { name, value, text };

/** A field that was sent, and of which the capture lacks a part or all. */
export const cutField = (name: string): ShownField => ({ name, value: CUT });

/** What a person reads of a field. */
export const fieldText = ({ value, text }: ShownField): string => text ?? String(value);
