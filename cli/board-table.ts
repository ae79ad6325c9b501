import type { Lang } from './api-client';
import { table } from './output';

/** A row of the board, as the API gives it. */
export interface BoardRow {
  unit: { code: string; name: string };
  receiptAt?: string;
  obligations: { code: string; status: string; overdue: boolean; onTime?: boolean; ladderStep: number }[];
}

/** One sign for each status, so that a hundred units fit on a screen. */
const SIGNS: Record<string, string> = {
  pending: '·',
  filed: 'f',
  signed: 's',
  'under-review': 'r',
  correcting: 'c',
  returned: '<',
  accepted: '✓',
  exempt: '-',
};

const LEGEND = {
  zh: '· 未报送  f 已填报待签字  s 已签字待审  r 审核中  c 待同意更正  < 退回  ✓ 通过  ✓! 逾期通过  - 免报  ! 逾期（后为督办阶梯的级数）',
  en: '· pending  f filed, unsigned  s signed  r under review  c correcting  < returned  ✓ accepted  ✓! late  - exempt  ! overdue (with its rung of the ladder)',
};

/** Units down, obligations across. */
export function boardLines(rows: BoardRow[], lang: Lang): string[] {
  if (rows.length === 0) return [lang === 'zh' ? '没有符合条件的单位' : 'no such units'];
  const codes = [...new Set(rows.flatMap(({ obligations }) => obligations.map(({ code }) => code)))];
  const head = ['', lang === 'zh' ? '签收' : 'receipt', ...codes.map(short), ''];
  const lines = rows.map(({ unit, receiptAt, obligations }) => [
    unit.code,
    receiptAt === undefined ? '' : '✓',
    ...codes.map((code) => signOf(obligations.find((one) => one.code === code))),
    unit.name,
  ]);
  const key = codes.map((code) => `${short(code)} ${code}`).join('  ');
  return [...table([head, ...lines]), '', key, LEGEND[lang]];
}

/** Enough of each word to tell them apart: `self-inspection#2` is `sel-ins2`. */
function short(code: string): string {
  const [name = '', turn = ''] = code.split('#');
  const words = name.split(/[-.]/).map((word) => word.slice(0, 3));
  return words.join('-').concat(turn);
}

function signOf(one: BoardRow['obligations'][number] | undefined): string {
  if (!one) return '';
  const late = one.status === 'accepted' && one.onTime === false;
  const sign = SIGNS[one.status] ?? one.status;
  return `${sign}${one.overdue ? `!${one.ladderStep || ''}` : late ? '!' : ''}`;
}
