import type { Oddity } from '../../domain/unit-list/sheet';
import { UnreadableTable } from './trouble';
import { unescaped, type Workbook } from './workbook';

/** A cell as the XML has it. */
export interface RawCell {
  type: string;
  style: number;
  value: string;
  inline: string;
  /** Its formula without `=`; absent where it has none. */
  formula?: string;
}

/** A cell's text as a person would read it, and what is odd about it. @throws UnreadableTable */
export function cellText(cell: RawCell, workbook: Workbook): { text: string; odd?: Oddity } {
  // Whatever value is stored with a formula, anybody may have put it there.
  if (cell.formula !== undefined) return { text: `=${cell.formula}`, odd: 'formula' };
  switch (cell.type) {
    case 's': {
      if (cell.value === '') return { text: '' };
      const text = workbook.strings[Number(cell.value)];
      if (text === undefined) throw new UnreadableTable('workbook');
      return { text };
    }
    case 'inlineStr':
      return { text: unescaped(cell.inline) };
    case 'str':
      return { text: unescaped(cell.value) };
    case 'b':
      return { text: cell.value === '1' ? 'true' : 'false' };
    case 'e':
      return { text: cell.value, odd: 'error-cell' };
    case 'd':
      return { text: cell.value, odd: 'date-cell' };
    default:
      return cell.value === '' ? { text: '' } : numberText(cell.value, workbook, workbook.formats[cell.style] ?? '');
  }
}

/** A spreadsheet keeps fifteen digits of a number. */
const FIRST_LOSSY = 1e15;
/** 31 Dec 9999, the last day a spreadsheet knows. */
const LAST_DAY = 2_958_465;

function numberText(value: string, { from1904 }: Workbook, format: string): { text: string; odd?: Oddity } {
  const number = Number(value);
  if (!Number.isFinite(number)) return { text: value };
  if (isDateFormat(format) && number >= 0 && number <= LAST_DAY) {
    return { text: dayText(number + (from1904 ? 1_462 : 0)), odd: 'date-cell' };
  }
  if (!Number.isInteger(number)) return { text: String(number) };
  if (Math.abs(number) >= FIRST_LOSSY) return { text: String(number), odd: 'digits-lost' };
  // 1 shown as 001 or U001 is what people take for the code.
  const [, prefix = '', zeros = ''] = format.match(/^(?:"([^"]*)")?(0{2,})$/) ?? [];
  return { text: number < 0 ? String(number) : prefix + String(number).padStart(zeros.length, '0') };
}

/** Builtin formats of dates and times, those of East Asian editions included (ISO/IEC 29500-1, 18.8.30). */
function isDateFormat(format: string): boolean {
  const builtin = /^\d+$/.test(format) ? Number(format) : undefined;
  if (builtin !== undefined) {
    const among = (from: number, to: number) => builtin >= from && builtin <= to;
    return !/^0+$/.test(format) && (among(14, 22) || among(27, 36) || among(45, 47) || among(50, 58));
  }
  const signs = format.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').replace(/general/gi, '');
  return /[ymdhs]/i.test(signs);
}

/** Days since 30 Dec 1899. */
function dayText(serial: number): string {
  const instant = new Date(Math.round((serial - 25_569) * 86_400) * 1_000).toISOString();
  return Number.isInteger(serial) ? instant.slice(0, 10) : instant.slice(0, 16).replace('T', ' ');
}
