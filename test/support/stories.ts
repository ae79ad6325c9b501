import fc from 'fast-check';
import { type Actor, type Envelope, type Fact, isRefusal, type MailReason } from '../../domain/case';
import { begun, passUntil, type Running, receive } from '../../domain/case-runner';
import { addDays, MINUTE } from '../../domain/time';
import { unitCampaign } from '../../domain/unit-campaign';
import type { UnitCampaignMessage } from '../../domain/unit-campaign/messages';
import type { UnitCampaignState } from '../../domain/unit-campaign/state';
import { at, content, openingOf, person } from './unit-case';

export const HOUR = 60 * MINUTE;
export const START = at('2024-12-09 09:00');
export const OPENING = openingOf({ unit: { sectors: ['general', 'chemicals'] } });
export const CODES = OPENING.terms.duties.map((duty) => duty.code);
/** Few versions, so that the one that was seen is often the one there is. */
const VERSIONS = ['v1', 'v2'];

/** Mostly one of them, so that much happens to it. */
export const code = fc.constantFrom('report', 'report', 'report', 'note', 'log#1', 'log#4');
const seen = fc.constantFrom(...VERSIONS);
export const day = fc.integer({ min: 0, max: 110 }).map((days) => addDays('2024-12-09', days));
const reason = fc.constant('why');
const about = <T extends string>(type: T, fields: object) =>
  fc.record({ type: fc.constant(type), obligation: code, ...fields });

const message = fc.oneof(
  { weight: 6, arbitrary: about('file', { content: seen.map(content) }) },
  { weight: 5, arbitrary: about('sign', { seen }) },
  { weight: 4, arbitrary: about('accept', { seen }) },
  { weight: 3, arbitrary: about('return', { seen, reasons: fc.constant([{ text: 'no' }]), redo: day }) },
  about('file', { content: seen.map(content), paper: fc.constant(content('scan')) }),
  about('withdraw', { reason }),
  about('start-review', {}),
  about('correct', { seen, content: seen.map(content), note: reason }),
  about('consent', { seen }),
  about('decline', { reason }),
  about('reopen', { reason }),
  about('exempt', { reason }),
  about('reinstate', { reason, due: day }),
  about('ask-extension', { to: day, reason }),
  about('decide-extension', { grant: fc.boolean(), reason }),
  about('move-due', { due: day, reason }),
  about('urge', {}),
  {
    weight: 3,
    arbitrary: about('settle-talk', { outcome: fc.constantFrom('held', 'refused', 'rejected'), note: reason }),
  },
  fc.record({ type: fc.constant('acknowledge') }),
  fc.record({
    type: fc.constant('campaign-facts'),
    revision: fc.integer({ min: 1, max: 9 }),
    moves: fc.dictionary(code, fc.record({ due: day, revision: fc.integer({ min: 1, max: 9 }) }), { maxKeys: 2 }),
    urges: fc.dictionary(code, fc.integer({ min: 1, max: 9 }), { maxKeys: 2 }),
  }),
) as fc.Arbitrary<UnitCampaignMessage>;

const by = fc.constantFrom(
  person('filer'),
  person('head'),
  person('reviewer'),
  person('admin'),
  person('reviewer', 'other'),
);

/** A message some hours after the one before; a few were received before it and come late, some after weeks of silence. */
const after = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -30, max: 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 500 }) },
);
const event = fc.record({ after, by, message });
export const story = fc.array(event, { maxLength: 60 });

export interface Told {
  running: Running<UnitCampaignState>;
  facts: Fact[];
  mails: MailReason[];
  envelopes: Envelope<UnitCampaignMessage>[];
  /** After every turn. */
  states: UnitCampaignState[];
}

export type Event = { after: number; by: Actor; message: UnitCampaignMessage };

/** Lives a story through, and half a year more. */
export function tell(events: Event[]): Told {
  const opened = unitCampaign.open(OPENING);
  const told: Told = {
    running: begun(opened),
    facts: [...opened.facts],
    mails: [],
    envelopes: [],
    states: [opened.state],
  };
  let clock = START;
  events.forEach(({ after, by: actor, message: what }, index) => {
    clock = Math.max(START, clock + after * HOUR);
    const envelope = { id: `m${index}`, at: clock, by: actor, message: what };
    const result = receive(unitCampaign, told.running, envelope);
    if (isRefusal(result)) return;
    told.running = result.running;
    told.facts.push(...result.decision.facts);
    told.mails.push(...result.decision.mails);
    told.envelopes.push(envelope);
    told.states.push(result.running.state);
  });
  const rest = passUntil(unitCampaign, told.running.state, at('2025-06-30 00:00'));
  told.running = { ...told.running, state: rest.state };
  told.facts.push(...rest.facts);
  told.mails.push(...rest.mails);
  told.states.push(rest.state);
  return told;
}
