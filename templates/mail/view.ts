import { dateOf } from '../../domain/time';
import { type CalendarEvent, calendarFile } from '../calendar/icalendar';
import { dutyName, linkOf, named, oneLine, type Setting, settingOf } from './item-view';
import type { Letter, LetterReason } from './letter';
import { dueOf, sectionsOf } from './order';
import { type SectionView, sectionView } from './section-view';
import type { Words } from './words';

/** All that the layouts print. */
export interface LetterView {
  lang: string;
  l: Words['labels'];
  subject: string;
  /** What a phone shows beside the subject before the mail is opened. */
  preheader: string;
  recipient: string;
  authority: string;
  campaign: string;
  digest: boolean;
  /** The sentence before the sections of a digest. */
  intro: string;
  sections: SectionView[];
  contact: Letter['contact'];
  hasCalendar: boolean;
}

/** Longer subjects are cut by mail programs anyway, at places nobody chose. */
const SUBJECT_LENGTH = 120;

export function letterView(letter: Letter): LetterView {
  const { campaign, lang } = letter;
  const setting = settingFor(letter);
  const { words } = setting;
  const groups = sectionsOf(letter.reasons, setting.today);
  const sections = groups.map((reasons) => sectionView(reasons, setting, sentAtOf(letter)));
  const first = sections[0]!;
  const count = groups.flat().length;
  const title = oneLine(campaign.title[lang]);
  const of = { sections: sections.length, reasons: count };
  return {
    lang: words.htmlLang,
    l: words.labels,
    subject: cut(oneLine(words.subject(words.topic(title), first.title, of))),
    preheader: sections.length > 1 ? words.list(sections.slice(1).map((one) => one.title)) : preheaderOf(first),
    recipient: oneLine(letter.recipient.name),
    authority: oneLine(campaign.authority[lang]),
    campaign: title,
    digest: sections.length > 1,
    intro: words.intro(count),
    sections,
    contact: {
      name: oneLine(letter.contact.name),
      phone: oneLine(letter.contact.phone),
      email: oneLine(letter.contact.email),
    },
    hasCalendar: eventsOf(letter, setting).length > 0,
  };
}

function preheaderOf(section: SectionView): string {
  return section.before.at(-1)?.lines[0] ?? section.title;
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= SUBJECT_LENGTH ? text : `${characters.slice(0, SUBJECT_LENGTH - 1).join('')}…`;
}

/** The latest reason, where nobody says when it is sent. @throws Error for a letter without reasons. */
function sentAtOf(letter: Letter): number {
  if (letter.reasons.length === 0) throw new Error('a letter needs a reason');
  return letter.sentAt ?? Math.max(...letter.reasons.map((reason) => reason.at));
}

function settingFor(letter: Letter): Setting {
  return settingOf(letter, dateOf(sentAtOf(letter), letter.campaign.zone));
}

/** Kinds whose `data.due` is a day the recipient must meet. */
const TO_MEET = ['due-soon', 'sign-asked', 'sign-due', 'returned', 'due-moved', 'urged'];

/** The days of a letter as a calendar file; undefined when there are none still to come. */
export function calendarOfLetter(letter: Letter): string | undefined {
  const events = eventsOf(letter, settingFor(letter));
  const { authority } = letter.campaign;
  const organizer = { name: authority[letter.lang], email: letter.contact.email };
  return events.length > 0 ? calendarFile(events, { organizer }) : undefined;
}

function eventsOf(letter: Letter, setting: Setting): CalendarEvent[] {
  const all = letter.reasons.flatMap((reason) => eventsOfReason(reason, setting));
  return all.filter((event) => event.date >= setting.today);
}

function eventsOfReason(reason: LetterReason, setting: Setting): CalendarEvent[] {
  const { letter, words } = setting;
  const event = (code: string, duty: string, date: string, link: string): CalendarEvent => ({
    uid: `${reason.case}/${code}@xiaohao`,
    at: reason.at,
    date,
    summary: words.event(duty, reason.unit ? oneLine(reason.unit.name) : ''),
    description: `${words.by(date, letter.campaign.zone)}\n${oneLine(letter.campaign.title[letter.lang])}\n${link}`,
    url: link,
    rings: true,
  });
  if (reason.kind === 'launched') {
    const duties = reason.data.duties as { code: string; due: string }[];
    return duties.map(({ code, due }) => {
      // The duty's own page, not the campaign's: that is where it is handed in.
      const about = { ...reason, obligation: { code, name: { zh: '', en: '' }, source: '' } };
      return event(code, named(code, reason, setting), due, linkOf(about, letter.baseUrl));
    });
  }
  const met = TO_MEET.includes(reason.kind) || (reason.kind === 'extension-decided' && reason.data.granted === true);
  const due = dueOf(reason);
  if (!met || due === undefined || !reason.obligation) return [];
  const { code, name } = reason.obligation;
  return [event(code, dutyName(code, name, setting), due, linkOf(reason, letter.baseUrl))];
}
