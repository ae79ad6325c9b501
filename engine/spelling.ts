/** The name among `names` that needs the fewest strokes to become `word`, and how many those are. */
export function nearest(word: string, names: readonly string[]): { name: string; distance: number } {
  const ranked = names.map((name) => ({ name, distance: distanceOf(word, name) }));
  return ranked.reduce((best, one) => (one.distance < best.distance ? one : best));
}

/** Levenshtein's: letters put in, left out or replaced. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
