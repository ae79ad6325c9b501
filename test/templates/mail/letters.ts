import type { Letter, LetterReason } from '../../../templates/mail/letter';
import { PLAN, type RealMail, realMails } from './scenarios';

const NAMES = Object.fromEntries(PLAN.obligations.map((one) => [one.code, one.name]));

/** What whoever sends mail does: gives a case's reason the names it does not carry. */
export function reasonOf({ case: id, reason }: RealMail, unit = { id: 'u1', name: '清源县人民医院' }): LetterReason {
  const plan = PLAN.obligations.find((one) => one.code === reason.about?.split('#')[0]);
  return {
    kind: reason.kind,
    at: reason.at,
    case: id.replace('u1', unit.id),
    data: reason.data,
    obligationNames: NAMES,
    placeNames: { 'key-places': { zh: '重点部位', en: 'Key places' } },
    ...(id.startsWith('unit-campaign/') && { unit }),
    ...(plan && { obligation: { code: reason.about!, name: plan.name, source: plan.source } }),
  };
}

export function letterOf(lang: 'zh' | 'en', reasons: LetterReason[], change: Partial<Letter> = {}): Letter {
  return {
    lang,
    recipient: { name: '赵示甲' },
    campaign: {
      title: PLAN.title,
      authority: { zh: '清源县卫生健康委员会', en: 'Qingyuan County Health Commission' },
      zone: PLAN.zone,
    },
    contact: { name: '安委办 王示乙', phone: '0000-8800000', email: 'office@qingyuan.example' },
    baseUrl: 'https://xiaohao.example/',
    reasons,
    ...change,
  };
}

let made: LetterReason[] | undefined;

/** Reasons of real cases, of every kind the rules write. */
export function realReasons(): LetterReason[] {
  made ??= realMails().map((mail) => reasonOf(mail));
  return made;
}

/** The first real reason of a kind. @throws Error when no scenario came to it. */
export function realReason(kind: string, fits: (reason: LetterReason) => boolean = () => true): LetterReason {
  const found = realReasons().find((reason) => reason.kind === kind && fits(reason));
  if (!found) throw new Error(`no real mail ${kind}`);
  return found;
}

/** The same reason for several units, as a township centre gets it that files for its clinics. */
export function forUnits(reason: LetterReason, count: number): LetterReason[] {
  return Array.from({ length: count }, (_, index) => ({
    ...reason,
    unit: { id: `v${index + 1}`, name: `柳河镇第${index + 1}村卫生室` },
    case: `unit-campaign/c1-v${index + 1}`,
  }));
}
