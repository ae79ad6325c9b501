import type { Check } from './context';
import { error } from './context';

/** `code-twice`: codes name things in cases, files and links, so each names one thing. */
export const codesAreUnique: Check = ({ plan }) => {
  const groups: [place: string, things: { code: string }[]][] = [
    ['parts', plan.parts],
    ['sectors', plan.sectors],
    // Items of different sectors too: a hazard cites its item by code alone.
    ['checklist', plan.sectors.flatMap(({ checklist }) => checklist)],
    ['obligations', plan.obligations],
    ['ladders', plan.ladders],
    ['routes', plan.routes],
    ...plan.routes.map(({ code, steps }): (typeof groups)[number] => [`routes/${code}/steps`, steps]),
    ...plan.obligations.flatMap(({ code, form }): typeof groups => [
      [`obligations/${code}/form`, form],
      ...form.map((field): (typeof groups)[number] => [`obligations/${code}/form/${field.code}`, field.columns ?? []]),
    ]),
  ];
  return groups.flatMap(([place, things]) =>
    repeated(things.map(({ code }) => code)).map((code) =>
      error(
        'code-twice',
        `${place}/${code}`,
        `代码 ${code} 在 ${place} 中重复。`,
        `The code ${code} is used more than once in ${place}.`,
      ),
    ),
  );
};

function repeated(codes: string[]): string[] {
  return [...new Set(codes.filter((code, index) => codes.indexOf(code) !== index))];
}
