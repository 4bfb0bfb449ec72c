import { type Octets, octets } from "../../wire/units.ts";
import { HEADER_LENGTH } from "../constants.ts";
import type { Field, Reserved } from "./field.ts";

/** Fields in the order of the wire, behind the header that all messages share. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

/**
 * A control message, declared once: decode, encode, length, log line and test generator all come from this.
 */
export interface Declaration<Type extends string = string, Shape extends Fields = Fields> {
  /** Control Message Type (RFC 2637 §1.4). */
  readonly code: number;
  readonly type: Type;
  readonly fields: Shape;
  /** What the Length field must say: messages have one length each. */
  readonly length: Octets;
}

/** The message that a declaration describes: its fields without the reserved ones, told apart by `type`. */
export type MessageOf<D> =
  D extends Declaration<infer Type, infer Shape> ? Flat<{ readonly type: Type } & Values<Shape>> : never;

type Values<Shape> = {
  readonly [Name in keyof Shape as Shape[Name] extends Reserved ? never : Name]: Shape[Name] extends Field<
    infer Value
  >
    ? Value
    : never;
};

type Flat<T> = { [Name in keyof T]: T[Name] };

/** Declares a control message. */
export function message<const Type extends string, Shape extends Fields>(
  declared: Omit<Declaration<Type, Shape>, "length">,
): Declaration<Type, Shape> {
  const sizes = Object.values(declared.fields).map((field) => field.size);
  return { ...declared, length: octets(sizes.reduce<number>((sum, size) => sum + size, HEADER_LENGTH)) };
}
