import type { Actor, Fact, MailReason, Refusal, Role } from '../../domain/case';
import { isRefusal } from '../../domain/case';
import { type Answer, applied, begun, passUntil, receive } from '../../domain/case-runner';
import type { Plan } from '../../domain/plan';
import { instantOf } from '../../domain/time';
import type { Unit } from '../../domain/unit';
import { unitCampaign } from '../../domain/unit-campaign';
import type { UnitCampaignMessage } from '../../domain/unit-campaign/messages';
import type { ObligationState, UnitCampaignOpening, UnitCampaignState } from '../../domain/unit-campaign/state';
import { termsFor } from '../../domain/unit-campaign/terms';
import { testPlan } from './plan';

/** `2024-12-16 08:30` in Shanghai. */
export function at(time: string): number {
  const [date, clock] = time.split(' ');
  return instantOf(date!, clock!, 'Asia/Shanghai');
}

/** An instant as a test reads it. */
export function shown(instant: number): string {
  return new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

export function person(role: Role, id = `the-${role}`): Actor {
  return { id, role };
}

export function content(name: string) {
  return { id: `content-${name}`, digest: name };
}

export interface Choice {
  plan?: Plan;
  unit?: Partial<Pick<Unit, 'id' | 'sectors' | 'onePerson'>>;
  /** When the case opens; the launch unless said otherwise. */
  opened?: string;
}

export function openingOf({ plan = testPlan(), unit = {}, opened = '2024-12-09 09:00' }: Choice): UnitCampaignOpening {
  const id = unit.id ?? 'u-1';
  const terms = termsFor(
    plan,
    { sectors: unit.sectors ?? ['general'], onePerson: unit.onePerson ?? false },
    at(opened),
  );
  return {
    id: `unit-campaign/c1-${id}`,
    campaign: 'campaign/c1',
    unit: id,
    openedAt: at(opened),
    joinedLate: opened !== '2024-12-09 09:00',
    terms,
    campaignRevision: 0,
  };
}

/** A unit's campaign in a test: time passes, people act, and everything that came of it can be looked at. */
export class UnitCase {
  readonly facts: Fact[] = [];
  readonly mails: MailReason[] = [];
  private running;
  private count = 0;

  constructor(choice: Choice = {}) {
    const opened = unitCampaign.open(openingOf(choice));
    this.running = begun(opened);
    this.facts.push(...opened.facts);
    this.mails.push(...opened.mails);
  }

  get state(): UnitCampaignState {
    return this.running.state;
  }

  get revision(): number {
    return this.running.revision;
  }

  get(code: string): ObligationState {
    return this.state.obligations.find((one) => one.code === code)!;
  }

  /** Time passes, and with it everything that falls due. */
  until(time: string): this {
    const passed = passUntil(unitCampaign, this.state, at(time));
    this.running = applied(this.running, passed);
    this.facts.push(...passed.facts);
    this.mails.push(...passed.mails);
    return this;
  }

  /** A message, received at a time. @returns the answer, or the refusal. */
  try(time: string, message: UnitCampaignMessage, by: Actor = person('filer'), id?: string): Answer | Refusal {
    this.count += 1;
    const envelope = { id: id ?? `m${this.count}`, at: at(time), by, message };
    const result = receive(unitCampaign, this.running, envelope);
    if (isRefusal(result)) return result;
    this.running = result.running;
    this.facts.push(...result.decision.facts);
    this.mails.push(...result.decision.mails);
    return result.answer;
  }

  /** A message that has to be taken. */
  do(time: string, message: UnitCampaignMessage, by?: Actor): this {
    const result = this.try(time, message, by);
    if ('refused' in result) throw new Error(`${message.type} at ${time}: ${JSON.stringify(result)}`);
    return this;
  }

  holds(reason: MailReason): boolean {
    return unitCampaign.holds(this.state, reason);
  }

  file(time: string, obligation = 'report', digest = `d${this.count}`): this {
    return this.do(time, { type: 'file', obligation, content: content(digest) });
  }

  sign(time: string, obligation = 'report'): this {
    const seen = this.get(obligation).submission!.digest;
    return this.do(time, { type: 'sign', obligation, seen }, person('head'));
  }

  accept(time: string, obligation = 'report'): this {
    const seen = this.get(obligation).submission!.digest;
    return this.do(time, { type: 'accept', obligation, seen }, person('reviewer'));
  }

  sendBack(time: string, redo: string, obligation = 'report'): this {
    const seen = this.get(obligation).submission!.digest;
    const reasons = [{ text: 'incomplete' }];
    return this.do(time, { type: 'return', obligation, seen, reasons, redo }, person('reviewer'));
  }

  /** Facts of a type about an obligation, as `time` or `time detail`. */
  times(type: string, about?: string): string[] {
    return this.facts
      .filter((fact) => fact.type === type && (about === undefined || fact.about === about))
      .map((fact) => shown(fact.at));
  }

  /** Mails about an obligation, as `time kind to`. */
  letters(about = 'report'): string[] {
    return this.mails
      .filter((mail) => mail.about === about)
      .map((mail) => `${shown(mail.at)} ${mail.kind} ${mail.to.role}`);
  }
}
