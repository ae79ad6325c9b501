import type { LocalDate, LocalTime } from './time';

/** A text people read, Chinese first. */
export interface Text {
  zh: string;
  en: string;
}

/** A language people are written to in. */
export type Lang = keyof Text;

/**
 * 实施方案: everything with a number in it that a campaign runs by. A template has no `start` and
 * may leave contacts open; a campaign is launched from a plan in which nothing is open.
 */
export interface Plan {
  /** Stable code, e.g. `county-health`. */
  code: string;
  version: string;
  template: boolean;
  title: Text;
  /** The body that issues the plan and answers for it. */
  authority: Text;
  /** Where the plan comes from: file, number, date. */
  source: string;
  zone: string;
  /** The day the campaign starts; absent in a template. */
  start?: LocalDate;
  /** Length of the campaign in calendar months. */
  months: number;
  calendar: CalendarData;
  /** Headings and annexes of the document, as found, so that the check can name what is missing. */
  parts: Part[];
  sectors: Sector[];
  obligations: ObligationPlan[];
  ladders: Ladder[];
  routes: ApprovalRoute[];
  contacts: Contact[];
  post: PostRules;
  /** Findings of the plan check that the authority accepts, by code and place, each with a reason. */
  waivers: Waiver[];
}

/** Statutory days off of the years that are published; in other years only weekends are off. */
export interface CalendarData {
  source: string;
  years: { year: number; source: string; daysOff: LocalDate[]; workdays: LocalDate[] }[];
}

/** A heading, an annex or a referred-to form of the source document. */
export interface Part {
  /** Stable code, e.g. `2.1` or `annex-3`. */
  code: string;
  /** Its number as printed, e.g. `（二）`; empty when the document forgot it. */
  number: string;
  title: string;
  /** False when the document refers to it but does not contain it. */
  present: boolean;
  /** Codes of parts that this one refers to. */
  refersTo: string[];
}

/** 重点领域 */
export interface Sector {
  code: SectorCode;
  name: Text;
  /** Code of the part that describes it. */
  part: string;
  checklist: ChecklistItem[];
}

export const SECTOR_CODES = ['general', 'chemicals', 'construction', 'fire', 'traffic', 'gas'] as const;
export type SectorCode = (typeof SECTOR_CODES)[number];

/** One thing to look for, from one paragraph of the source. */
export interface ChecklistItem {
  /** Stable code, e.g. `chemicals-3.1`. */
  code: string;
  text: Text;
  /** The paragraph of the source, e.g. `二（二）3`. */
  source: string;
  /** 一般 or 重大, unless somebody decides otherwise with a reason. */
  grade: 'general' | 'major';
}

/** When something is due: so many days after the start, or on a day that is written down. */
export type DueRule = { afterDays: number } | { date: LocalDate };

/** 报送事项: what units must hand in. */
export interface ObligationPlan {
  /** Stable code, e.g. `deployment-report`. */
  code: string;
  name: Text;
  source: string;
  /** Who owes it: units of any of these sectors; all units when empty. */
  owedBy: { sectors: SectorCode[] };
  due: DueRule;
  /** Other places of the document that name the day, with the day they name. */
  alsoStated: { place: string; due: DueRule }[];
  /** For what recurs: every so many days from the start until the end of the campaign; `due` is the first. */
  everyDays?: number;
  /** True for what sums the campaign up and so belongs after its end. */
  summary: boolean;
  /** Days before the due day on which a reminder goes out, `0` the day itself. */
  remindDaysBefore: number[];
  ladder: string;
  signedByHead: boolean;
  /** Code of the approval route of its review; absent where a signed submission is simply recorded. */
  review?: string;
  form: FormField[];
}

/** One field of a form; the same definition serves the page, the API and the import. */
export interface FormField {
  code: string;
  label: Text;
  kind: 'text' | 'paragraph' | 'number' | 'date' | 'yes-no' | 'rows';
  required: boolean;
  help?: Text;
  /** For `rows`: the columns of each row. */
  columns?: FormField[];
}

/** 督办阶梯: what follows a missed deadline, in working days after the due day. */
export interface Ladder {
  code: string;
  steps: LadderStep[];
}

export interface LadderStep {
  afterWorkingDays: number;
  act: 'remind' | 'warn' | 'propose-talk' | 'propose-bulletin';
  /** Who decides what is proposed. */
  decidedBy?: StaffRole;
  /** The rule this step stands on; quoted in its mail. */
  source: string;
}

export type StaffRole = 'admin' | 'reviewer' | 'leader';

/** A route of the approval engine: steps in order. */
export interface ApprovalRoute {
  code: string;
  steps: ApprovalStep[];
}

export interface ApprovalStep {
  code: string;
  name: Text;
  by: StaffRole;
  /** How many of those asked must approve: one of them, all, or any `k`. */
  quorum: 'one' | 'all' | { any: number };
  /** Working days each holder has before the step is handed on; the last holder is urged again. */
  workingDays: number;
  /** Who holds it next when the clock runs out: another of the same role, then these. */
  handOn: ('another' | StaffRole)[];
}

/** A person of the authority's office, as the plan names them. */
export interface Contact {
  role: StaffRole;
  name: string;
  phone: string;
  email: string;
  /** Sectors a reviewer answers for; all when empty. */
  sectors: SectorCode[];
  /** Chinese when absent. */
  lang?: Lang;
}

/** When mail goes out. */
export interface PostRules {
  /** The one digest of the day. */
  digestAt: LocalTime;
  /** No mail after this time of day; it waits for the next digest. */
  quietFrom: LocalTime;
  /** More mails to one person in 30 days are too many; a rehearsal names who would get them. */
  mostPerMonth?: number;
}

export interface Waiver {
  code: string;
  place: string;
  reason: string;
}

/** What the plan check has to say. Errors refuse a launch unless waived; warnings are shown. */
export interface Finding {
  code: string;
  /** Path into the plan, e.g. `obligations/work-summary/due`. */
  place: string;
  severity: 'error' | 'warning';
  message: Text;
  /** The reason it was waived for, when it was. */
  waived?: string;
}
