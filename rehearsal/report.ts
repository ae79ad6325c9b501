import type { CaseState } from '../domain/case';
import { startOf } from '../domain/plan-dates';
import { daysBetween } from '../domain/time';
import type { UnitCampaignState } from '../domain/unit-campaign/state';
import { dayClock } from './day-clock';
import { type MailsPerPerson, mailsPerPerson } from './mails-per-person';
import type { Rehearsal } from './rehearsal';

/** The figures of a rehearsal, as `--json` writes them. */
export interface Report {
  /** Code of the plan. */
  plan: string;
  units: number;
  seed: number;
  /** Days from the start until the last event or mail, both counted. */
  days: number;
  mails: {
    /** Mails sent. */
    total: number;
    /** Reasons in them; several reasons of a morning share a mail. */
    byKind: Record<string, number>;
    busiest: { date: string; count: number };
    /** One address is one person; nobody is named but by role and unit. */
    perPerson: Pick<MailsPerPerson, 'people' | 'peakPerDay' | 'most'>;
    /** Who gets more than one on a day, or more in 30 days than `post.mostPerMonth` of the plan. */
    tooMany: MailsPerPerson['tooMany'];
  };
  obligations: {
    /** Those whose day has passed, accepted ones in any case; what was exempt, or fell away with a unit that left, is none. */
    due: number;
    /** Accepted by the end, on time or not. */
    accepted: number;
    /** Of the accepted ones, those that were complete only after their day. */
    late: number;
    /** Due and not accepted by the end. */
    missed: number;
  };
  /** Rungs taken by act, and how the talks ended. */
  ladder: Record<string, number>;
  cases: { opened: number; closed: number };
  /** `agrees` is null while the engine was not asked. */
  engine: { used: boolean; agrees: boolean | null; differences: string[] };
  elapsedMs: number;
}

/**
 * The figures of a rehearsal.
 * @param differences what `differences` found between it and the run on the engine, if there was one.
 */
export function report(rehearsal: Rehearsal, differences?: string[]): Report {
  const { plan, units, seed, states, elapsedMs } = rehearsal;
  const cases = Object.values(states);
  return {
    plan: plan.code,
    units: units.length,
    seed,
    days: daysOf(rehearsal),
    mails: mailFigures(rehearsal),
    obligations: obligationFigures(rehearsal),
    ladder: ladderFigures(rehearsal),
    cases: { opened: cases.length, closed: cases.filter((one) => one.closed).length },
    engine: {
      used: differences !== undefined,
      agrees: differences ? differences.length === 0 : null,
      differences: differences ?? [],
    },
    elapsedMs,
  };
}

/** Mails by day, in order; days without mail are left out. */
export function mailsByDay(rehearsal: Rehearsal): Map<string, number> {
  const days = new Map<string, number>();
  for (const { date } of rehearsal.mails) days.set(date, (days.get(date) ?? 0) + 1);
  return new Map([...days].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function mailFigures(rehearsal: Rehearsal): Report['mails'] {
  const kinds = rehearsal.mails.flatMap((mail) => mail.reasons.map((reason) => reason.kind));
  const busiest = [...mailsByDay(rehearsal)].reduce((most, day) => (day[1] > most[1] ? day : most), ['', 0]);
  const { tooMany, ...perPerson } = mailsPerPerson(rehearsal);
  return {
    total: rehearsal.mails.length,
    byKind: counted(kinds),
    busiest: { date: busiest[0], count: busiest[1] },
    perPerson,
    tooMany,
  };
}

function obligationFigures(rehearsal: Rehearsal): Report['obligations'] {
  const figures = { due: 0, accepted: 0, late: 0, missed: 0 };
  const now = lastInstant(rehearsal);
  for (const state of Object.values(rehearsal.states).filter(isUnitCampaign)) {
    const end = state.outcome === 'left' ? state.lastAt : now;
    for (const one of state.obligations) {
      if (one.status === 'accepted') {
        figures.accepted += 1;
        if (!one.onTime) figures.late += 1;
      } else if (one.status !== 'exempt' && one.dueAt <= end) {
        figures.missed += 1;
      }
    }
  }
  return { ...figures, due: figures.accepted + figures.missed };
}

function ladderFigures(rehearsal: Rehearsal): Record<string, number> {
  const facts = Object.values(rehearsal.timelines).flat();
  const rungs = facts.filter((fact) => fact.type === 'ladder-step').map((fact) => fact.data!.act as string);
  const talks = facts.filter((fact) => fact.type === 'talk-settled').map((fact) => `talk-${fact.data!.outcome}`);
  const acts = rehearsal.plan.ladders.flatMap((ladder) => ladder.steps.map((step) => step.act));
  return { ...Object.fromEntries(acts.map((act) => [act, 0])), ...counted([...rungs, ...talks]) };
}

function daysOf(rehearsal: Rehearsal): number {
  const clock = dayClock(rehearsal.plan.zone);
  return daysBetween(startOf(rehearsal.plan), clock.dateOf(lastInstant(rehearsal))) + 1;
}

function lastInstant({ states, mails }: Rehearsal): number {
  const events = Object.values(states).map((state) => state.lastAt);
  return [...events, ...mails.slice(-1).map((mail) => mail.at)].reduce((a, b) => Math.max(a, b), 0);
}

function counted(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([, a], [, b]) => b - a));
}

function isUnitCampaign(state: CaseState & { kind?: string }): state is UnitCampaignState {
  return state.kind === 'unit-campaign';
}
