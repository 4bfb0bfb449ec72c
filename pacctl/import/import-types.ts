/** Fields of the API, by name. */
export type Fields = Readonly<Record<string, unknown>>;

/** A user as a file has it. */
export interface ImportedUser {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly name: string;
  /** Undefined: the file has none that could be taken. */
  readonly password?: string;
  /** What the file decides. */
  readonly fields: Fields;
  /** What the file says to be nobody's decision, where it was one before. */
  readonly back?: readonly string[];
  /** The policy that it has there, which may be a group here. */
  readonly profile?: string;
  /** The pool that it has there, which may have another name here. */
  readonly pool?: string;
}

/** What of a file is not taken over, or not as it stands there. */
export interface Remark {
  readonly line: number;
  /** What, and what can be done; holds no secret. */
  readonly text: string;
  /** The user of that line is not taken at all. */
  readonly lost: boolean;
}

/** What a format makes of a text. */
export interface Parsed {
  readonly users: readonly ImportedUser[];
  readonly remarks: readonly Remark[];
}

/** Collects it. */
export class Findings implements Parsed {
  readonly users: ImportedUser[] = [];
  readonly remarks: Remark[] = [];

  /** A part of this line is left out. */
  part(line: number, text: string): void {
    this.remarks.push({ line, text, lost: false });
  }

  /** The user of this line is left out. */
  lost(line: number, text: string): void {
    this.remarks.push({ line, text, lost: true });
  }
}
