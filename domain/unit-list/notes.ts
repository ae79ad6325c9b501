import { foldWord, isFormula, tidy } from './cells';
import type { Column } from './columns';
import type { Headers } from './headers';
import type { Area, Row } from './sheet';
import { kindNamed } from './words';

/** Why a row below the headers is no unit: nothing in it but a number, the headers once more, or words about the list. */
export type PassedOver = 'blank' | 'headers-again' | 'note';

/** What stands below and between the units: notes, who made the list, sums. */
const NOTE =
  /^[(*※★【[]*(备\s*注|说\s*明|填表|填写|填报|制表|编制|审核|审批|复核|核对|经办|联系人|联系电话|负责人|单位负责人|签字|盖章|单位盖章|日期|报送|附件|以上|总计|合\s*计|小\s*计|notes?\b|total|remarks?\b|prepared by|filled in by)/i;
/** Words as short as these begin names too (附属医院), so something has to follow that shows what they are. */
const SHORT_NOTE = /^[(*※★【[]*[注共附]([:、.\s\d)\]】一二三四五六七八九十计有]|$)/;
/** `一、城关镇` between the units of one town and those of the next. */
const SECTION = /^[(]?[一二三四五六七八九十]+[)、.]/;
/** A line that says which columns must be filled in. */
const HINTS = new Set(['必填', '选填', '可选', '可不填', '非必填', '填写', '示例', '例', 'required', 'optional']);

/** Tells units from what else stands below the headers. @param wide where cells are merged over three columns or more */
export function passedOver(row: Row, headers: Headers, wide: ReadonlySet<string>): PassedOver | undefined {
  const filled = row.cells.map((cell, index) => ({ index, text: tidy(cell) })).filter(({ text }) => text !== '');
  const telling = filled.filter(({ index, text }) => !(isIdle(headers.columns[index]) && isPlainNumber(text)));
  const [first] = telling;
  if (!first) return 'blank';
  if (telling.length > 1 && telling.every(({ index, text }) => isHeader(headers, index, text))) return 'headers-again';
  if (telling.every(({ text }) => HINTS.has(foldWord(text).replace(/[()[\]]/g, '')))) return 'note';
  // A sum may stand before the word that says so.
  const said = telling.find(({ text }) => !isFormula(text)) ?? first;
  if (isNote(said.text) && !isUnit(row, headers.columns)) return 'note';
  if (telling.length > 1) return undefined;
  return isRemark(first.text, headers.columns[first.index]) || wide.has(`${row.number}:${first.index}`)
    ? 'note'
    : undefined;
}

function isIdle(column: Column | undefined): boolean {
  return !column?.field || column.field === 'passed-over';
}

function isPlainNumber(text: string): boolean {
  return /^\d{1,6}[.、]?$/.test(text.normalize('NFKC')) || /^=/.test(text);
}

function isHeader({ lines }: Headers, index: number, text: string): boolean {
  return lines.some((line) => foldWord(line[index] ?? '') === foldWord(text));
}

function isNote(text: string): boolean {
  const plain = text.normalize('NFKC');
  return NOTE.test(plain) || SHORT_NOTE.test(plain);
}

/** A unit may have a code that begins like a note. It has a name and a kind as well, and then it is one. */
function isUnit({ cells }: Row, columns: Column[]): boolean {
  const at = (field: string) => tidy(cells[columns.find((column) => column.field === field)?.index ?? -1] ?? '');
  return at('name') !== '' && kindNamed(at('kind')) !== undefined;
}

/** The one cell of a row: a code or a name without the rest is a unit to be mended, anything else is about the list. */
function isRemark(text: string, column: Column | undefined): boolean {
  const plain = text.normalize('NFKC');
  if (isIdle(column)) return true;
  if (SECTION.test(plain) || plain.length > 30 || /[:。]/.test(plain)) return true;
  return column?.field === 'code' && !/^[\x21-\x7e]+$/.test(plain);
}

/** Where cells begin that are merged over three columns or more: a remark has room there, no field of a unit does. */
export function wideCells(merged: Area[]): Set<string> {
  return new Set(merged.filter(({ left, right }) => right - left >= 2).map(({ top, left }) => `${top}:${left}`));
}
