import fc from "fast-check";

/**
 * Properties are checked with the same values in every run: a test gives one answer. `npm run fuzz` looks for
 * new ones.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 2637 });

/** What every property test uses in place of fast-check itself. */
export { fc };
