interface Row<T> {
  readonly seq: number;
  readonly record: T;
}

/**
 * Newest first, `most` of them: rows of the database, and in their place or between them what stands in
 * memory.
 */
export function merged<T extends { readonly id: string }>(
  waiting: readonly Row<T>[],
  stored: readonly Row<T>[],
  most: number,
): readonly Row<T>[] {
  if (waiting.length === 0) return stored;
  const newer = new Set(waiting.map(({ record }) => record.id));
  return [...waiting, ...stored.filter(({ record }) => !newer.has(record.id))]
    .sort((a, b) => b.seq - a.seq)
    .slice(0, most);
}
