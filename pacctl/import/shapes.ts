/** What a field of the API may hold. */
export interface Shape {
  /** In words that follow "must be". */
  readonly says: string;
  readonly fits: (value: unknown) => boolean;
}

export const TEXT: Shape = { says: "a text", fits: (value) => typeof value === "string" };

export const FLAG: Shape = { says: "true or false", fits: (value) => typeof value === "boolean" };

export const COUNT: Shape = { says: "a whole number", fits: Number.isSafeInteger };

export const TEXTS: Shape = {
  says: "a list of texts",
  fits: (value) => Array.isArray(value) && value.every(TEXT.fits),
};

export const LABELS: Shape = {
  says: "labels, each with a text",
  fits: (value) =>
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(TEXT.fits),
};

export const oneOf = (...values: readonly string[]): Shape => ({
  says: values.join(" or "),
  fits: (value) => values.some((one) => one === value),
});

export const orNull = ({ says, fits }: Shape): Shape => ({
  says: `${says}, or null`,
  fits: (value) => value === null || fits(value),
});
