import type { Plan } from '../domain/plan';
import { addDays } from '../domain/time';
import type { PersonFigures } from './mails-per-person';
import type { Rehearsal } from './rehearsal';
import { mailsByDay, type Report } from './report';
import { TABLES, unreachable } from './tables';

const BAR = 50;

/** A rehearsal as the terminal shows it. */
export function reportText(rehearsal: Rehearsal, figures: Report): string {
  return [
    ...headline(figures),
    ...mailCalendar(rehearsal, figures),
    ...busiestPeople(figures, rehearsal.plan),
    ...obligationLines(figures),
    ...stateLines(rehearsal),
    ...engineLines(figures),
  ].join('\n');
}

function headline({ plan, units, seed, days, cases, elapsedMs }: Report): string[] {
  const counts = `${days} days · ${cases.opened} cases opened, ${cases.closed} closed`;
  return [`Rehearsal of ${plan} · ${units} units · seed ${seed} · ${counts} · ${elapsedMs} ms`];
}

function mailCalendar(rehearsal: Rehearsal, { mails }: Report): string[] {
  const days = mailsByDay(rehearsal);
  const dates = [...days.keys()];
  const lines: string[] = [];
  for (let date = dates[0]; date !== undefined && date <= dates.at(-1)!; date = addDays(date, 1)) {
    const count = days.get(date) ?? 0;
    const bar = '█'.repeat(Math.ceil((count / mails.busiest.count) * BAR));
    lines.push(`  ${date} ${weekday(date)} ${String(count).padStart(6)} ${bar}`.trimEnd());
  }
  const kinds = Object.entries(mails.byKind).map(([kind, count]) => `${kind} ${count}`);
  return [
    '',
    `Mails by day (${mails.total} in all, most on ${mails.busiest.date}: ${mails.busiest.count})`,
    ...lines,
    `  reasons: ${kinds.join(' · ')}`,
    `  withdrawn before sending: ${rehearsal.withdrawn} · nobody to write to: ${rehearsal.unaddressed}`,
  ];
}

/** Who gets most, and who gets too many: a role and a unit, never a name or an address. */
function busiestPeople({ mails: { perPerson, tooMany } }: Report, plan: Plan): string[] {
  const { people, peakPerDay, most } = perPerson;
  const line = ({ total, peak, inMonth, who }: PersonFigures) =>
    `  ${String(total).padStart(6)} · at most ${peak} a day, ${inMonth} in 30 days · ${who}`;
  const limit = plan.post.mostPerMonth;
  const allowed = `one a day${limit === undefined ? '' : `, ${limit} in 30 days`}`;
  return [
    '',
    `Mails by person (${people} people; nobody had more than ${peakPerDay} on a day)`,
    ...most.map(line),
    tooMany.length === 0 ? `  nobody gets too many (${allowed})` : `  TOO MANY (${allowed}): ${tooMany.length} people`,
    ...tooMany.map(line),
  ];
}

function obligationLines({ obligations, ladder }: Report): string[] {
  const { due, accepted, late, missed } = obligations;
  return [
    '',
    `Obligations: ${due} due · ${accepted} accepted, ${late} of them late · ${missed} missed`,
    `Ladder: ${Object.entries(ladder)
      .map(([act, count]) => `${act} ${count}`)
      .join(' · ')}`,
  ];
}

/** States nobody was in, and those the table itself gives no way to. */
function stateLines(rehearsal: Rehearsal): string[] {
  const lines = Object.entries(TABLES).map(([name, one]) => {
    const visited = rehearsal.visited[name] ?? [];
    const unvisited = Object.keys(one.table).filter((state) => !visited.includes(state));
    const shut = unreachable(one);
    const seen = unvisited.length > 0 ? `nobody was in ${unvisited.join(', ')}` : 'every state was visited';
    return `  ${name}: ${seen}; ${shut.length > 0 ? `UNREACHABLE ${shut.join(', ')}` : 'none is unreachable'}`;
  });
  return ['', 'States', ...lines];
}

function engineLines({ engine }: Report): string[] {
  if (!engine.used) return [];
  if (engine.agrees) return ['', 'The engine gave the same timelines, event by event.'];
  return ['', 'THE ENGINE DIFFERS', ...engine.differences.map((line) => `  ${line}`)];
}

function weekday(date: string): string {
  return '日一二三四五六'[new Date(`${date}T12:00:00Z`).getUTCDay()]!;
}
