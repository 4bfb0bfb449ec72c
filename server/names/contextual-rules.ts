interface Rule {
  readonly of: RegExp;
  /** Is it right there? `before` and `after` are all that stands on that side. */
  readonly holds: (before: string, after: string) => boolean;
  /** Follows the name of the character. */
  readonly says: string;
}

/** RFC 5892 appendix A.3 to A.9; A.1 and A.2 (the joiners) need no rule, as nobody may use those here. */
const RULES: readonly Rule[] = [
  {
    of: /\u00b7/u,
    holds: (before, after) => before.endsWith("l") && after.startsWith("l"),
    says: "stands between two letters l only",
  },
  {
    of: /\u0375/u,
    holds: (_, after) => /^\p{Script=Greek}/u.test(after),
    says: "stands before a Greek letter only",
  },
  {
    of: /[\u05f3\u05f4]/u,
    holds: (before) => /\p{Script=Hebrew}$/u.test(before),
    says: "stands after a Hebrew letter only",
  },
  {
    of: /\u30fb/u,
    holds: (before, after) =>
      /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(
        (before + after).replaceAll("\u30fb", ""),
      ),
    says: "stands beside Hiragana, Katakana or Han only",
  },
  {
    of: /[\u0660-\u0669]/u,
    holds: (before, after) => !/[\u06f0-\u06f9]/u.test(before + after),
    says: "and an extended Arabic-Indic digit do not stand in one name",
  },
];

/**
 * The first character that stands where it may not, and why; undefined: there is none. `text` in its mapped
 * form.
 */
export function misplaced(text: string): { readonly character: string; readonly says: string } | undefined {
  let before = "";
  for (const character of text) {
    const rule = RULES.find(({ of }) => of.test(character));
    const after = text.slice(before.length + character.length);
    if (rule !== undefined && !rule.holds(before, after)) return { character, says: rule.says };
    before += character;
  }
  return undefined;
}
