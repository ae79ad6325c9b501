import type { Calendar } from '../../domain/calendar';
import type { Data } from '../../domain/case';
import type { Text } from '../../domain/plan';
import type { Instant } from '../../domain/time';
import { layout } from './templates';
import { calendarOfLetter, type LetterView, letterView } from './view';

export type Lang = 'zh' | 'en';

/** One mail to one person: everything the templates may say. Nothing is looked up while it is rendered. */
export interface Letter {
  lang: Lang;
  recipient: { name: string };
  campaign: {
    title: Text;
    authority: Text;
    /** IANA name; every day and time of the mail is in it. */
    zone: string;
    /** With it 逾期N个工作日 is counted; without it the number is the ladder step's own. */
    calendar?: Calendar;
  };
  /** Whom to call. */
  contact: { name: string; phone: string; email: string };
  /** Where the pages are, e.g. `https://xiaohao.example`; links carry no session. */
  baseUrl: string;
  /** When it is sent: 还有N天 is counted from that day. The latest reason's instant when absent. */
  sentAt?: Instant;
  reasons: LetterReason[];
}

/** One reason to write (`MailReason` of a case), with the names the case does not carry. */
export interface LetterReason {
  /** One of `MAIL_KINDS`. */
  kind: string;
  at: Instant;
  unit?: { id: string; name: string };
  /** `code` as the case has it (`self-inspection#2`), `name` as the plan has it: the turn is added here. */
  obligation?: { code: string; name: Text; source: string };
  /** Names for lists of duties, by code of the duty (`self-inspection#2`) or of the plan (`self-inspection`). */
  obligationNames: Record<string, Text>;
  /** Labels of form fields, by code, for the places of a return; a place without one is shown as it is. */
  placeNames?: Record<string, Text>;
  /** Process id, e.g. `unit-campaign/c1-u7`. */
  case: string;
  data: Data;
}

export interface RenderedLetter {
  /** One line, without control characters. */
  subject: string;
  html: string;
  text: string;
  /** RFC 5545, where there are days the recipient must meet. */
  ics?: string;
}

/**
 * Renders a mail: one reason reads as that mail, several as a digest, the most urgent first.
 * @throws Error for no reasons, a kind without templates, or a field that a template asks for and a reason lacks.
 */
export function renderLetter(letter: Letter): RenderedLetter {
  const view: LetterView = letterView(letter);
  const ics = calendarOfLetter(letter);
  return {
    subject: view.subject,
    html: layout('html')(view),
    text: tidy(layout('txt')(view)),
    ...(ics !== undefined && { ics }),
  };
}

/** Blocks that turned out empty leave no gaps behind. */
function tidy(text: string): string {
  return `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}
