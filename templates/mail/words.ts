import type { LocalDate, LocalTime } from '../../domain/time';
import type { Lang } from './letter';
import { EN } from './words-en';
import { ZH } from './words-zh';

/** What a language says around and inside the kinds' own templates. Days are calendar days unless named otherwise. */
export interface Words {
  htmlLang: string;
  labels: Record<
    | 'dear'
    | 'hello'
    | 'what'
    | 'byWhen'
    | 'why'
    | 'todo'
    | 'open'
    | 'duty'
    | 'due'
    | 'state'
    | 'whom'
    | 'phone'
    | 'email'
    | 'link'
    | 'noSession'
    | 'calendar'
    | 'joint'
    | 'sentBy',
    string
  >;
  /** Short name of the campaign, for subjects. */
  topic(title: string): string;
  subject(topic: string, title: string, of: { sections: number; reasons: number }): string;
  intro(reasons: number): string;
  /** `2024年12月16日（星期一）` */
  day(date: LocalDate): string;
  /** `12月16日（周一）`, with the year where it is not that of `today`. */
  shortDay(date: LocalDate, today: LocalDate): string;
  moment(date: LocalDate, time: LocalTime): string;
  /** End of the day that counts, with its zone. */
  by(date: LocalDate, zone: string): string;
  /** How many days are left; after the day, how many have passed. */
  left(days: number): string;
  /** The same as the beginning of a subject. */
  countdown(days: number): string;
  /** 逾期N个工作日 */
  late(workingDays: number): string;
  /** One turn of what recurs. */
  turn(name: string, turn: string): string;
  /** What a section is about: `三个清单（清源县人民医院）`, `三个清单（10个单位）`. */
  about(of: { duties: string[]; units: string[]; count: number }): string;
  /** A place of a return: a field's label, a row of it, or the whole. */
  place(label: string | undefined, row: string | undefined): string;
  states: Record<string, string>;
  onTime: string;
  afterDue: string;
  list(names: string[]): string;
  event(duty: string, unit: string): string;
}

export function wordsOf(lang: Lang): Words {
  return lang === 'zh' ? ZH : EN;
}
