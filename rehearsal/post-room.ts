import type { Calendar } from '../domain/calendar';
import type { Addressee, MailReason } from '../domain/case';
import type { Plan } from '../domain/plan';
import { calendarOf } from '../domain/plan-dates';
import { type Directory, recipientOf, sendingTime } from '../domain/post';
import type { Instant, LocalDate } from '../domain/time';
import type { Unit } from '../domain/unit';
import { dayClock, remembered } from './day-clock';

/** One mail, with every reason that still held when it went out. */
export interface SentMail {
  at: Instant;
  date: LocalDate;
  /** The person: one address is one person. */
  to: string;
  reasons: { kind: string; case: string; about?: string; to: Addressee }[];
}

interface Letter {
  case: string;
  reason: MailReason;
}

interface Person {
  /** The day of the latest mail. */
  lastDigest?: LocalDate;
  waiting: Map<Instant, Letter[]>;
}

/**
 * The post of a rehearsal: the rules of `domain/post.ts` (one mail a working day and person, what no longer holds is
 * withdrawn), without anything being written or sent.
 */
export class PostRoom {
  readonly sent: SentMail[] = [];
  /** Reasons that no longer held when they were to be sent. */
  withdrawn = 0;
  /** Reasons for somebody without a usable address; the office has to telephone. */
  unaddressed = 0;

  private readonly persons = new Map<string, Person>();
  private readonly addresses = new Map<string, string>();
  private readonly times = new Map<string, Instant>();
  private readonly calendar: Calendar;
  private readonly directory: Directory;

  constructor(
    private readonly plan: Plan,
    units: Unit[],
    private readonly wake: (at: Instant, person: string) => void,
  ) {
    this.calendar = calendarOf(plan);
    const byId = new Map(units.map((unit) => [unit.id, unit]));
    const byCode = new Map(units.map((unit) => [unit.code, unit]));
    this.directory = {
      unit: (id) => byId.get(id),
      unitByCode: (code) => byCode.get(code),
      contacts: plan.contacts,
    };
  }

  /** A reason to write. `wake` is called when it opens a mail that was not waiting yet. */
  take(caseId: string, reason: MailReason): void {
    const address = this.addressOf(reason.to);
    if (!address) {
      this.unaddressed += 1;
      return;
    }
    const person = remembered(this.persons, address, (): Person => ({ waiting: new Map() }));
    const at = this.timeFor(reason, person.lastDigest);
    const letters = person.waiting.get(at);
    if (letters) {
      letters.push({ case: caseId, reason });
    } else {
      person.waiting.set(at, [{ case: caseId, reason }]);
      this.wake(at, address);
    }
  }

  /** The time of somebody's mail has come. */
  send(at: Instant, address: string, holds: (caseId: string, reason: MailReason) => boolean): void {
    const person = this.persons.get(address)!;
    const letters = person.waiting.get(at) ?? [];
    person.waiting.delete(at);
    const holding = letters.filter((letter) => holds(letter.case, letter.reason));
    this.withdrawn += letters.length - holding.length;
    if (holding.length === 0) return;
    const date = dayClock(this.plan.zone).dateOf(at);
    person.lastDigest = date;
    const reasons = holding.map(({ case: of, reason: { kind, about, to } }) => ({ kind, case: of, about, to }));
    this.sent.push({ at, date, to: address, reasons });
  }

  private addressOf(to: Addressee): string {
    const key = 'unit' in to ? `${to.unit}/${to.role}` : `${to.role}/${to.sector ?? ''}/${to.nth ?? 0}`;
    return remembered(this.addresses, key, () => recipientOf(to, this.directory)?.email.toLowerCase() ?? '');
  }

  private timeFor(reason: MailReason, lastDigest: LocalDate | undefined): Instant {
    const key = `${reason.at}/${reason.keepsItsDay ?? false}/${lastDigest ?? ''}`;
    return remembered(this.times, key, () => sendingTime(reason, lastDigest, this.calendar, this.plan.post));
  }
}
