import { AppError } from "../../server/errors/app-error.ts";
import { lengthOfTime } from "../options/length-of-time.ts";
import { moment } from "../options/moment.ts";
import { rate } from "../options/rate.ts";
import { COUNT, FLAG, LABELS, oneOf, orNull, type Shape, TEXT, TEXTS } from "./shapes.ts";

/** How a kind of value stands in a cell. `read` throws an Error that says what to write. */
export interface Cell {
  readonly read: (text: string, now: Date) => unknown;
  readonly write: (value: never) => string;
  /** What the API takes in its place. */
  readonly shape: Shape;
}

/** An explicit "none" of a user, which is not the same as nothing said. */
const NONE = "none";

const nullable = ({ read, write, shape }: Cell): Cell => ({
  shape: orNull(shape),
  read: (text, now) => (text.toLowerCase() === NONE ? null : read(text, now)),
  write: (value) => (value === null ? NONE : write(value)),
});

const wrong = (says: string): AppError => new AppError("usage", says);

export const textCell: Cell = { read: (text) => text, write: (value: string) => value, shape: TEXT };

/** One of these words. */
export const choiceCell = (...words: readonly string[]): Cell => ({ ...textCell, shape: oneOf(...words) });

const YES = /^(?:true|yes|y|1|on)$/i;
const NO = /^(?:false|no|n|0|off)$/i;

export const flagCell: Cell = {
  read(text) {
    if (YES.test(text)) return true;
    if (NO.test(text)) return false;
    throw wrong("Write true or false.");
  },
  write: (value: boolean) => String(value),
  shape: FLAG,
};

export const countCell = nullable({
  read(text) {
    if (!/^\d{1,9}$/.test(text)) throw wrong("Write a whole number.");
    return Number(text);
  },
  write: (value: number) => String(value),
  shape: COUNT,
});

/** Seconds, as the API has them, or `8h`. */
export const timeCell = nullable({
  read: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : lengthOfTime(text)),
  write: (value: number) => String(value),
  shape: COUNT,
});

/** Bits a second, as the API has them, or `10M`. */
export const rateCell = nullable({
  read: (text) => rate(text),
  write: (value: number) => String(value),
  shape: COUNT,
});

export const momentCell = nullable({
  read: (text, now) => moment(text, now),
  write: (value: string) => value,
  shape: TEXT,
});

export const nullableTextCell = nullable(textCell);

/** Several, with semicolons between them; `none` is the empty list. */
export const listCell: Cell = {
  read: (text) =>
    text.toLowerCase() === NONE
      ? []
      : text
          .split(";")
          .map((one) => one.trim())
          .filter((one) => one !== ""),
  write: (value: readonly string[]) => (value.length === 0 ? NONE : value.join("; ")),
  shape: TEXTS,
};

/** Name servers: `none` is that the client is told none, `default` those of the configuration. */
export const serversCell: Cell = {
  read: (text, now) =>
    text.toLowerCase() === "default" ? null : listCell.read(text.replaceAll(",", ";"), now),
  write: (value: readonly string[] | null) => (value === null ? "default" : listCell.write(value as never)),
  shape: orNull(TEXTS),
};

type Labels = Readonly<Record<string, string>>;

/** `department=sales; laptop`, or an object of JSON, which holds any text. */
export const labelsCell: Cell = {
  shape: LABELS,
  read(text) {
    if (text.startsWith("{")) return labelsOfJson(text);
    if (text.toLowerCase() === NONE) return {};
    return Object.fromEntries(
      (listCell.read(text, new Date(0)) as readonly string[]).map((one) => {
        const [key = "", ...value] = one.split("=");
        return [key.trim(), value.join("=").trim()];
      }),
    );
  },
  write(value: Labels) {
    const entries = Object.entries(value);
    const plain = entries.every(([, text]) => !/[;{}]|^\s|\s$/.test(text));
    if (!plain) return JSON.stringify(value);
    return entries.map(([key, text]) => (text === "" ? key : `${key}=${text}`)).join("; ");
  },
};

function labelsOfJson(text: string): Labels {
  try {
    const read: unknown = JSON.parse(text);
    if (Object.values(read as object).every((value) => typeof value === "string")) return read as Labels;
  } catch {
    // Told below.
  }
  throw wrong('Write labels like department=sales; laptop, or as JSON: {"department": "sales"}.');
}
