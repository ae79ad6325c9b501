import type { Text } from '../domain/plan';
import type { LocalDate } from '../domain/time';
import type { Lang } from './mail/letter';
import { wordsOf } from './mail/words';

/** What is outstanding with whom. */
export interface Outstanding {
  campaign: Text;
  obligation: Text;
  due: LocalDate;
  /** Names of units, and nothing else: the group is read by many. */
  units: string[];
}

/** A text to paste into a chat group: what is outstanding, by when, with which units. */
export function chatText({ campaign, obligation, due, units }: Outstanding, lang: Lang): string {
  const words = wordsOf(lang);
  const names = { campaign: campaign[lang], obligation: obligation[lang], due: words.day(due) };
  if (lang === 'en') {
    if (units.length === 0) return `${names.campaign}: every unit has filed “${names.obligation}”. Thank you.`;
    return [
      `${names.campaign}: ${units.length} units have not yet filed “${names.obligation}” (due ${names.due}):`,
      units.join(', '),
      'Please file it and have it signed in time. If you have filed already, never mind.',
    ].join('\n');
  }
  if (units.length === 0) return `【${names.campaign}】“${names.obligation}”各单位均已报送，谢谢大家。`;
  return [
    `【${names.campaign}】以下${units.length}个单位尚未完成“${names.obligation}”的报送，截止${names.due}24时：`,
    units.join('、'),
    '请尽快填报并由负责人签字；已报送的请忽略。',
  ].join('\n');
}
