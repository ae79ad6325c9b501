import type { Plan, Text } from '../../domain/plan';
import { type PlanDate, planCalendar } from '../../domain/plan-calendar';
import { startOf } from '../../domain/plan-dates';
import type { Instant } from '../../domain/time';
import { oneLine } from '../mail/item-view';
import { type CalendarEvent, calendarFile } from './icalendar';
import { planDateText, reviewClockTexts } from './plan-words';

/**
 * Every date of a campaign as an iCalendar file, for whoever plans it. A rung is only tentative: it is for what is late.
 * @param madeAt a file made later replaces what one made earlier has put into a calendar
 * @throws Error for a template without a start
 */
export function planCalendarFile(plan: Plan, lang: keyof Text, madeAt: Instant): string {
  const title = oneLine(plan.title[lang]);
  const reviews = reviewClockTexts(plan, lang);
  const events = planCalendar(plan).map((date): CalendarEvent => {
    const notes = [title, date.duty && oneLine(date.duty.obligation.source), date.rung && oneLine(date.rung.source)];
    return {
      uid: `plan/${plan.code}/${startOf(plan)}/${keyOf(date)}@xiaohao`,
      at: madeAt,
      date: date.date,
      ...(date.moment !== undefined && { moment: date.moment }),
      summary: planDateText(date, lang),
      description: [...notes, ...(date.kind === 'due' && date.duty?.obligation.review ? reviews : [])]
        .filter((one) => one !== undefined)
        .join('\n'),
      status: date.kind === 'rung' ? 'TENTATIVE' : 'CONFIRMED',
      rings: false,
    };
  });
  return calendarFile(events, { organizer: { name: oneLine(plan.authority[lang]) }, name: title });
}

/** Names a date of a plan by what it is, not by the day, so that a changed plan moves it. */
function keyOf({ kind, duty, daysBefore, rung }: PlanDate): string {
  return [kind, duty?.code, daysBefore, rung?.number].filter((part) => part !== undefined).join('/');
}
