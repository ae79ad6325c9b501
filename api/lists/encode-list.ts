/** A list as a text file: UTF-8 with its mark, without which Excel takes it for GBK. */
export function encodeCsv(rows: string[][]): Buffer {
  const lines = rows.map((cells) => cells.map((cell) => quoted(guarded(cell))).join(','));
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`);
}

/** A list as a workbook. Every cell is text, and so formatted: what is typed into it later stays as it was typed. */
export async function encodeXlsx(rows: string[][], sheet: string): Promise<Buffer> {
  // An ES module by its types.
  const { default: write } = await import('write-excel-file/node');
  const [headers = [], ...units] = rows;
  const text = (value: string) => ({ value, type: String, format: '@' });
  const data = [
    headers.map((header) => ({ ...text(header), fontWeight: 'bold' as const })),
    ...units.map((cells) => cells.map((cell) => (cell === '' ? null : text(cell)))),
  ];
  const columns = headers.map((header) => ({ width: 8 + header.length * 2 }));
  return write(data, { sheet, columns, stickyRowsCount: 1 }).toBuffer();
}

/**
 * A spreadsheet computes what begins with a sign, in a text file too (https://owasp.org/www-community/attacks/CSV_Injection).
 * Lists never take in a name with `=`, `+` or `@` before it; one with `-` is guarded, telephone numbers aside.
 */
function guarded(cell: string): string {
  return /^'*[-+]/.test(cell) && !/^[-+\d\s()]*$/.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was before it was guarded. */
export function unguarded(cell: string): string {
  return /^'+[-+]/.test(cell) ? cell.slice(1) : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
