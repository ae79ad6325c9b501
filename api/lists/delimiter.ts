/** In the order of preference where two are equally frequent. */
const DELIMITERS = [',', ';', '\t', '，'];

const LINES_LOOKED_AT = 5;

/**
 * What separates the cells of a table: the most frequent delimiter of the first line that has three of one (a title
 * above the headers has fewer), or else of whichever of the first lines has most. Rows further down do not decide,
 * because people write commas and semicolons inside cells.
 */
export function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 64 * 1024)
    .replace(/"[^"]*"/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, LINES_LOOKED_AT)
    .map(mostFrequent);
  const richest = lines.toSorted((a, b) => b.count - a.count)[0];
  return (lines.find(({ count }) => count >= 3) ?? richest)?.delimiter ?? ',';
}

function mostFrequent(line: string): { delimiter: string; count: number } {
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: line.split(delimiter).length - 1 }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most));
}
