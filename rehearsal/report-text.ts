import type { Addressee } from '../domain/case';
import { addDays } from '../domain/time';
import type { Rehearsal } from './rehearsal';
import { mailsByDay, type Report } from './report';
import { TABLES, unreachable } from './tables';

const BAR = 50;
const PEOPLE = 10;

/** A rehearsal as the terminal shows it. */
export function reportText(rehearsal: Rehearsal, figures: Report): string {
  return [
    ...headline(figures),
    ...mailCalendar(rehearsal, figures),
    ...busiestPeople(rehearsal),
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

/** Who gets most: a role and a unit, never a name or an address. */
function busiestPeople(rehearsal: Rehearsal): string[] {
  const names = new Map(rehearsal.units.map((unit) => [unit.id, unit.name]));
  const people = new Map<string, { labels: Set<string>; total: number; byDay: Map<string, number> }>();
  for (const mail of rehearsal.mails) {
    const person = people.get(mail.to) ?? { labels: new Set(), total: 0, byDay: new Map() };
    people.set(mail.to, person);
    person.total += 1;
    person.byDay.set(mail.date, (person.byDay.get(mail.date) ?? 0) + 1);
    for (const reason of mail.reasons) person.labels.add(labelOf(reason.to, names));
  }
  const most = [...people.values()].sort((a, b) => b.total - a.total).slice(0, PEOPLE);
  const peak = Math.max(0, ...[...people.values()].map((person) => peakOf(person.byDay)));
  return [
    '',
    `Mails by person (${people.size} people; nobody had more than ${peak} on a day)`,
    ...most.map(
      ({ labels, total, byDay }) =>
        `  ${String(total).padStart(6)} · at most ${peakOf(byDay)} a day · ${labelled(labels)}`,
    ),
  ];
}

function labelOf(to: Addressee, names: Map<string, string>): string {
  if ('unit' in to) return `${to.role} of ${names.get(to.unit) ?? 'a unit'}`;
  return [to.role, to.sector, to.nth ? 'stand-in' : ''].filter(Boolean).join(' ');
}

/** A supervising unit gets the mails of many: the first few, and how many more. */
function labelled(labels: Set<string>): string {
  const [first, second, ...rest] = [...labels];
  return [first, second, rest.length > 0 ? `and ${rest.length} more` : undefined].filter(Boolean).join(', ');
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

function peakOf(byDay: Map<string, number>): number {
  return Math.max(...byDay.values());
}

function weekday(date: string): string {
  return '日一二三四五六'[new Date(`${date}T12:00:00Z`).getUTCDay()]!;
}
