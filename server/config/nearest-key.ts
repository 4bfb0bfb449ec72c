/** Ours: a name further away than a third of its length is no misspelling. */
const TOLERANCE = 3;

/** The one of `names` that `name` is most likely a misspelling of. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll("-", "_");
  const ranked = names
    .map((candidate) => ({ candidate, distance: distance(plain(name), plain(candidate)) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best !== undefined && best.distance * TOLERANCE <= best.candidate.length
    ? best.candidate
    : undefined;
}

/** Edits between two names: insert, delete, replace, swap two neighbours (optimal string alignment). */
function distance(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? before[j - 2]! + 1 : replace;
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, replace, swap));
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}
