import { type Calendar, at as instantAt, isWorkingDay, workingDayFrom } from './calendar';
import type { Addressee } from './case';
import type { Contact, Lang, PostRules } from './plan';
import { addDays, dateOf, type Instant, type LocalDate, MINUTE } from './time';
import type { Unit, UnitPerson } from './unit';

/** Whom the post knows. */
export interface Directory {
  /** A unit by id. */
  unit(id: string): Unit | undefined;
  /** A unit by the authority's code, for supervising units. */
  unitByCode(code: string): Unit | undefined;
  contacts: Contact[];
  /** Whether letters to an address came back for good; absent where none ever do. */
  isBad?(email: string): boolean;
}

export interface Recipient {
  name: string;
  /** Also what makes a person one: several roles with one address get one mail. */
  email: string;
  /** As a list has it; what the person chose comes before it. */
  lang?: Lang;
}

/**
 * The one person a reason is written to: for a unit that another files for, that one's people; filer A, else B.
 * An address from which letters came back is passed over.
 * @returns undefined where nobody has a usable address; the administrator must then telephone.
 */
export function recipientOf(to: Addressee, directory: Directory): Recipient | undefined {
  if (!('unit' in to)) return staffMember(to, directory);
  const unit = directory.unit(to.unit);
  if (!unit) return undefined;
  const supervising = unit.supervisingUnit ? directory.unitByCode(unit.supervisingUnit) : undefined;
  const candidates = [supervising, unit].flatMap((one) => (one ? peopleFor(one, to.role) : []));
  return candidates.find((one) => isReachable(one, directory));
}

/** In a one-person unit whoever is there is both filer and head. */
function peopleFor(unit: Unit, role: 'filer' | 'head'): UnitPerson[] {
  const filers = [unit.filer, unit.deputyFiler];
  if (role === 'filer') return unit.onePerson ? [...filers, unit.head] : filers;
  return unit.onePerson ? [unit.head, ...filers] : [unit.head];
}

function isReachable({ email }: Pick<UnitPerson, 'email'>, { isBad }: Directory): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(email) && !isBad?.(email);
}

/** The nth of a role; where there are fewer, the last; a reviewer of the sector before one of all sectors. */
function staffMember(to: Exclude<Addressee, { unit: string }>, directory: Directory): Recipient | undefined {
  const reachable = directory.contacts.filter((one) => isReachable(one, directory));
  const usable = reachable.filter((one) => one.role === to.role);
  const forSector = usable.filter(
    (one) => to.sector === undefined || one.sectors.length === 0 || one.sectors.includes(to.sector as never),
  );
  // A desk without a reviewer must not swallow the reason: the office gets it.
  const desk = forSector.length > 0 ? forSector : reachable.filter((one) => one.role === 'admin');
  return desk[Math.min(to.nth ?? 0, desk.length - 1)];
}

const PROMPT_MINUTES = 5;

/**
 * When a reason goes out to a person who last got a mail on `lastDigest`. One mail a working day: in the
 * morning digest, or, when there was none that day, at the next five-minute mark, so that what happens
 * together goes together. Later reasons wait for the next working day. A reminder keeps its calendar day.
 */
export function sendingTime(
  reason: { at: Instant; keepsItsDay?: boolean },
  lastDigest: LocalDate | undefined,
  calendar: Calendar,
  post: PostRules,
): Instant {
  const day = dateOf(reason.at, calendar.zone);
  const morning = instantAt(calendar, day, post.digestAt);
  const free = lastDigest === undefined || lastDigest < day;
  const atWork = isWorkingDay(calendar, day);
  if (free && reason.at <= morning && (atWork || reason.keepsItsDay)) return morning;
  const prompt = Math.ceil((reason.at + 1) / (PROMPT_MINUTES * MINUTE)) * PROMPT_MINUTES * MINUTE;
  if (free && atWork && reason.at > morning && prompt <= instantAt(calendar, day, post.quietFrom)) return prompt;
  const next = reason.at <= morning && (lastDigest === undefined || lastDigest < day) ? day : addDays(day, 1);
  return instantAt(calendar, workingDayFrom(calendar, next), post.digestAt);
}
