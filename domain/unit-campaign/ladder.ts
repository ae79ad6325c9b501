import type { Step } from '../case';
import type { FactSketch } from '../table';
import { ladderOf, nextRungAt, targetOf } from './schedule';
import type { Proposal } from './state';
import { mail, type ObligationOutcome, type ObligationTurn, toFiler, toHead } from './turn';

/** A reminder before the due day: to the filer, or to the head where only the signature is missing. */
export function remind(turn: ObligationTurn<Step>): ObligationOutcome {
  const { obligation, message } = turn;
  const days = message.data!.days as number;
  const unsigned = obligation.status === 'filed';
  const to = unsigned ? toHead(turn) : toFiler(turn);
  return {
    change: { reminders: obligation.reminders.filter((reminder) => reminder.at > message.at) },
    facts: [{ type: 'reminded', data: { days, to: to as { unit: string; role: string } } }],
    mails: [mail(turn, unsigned ? 'sign-due' : 'due-soon', to, { days }, true)],
  };
}

/** 24:00 of the day passed without a complete, signed submission. */
export function missDue(turn: ObligationTurn<Step>): ObligationOutcome {
  const { obligation } = turn;
  return {
    change: { missed: true, reminders: [] },
    facts: [{ type: 'due-missed', data: { due: targetOf(obligation), status: obligation.status } }],
  };
}

/** The next rung: reminder and warning are mails, talk and bulletin are proposed to the one who decides. */
export function climb(turn: ObligationTurn<Step>): ObligationOutcome {
  const { obligation, terms, state, at } = turn;
  const rungs = ladderOf(terms, obligation.code);
  const rung = rungs[obligation.ladder.step]!;
  const step = obligation.ladder.step + 1;
  const facts: FactSketch[] = [{ type: 'ladder-step', data: { step, act: rung.act, basis: rung.source } }];
  const data = {
    step,
    afterWorkingDays: rung.afterWorkingDays,
    basis: rung.source,
    unsigned: obligation.status === 'filed',
  };
  const proposals = [...obligation.proposals];
  const mails = [];
  if (rung.act === 'remind') {
    mails.push(mail(turn, 'overdue', obligation.status === 'filed' ? toHead(turn) : toFiler(turn), data));
  } else if (rung.act === 'warn') {
    mails.push(mail(turn, 'overdue-warning', toFiler(turn), data), mail(turn, 'overdue-warning', toHead(turn), data));
  } else {
    const measure: Proposal['measure'] = rung.act === 'propose-talk' ? 'talk' : 'bulletin';
    proposals.push({ measure, step, at, status: 'open' });
    facts.push({ type: 'proposed', data: { measure, step } });
    const decider = { campaign: state.campaign, role: rung.decidedBy ?? ('leader' as const) };
    mails.push(mail(turn, `${measure}-proposed`, decider, data));
  }
  const place = { ...obligation.ladder, step };
  const nextAt = nextRungAt(terms, state.unit, obligation.code, place, proposals);
  return { change: { ladder: { ...place, nextAt }, proposals }, facts, mails };
}
