import { DateTime } from 'luxon';
import { dateOf, daysBetween, type Instant, isLocalDate } from '../../domain/time';
import { refusalProblem } from '../acting/refusals';
import { idParams } from '../http/fields';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { opaque } from '../present/ids';
import { iso } from '../present/time';
import type { Services } from '../services';
import type { RehearsalControl, RehearsalStatus } from './control';

/** Of a rehearsal without a campaign yet. */
const USUAL_ZONE = 'Asia/Shanghai';
const MOST_DAYS = 400;

const statusSchema = z
  .object({
    id: z.string(),
    campaign: z.string().optional(),
    now: z.string(),
    target: z.string().optional().openapi({ description: 'Where it is being moved to, while it is.' }),
    autopilot: z.boolean(),
  })
  .openapi('Rehearsal');

const to = z
  .string()
  .refine((text) => isLocalDate(text) || isInstant(text), { error: 'input-instant' })
  .openapi({ description: 'An instant with its zone, or a day: then the same time of that day as it is now.' });

export const rehearsalRoutes: Route[] = [
  route({
    method: 'get',
    path: '/rehearsals/{id}',
    tag: 'rehearsals',
    permission: 'read-rehearsal',
    summary: 'What time it is in a rehearsal',
    params: idParams,
    answers: statusSchema,
    async handle({ params, services }) {
      const status = await (await controlOf(services, params.id)).status();
      const zone = await zoneOf(services, status);
      const { id, campaign, now, target, autopilot } = status;
      return {
        body: {
          id,
          ...(campaign !== undefined && { campaign: opaque(campaign) }),
          now: iso(now, zone),
          ...(target !== undefined && { target: iso(target, zone) }),
          autopilot,
        },
      };
    },
  }),
  route({
    method: 'post',
    path: '/rehearsals/{id}/advance',
    tag: 'rehearsals',
    permission: 'advance-rehearsal',
    summary: 'Moves a rehearsal forward, mails and all; answers when it has arrived',
    params: idParams,
    body: z
      .strictObject({ days: z.int().min(1).max(MOST_DAYS).optional(), to: to.optional() })
      .refine(({ days, to }) => (days === undefined) !== (to === undefined), { error: 'input-one-of' }),
    answers: z.object({ now: z.string(), steps: z.int() }),
    problems: [409],
    async handle({ params, body, services }) {
      const control = await controlOf(services, params.id);
      const status = await control.status();
      const zone = await zoneOf(services, status);
      const target = targetOf(status.now, zone, body);
      if (target <= status.now) throw refusalProblem('date-not-later', { than: iso(status.now, zone) });
      const { now, steps } = await control.advance(target);
      return { body: { now: iso(now, zone), steps } };
    },
  }),
];

/** @throws Problem 404 in a process that is not that rehearsal: real campaigns have no such thing at all. */
async function controlOf({ rehearsal, config }: Services, id: string): Promise<RehearsalControl> {
  if (!rehearsal || config.rehearsal !== id) throw new Problem(404, 'not-found');
  return rehearsal;
}

async function zoneOf({ plans }: Services, { campaign }: RehearsalStatus): Promise<string> {
  return (campaign === undefined ? undefined : (await plans.find(campaign))?.plan.zone) ?? USUAL_ZONE;
}

/** Calendar days in the campaign's zone, so that it is the same time of day there afterwards. */
function targetOf(now: Instant, zone: string, { days, to: day }: { days?: number; to?: string }): Instant {
  if (day !== undefined && !isLocalDate(day)) return Date.parse(day);
  const ahead = days ?? daysBetween(dateOf(now, zone), day!);
  return DateTime.fromMillis(now, { zone }).plus({ days: ahead }).toMillis();
}

function isInstant(text: string): boolean {
  return /T.*(Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
}
