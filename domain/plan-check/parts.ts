import type { Finding, Part } from '../plan';
import { type Check, error, warning } from './context';

/** The part that contains a part: `2.1` lies in `2`, `annex-1.2` in `annex-1`. */
const parentOf = (code: string) => code.slice(0, Math.max(code.lastIndexOf('.'), code.lastIndexOf('-'), 0));

const named = ({ number, title }: Part) => `${number}${title}`;

/** `part-absent`: referred to, by a part or a sector, but not in the document. */
export const partsArePresent: Check = ({ plan }) => {
  const present = new Set(plan.parts.filter((part) => part.present).map(({ code }) => code));
  const references = [
    ...plan.parts.flatMap((part) => part.refersTo.map((to) => ({ to, from: named(part) }))),
    ...plan.sectors.map((sector) => ({ to: sector.part, from: sector.name.zh })),
  ].filter(({ to }) => !present.has(to));
  return [...new Set(references.map(({ to }) => to))].map((to) => {
    const listed = plan.parts.find(({ code }) => code === to);
    const name = listed ? named(listed) : to;
    const from = references.filter((reference) => reference.to === to).map((reference) => reference.from);
    return error(
      'part-absent',
      `parts/${to}`,
      `“${from.join('”“')}”提到${name}，但文件中没有。`,
      `${name} is referred to by “${from.join('”, “')}” but is not in the document.`,
    );
  });
};

/** `part-without-number` */
export const partsAreNumbered: Check = ({ plan }) =>
  plan.parts
    .filter(({ number }) => number.trim() === '')
    .map((part) =>
      warning(
        'part-without-number',
        `parts/${part.code}`,
        `标题“${part.title}”没有编号。`,
        `The heading “${part.title}” has no number.`,
      ),
    );

/** `part-number-gap`: numbers of one level that do not count on. A heading without a number takes its place. */
export const numbersCountOn: Check = ({ plan }) => {
  const places = new Map<string, number>();
  return plan.parts.flatMap((part): Finding[] => {
    const parent = parentOf(part.code);
    const expected = (places.get(parent) ?? 0) + 1;
    const count = countOf(part.number) ?? expected;
    places.set(parent, count);
    if (count === expected) return [];
    return [
      warning(
        'part-number-gap',
        `parts/${part.code}`,
        `标题“${named(part)}”的编号应为第 ${expected}。`,
        `The heading “${named(part)}” should be number ${expected}.`,
      ),
    ];
  });
};

/** The number a heading prints, `（三）` or `附件3` as 3; undefined where it prints none. */
function countOf(number: string): number | undefined {
  const digits = /\d+/.exec(number)?.[0];
  if (digits) return Number(digits);
  const [, tens, ten, ones] =
    /([一二三四五六七八九])?(十)?([一二三四五六七八九])?/.exec(number.replace(/[（）()、.．\s]/g, '')) ?? [];
  if (!tens && !ten && !ones) return undefined;
  const value = (numeral?: string) => (numeral ? '一二三四五六七八九'.indexOf(numeral) + 1 : 0);
  return ten ? (tens ? value(tens) : 1) * 10 + value(ones) : value(tens);
}

/** `source-unknown`: a checklist item that cites a paragraph the document does not have. */
export const itemsCiteParts: Check = ({ plan }) => {
  const citations = new Set(plan.parts.map((part) => citationOf(part, plan.parts)));
  return plan.sectors.flatMap((sector) =>
    sector.checklist
      .filter(({ source }) => !citations.has(source))
      .map((item) =>
        warning(
          'source-unknown',
          `sectors/${sector.code}/checklist/${item.code}`,
          `条目 ${item.code} 引用的“${item.source}”不在文件的标题中。`,
          `Item ${item.code} cites “${item.source}”, which is none of the document's parts.`,
        ),
      ),
  );
};

/** How a part is cited: the numbers on the way to it, e.g. `附件2三（一）1`; its title where it has none. */
export function citationOf(part: Part, parts: readonly Part[]): string {
  const parent = parts.find(({ code }) => code === parentOf(part.code));
  const own = part.number.trim() === '' ? part.title : part.number.replace(/[、.．]$/, '');
  return (parent ? citationOf(parent, parts) : '') + own;
}
