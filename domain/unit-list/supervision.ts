import { foldCode } from '../id';
import type { RowRead } from './read-row';
import { type RowTrouble, trouble } from './troubles';

/** The supervising unit of each row that has one, as a code, and what is wrong between rows. */
export interface Supervision {
  /** Keys and values are folded codes of the list's rows; `as` is the spelling to keep. */
  supervisors: Map<string, { folded: string; as: string }>;
  troubles: RowTrouble[];
}

/**
 * Finds every row's supervising unit: by code in the list, then among the known codes, then by a name that only one
 * row has. A unit known from earlier lists but not in this one brings no supervisor of its own, so circles are
 * looked for within the list.
 */
export function readSupervision(rows: RowRead[], known: Iterable<string>): Supervision {
  // What the list itself says of a unit goes before what is known of it.
  const codes = new Map(
    [...known, ...rows.map(({ unit }) => unit.code)].filter(Boolean).map((code) => [foldCode(code), code]),
  );
  const byName = new Map<string, string[]>();
  for (const { unit } of rows) {
    const namesakes = byName.get(unit.name);
    if (namesakes) namesakes.push(unit.code);
    else byName.set(unit.name, [unit.code]);
  }

  const supervision: Supervision = { supervisors: new Map(), troubles: [] };
  for (const { unit, at } of rows) {
    const written = unit.supervisingUnit;
    if (!written || at.supervisingUnit.odd) continue;
    const namesakes = byName.get(written) ?? [];
    const as = codes.get(foldCode(written)) ?? (namesakes.length === 1 ? namesakes[0] : undefined);
    const blame = (code: Parameters<typeof trouble>[0]) => supervision.troubles.push(trouble(code, at.supervisingUnit));
    if (as === undefined) blame(namesakes.length > 1 ? 'supervisor-ambiguous' : 'supervisor-unknown');
    else if (foldCode(as) === foldCode(unit.code)) blame('supervisor-itself');
    else supervision.supervisors.set(foldCode(unit.code), { folded: foldCode(as), as });
  }
  supervision.troubles.push(...circles(rows, supervision.supervisors));
  return supervision;
}

/** A trouble at each row of a circle. Each row is walked over once: a list may be one long chain. */
function circles(rows: RowRead[], supervisors: Supervision['supervisors']): RowTrouble[] {
  const walked = new Set<string>();
  const inCircle = new Map<string, string>();
  for (const start of supervisors.keys()) {
    const path = new Map<string, number>();
    let here: string | undefined = start;
    while (here !== undefined && !walked.has(here)) {
      walked.add(here);
      path.set(here, path.size);
      here = supervisors.get(here)?.folded;
    }
    const entry = here === undefined ? undefined : path.get(here);
    if (entry === undefined) continue;
    const circle = [...path.keys()].slice(entry);
    for (const code of circle) inCircle.set(code, [...circle, circle[0]].join(' → '));
  }
  return rows.flatMap(({ unit, at }) => {
    const circle = inCircle.get(foldCode(unit.code));
    return circle && unit.supervisingUnit ? [trouble('supervisor-cycle', at.supervisingUnit, circle)] : [];
  });
}
