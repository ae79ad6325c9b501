import type { Actor, Envelope, Message } from '../domain/case';
import { unitId } from '../domain/id';
import type { Instant } from '../domain/time';
import type { Unit } from '../domain/unit';
import type { UnitCampaignMessage } from '../domain/unit-campaign/messages';
import type { ObligationState, UnitCampaignState } from '../domain/unit-campaign/state';
import { dice, fakeDigest, fakePerson, weighted } from './dice';
import { acknowledgingTime, filingTime, leavingTime, redoingTime, signingTime } from './habits';
import { officeActs, officePerson } from './office';

/** How a unit of a rehearsal behaves. */
export type PersonaKind =
  | 'punctual'
  | 'late' // files or signs some of it after the day
  | 'returned-once' // one of its reports is sent back once
  | 'silent' // never does anything
  | 'left-half-way'; // does everything on time until the office takes it out

export interface Persona {
  kind: PersonaKind;
  /** Id of the unit. */
  unit: string;
  /** Id of the unit that files and signs for it, where there is one. */
  actsThrough?: string;
}

/** Something a person does on a day to come. */
export interface Act<M extends Message = UnitCampaignMessage> {
  at: Instant;
  by: Actor;
  message: M;
}

const MIX: readonly (readonly [PersonaKind, number])[] = [
  ['punctual', 70],
  ['late', 14],
  ['returned-once', 8],
  ['silent', 5],
  ['left-half-way', 3],
];

/** How this unit will behave: the same for the same seed, whichever other units there are. */
export function personaOf(seed: number, unit: Pick<Unit, 'id' | 'supervisingUnit'>): Persona {
  return {
    kind: weighted(MIX, dice(seed, unit.id, 'persona')),
    unit: unit.id,
    ...(unit.supervisingUnit && { actsThrough: unitId(unit.supervisingUnit) }),
  };
}

/**
 * The next thing anybody will do about a unit's campaign: its own people, the desk that reviews, the office.
 *
 * Depends on nothing but the state, so that the simulator and the driver of the real engine, who both ask after every
 * event, see the same three months. Acts lie on the half hours of office days; the clocks of the rules never do.
 * @returns undefined when nobody will do anything more of their own accord. `at` is never before the case's last event.
 */
export function nextAct(persona: Persona, state: UnitCampaignState, seed: number): Act | undefined {
  if (state.closed) return undefined;
  let first: Act | undefined;
  for (const act of acts(persona, state, seed)) if (!first || act.at < first.at) first = act;
  return first && { ...first, at: Math.max(first.at, state.lastAt) };
}

/** An act on its way to its case. Its id is its idempotency key: whoever sends it again gets the same answer. */
export function envelopeOf<M extends Message>(caseId: string, act: Act<M>): Envelope<M> {
  const about = 'obligation' in act.message ? act.message.obligation : '';
  return { id: `${caseId}/${act.message.type}/${about}/${act.at}`, ...act };
}

function* acts(persona: Persona, state: UnitCampaignState, seed: number): Generator<Act> {
  if (persona.kind !== 'silent' && !state.receipt) {
    yield { at: acknowledgingTime(state, seed), by: filerOf(persona), message: { type: 'acknowledge' } };
  }
  if (persona.kind === 'left-half-way') {
    const message = { type: 'leave', reason: '演练：机构撤并 / rehearsal: merged into another unit' } as const;
    yield { at: leavingTime(state, seed), by: officePerson(state.campaign, 'admin'), message };
  }
  for (const obligation of state.obligations) yield* actsAbout(persona, state, obligation, seed);
}

/** What was planned about an obligation, for whom and with which seed. */
const planned = new WeakMap<ObligationState, { persona: Persona; seed: number; acts: Act[] }>();

/** All that anybody plans about one obligation. Worked out once for each of its states: an event changes one of ten. */
function actsAbout(persona: Persona, state: UnitCampaignState, obligation: ObligationState, seed: number): Act[] {
  const known = planned.get(obligation);
  if (known && known.persona === persona && known.seed === seed) return known.acts;
  const own = persona.kind === 'silent' ? undefined : unitAct(persona, state, obligation, seed);
  const acts = [...(own ? [own] : []), ...officeActs(persona, state, obligation, seed)];
  planned.set(obligation, { persona, seed, acts });
  return acts;
}

/** What the unit's own people do next about one obligation. */
function unitAct(
  persona: Persona,
  state: UnitCampaignState,
  obligation: ObligationState,
  seed: number,
): Act | undefined {
  const { code, submission, correction } = obligation;
  switch (obligation.status) {
    case 'pending':
      return filing(filingTime(persona, state, obligation, seed), persona, state, obligation);
    case 'returned':
      return filing(redoingTime(state, obligation, seed), persona, state, obligation);
    case 'filed': {
      const at = signingTime(persona, state, obligation, seed);
      return { at, by: headOf(persona), message: { type: 'sign', obligation: code, seen: submission!.digest } };
    }
    case 'correcting':
      // Nobody corrects of their own accord in a rehearsal, but whoever acts in the demo may: the unit agrees at once.
      return {
        at: 0,
        by: headOf(persona),
        message: { type: 'consent', obligation: code, seen: correction!.content.digest },
      };
    default:
      return undefined;
  }
}

function filing(at: Instant, persona: Persona, state: UnitCampaignState, obligation: ObligationState): Act {
  const what = `${state.id}/${obligation.code}/${obligation.versions + 1}`;
  const digest = fakeDigest(what);
  return {
    at,
    by: filerOf(persona),
    message: {
      type: 'file',
      obligation: obligation.code,
      content: { id: `rehearsal-${digest.slice(0, 24)}`, digest },
      ...(persona.actsThrough && { onBehalf: 'supervising-unit' as const }),
    },
  };
}

function filerOf(persona: Persona): Actor {
  const unit = persona.actsThrough ?? persona.unit;
  return { id: fakePerson(unit, 'filer'), role: 'filer', unit };
}

function headOf(persona: Persona): Actor {
  const unit = persona.actsThrough ?? persona.unit;
  return { id: fakePerson(unit, 'head'), role: 'head', unit };
}
