/** A cell as people meant it: invisible characters gone, every run of white space (line breaks too) one space. */
export function tidy(text: string): string {
  // Most cells are tidy.
  if (!/[\s\p{Cf}\p{Cc}]/u.test(text)) return text;
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** How people write "nothing" in a list. */
const NOTHING = new Set(['', '-', '--', '/', '无', '暂无', '—', '——', '－', '／', 'n/a', 'N/A']);

/** Whether a tidied cell says that there is nothing. */
export function saysNothing(text: string): boolean {
  return NOTHING.has(text);
}

/** A word as it is compared: full-width or half-width, capitals, spaces, dots, dashes and required-stars do not matter. */
export function foldWord(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Cc}._*:-]/gu, '')
    .toLowerCase();
}

/**
 * Whether a spreadsheet would take the cell for a formula. Nothing here evaluates one; it is refused so that it never
 * gets into an export that somebody opens in one (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function isFormula(text: string): boolean {
  return /^[=+@＝＋＠]/.test(text);
}

/** Codes stand in addresses and file names: letters and digits of any script, then also `.`, `_` and `-`; 32 at most. */
export function isCode(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,31}$/u.test(text);
}

/**
 * An address in one spelling: half-width, small letters. Small letters, because one person with two spellings would
 * be two persons with a digest each; no mail server in use tells them apart.
 */
export function plainEmail(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** The everyday form of an address; neither quoted local parts nor Chinese ones, which few servers here deliver. */
export function isEmail(text: string): boolean {
  if (text.length > 254 || text.indexOf('@') > 64) return false;
  return /^[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(
    text,
  );
}

/**
 * A telephone number half-width, and whole where a program has written it as a number (`13800000001.0`,
 * `1.3800000001E+10`). One that has lost digits (`1.38E+10`) stays as it is, and is none.
 */
export function plainPhone(text: string): string {
  const plain = text.normalize('NFKC').trim();
  if (/^\d{7,12}\.0+$/.test(plain)) return plain.replace(/\..*/, '');
  const [, whole = '', decimals = '', exponent = ''] = plain.match(/^(\d)\.(\d+)e\+?(\d{1,2})$/i) ?? [];
  return whole && decimals.length === Number(exponent) ? whole + decimals : plain;
}

/** Whether a spreadsheet has rounded a long number away: `1.24E+17`. */
export function isRounded(text: string): boolean {
  return /^\d(\.\d+)?e\+\d+$/i.test(text);
}

/** A day as spreadsheets write it into text files, where a code such as `3-1` was typed. */
export function isDate(text: string): boolean {
  return (
    /^(\d{4}年)?\d{1,2}月(\d{1,2}日)?$|^\d{4}\/\d{1,2}\/\d{1,2}( \d{1,2}:\d{2}(:\d{2})?)?$/.test(text) ||
    /^(\d{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{2})$/.test(
      text,
    )
  );
}

/** A day with dashes: of a code it may be the code itself, of a telephone number never. */
export function isDashedDate(text: string): boolean {
  return /^(19|20)\d\d-(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|3[01])$/.test(text);
}

const MOBILE = /^1[3-9]\d{9}$/;
const LANDLINE = /^(0(10|2\d|[3-9]\d\d))?[2-9]\d{6,7}((转|ext\.?|x|#)\d{1,6})?$/;
const SERVICE = /^[48]00\d{7}$/;

/**
 * Whether a text is one telephone number of mainland China: mobile, landline with or without area code and extension,
 * or a 400/800 number. Spaces, dashes and brackets may stand anywhere; `+86`, `0086` (or `86` of a mobile) before it.
 */
export function isPhone(text: string): boolean {
  if (text.length > 40) return false;
  const written = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s()\p{Pd}]/gu, '');
  const number = written.replace(/^(\+86|0086|86(?=1[3-9]\d{9}$))/, '');
  // An area code loses its 0 behind the country code: +86 10 6123 4567 is 010-61234567.
  const fromAbroad = number !== written && LANDLINE.test(`0${number}`);
  return MOBILE.test(number) || LANDLINE.test(number) || SERVICE.test(number) || fromAbroad;
}
