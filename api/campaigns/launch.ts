import { caseId } from '../../domain/kinds';
import { type Contact, type Plan, SECTOR_CODES, type Waiver } from '../../domain/plan';
import { checkPlan, refuses } from '../../domain/plan-check';
import type { Unit } from '../../domain/unit';
import type { UnitDoc } from '../../store/documents';
import { prepareLaunch } from '../../store/launch';
import type { Store } from '../../store/store';
import { act, actId } from '../acting/act';
import { sha256 } from '../acting/digest';
import { day, reason, unitCode } from '../http/fields';
import { type Lang, Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { planFrom, planText } from '../plans/plan-from';
import { campaignSchema, presentCampaign } from '../present/campaign';
import { decisionSchema } from '../present/decision';
import { presentFinding } from '../present/finding';
import { unitOf } from '../present/unit';
import { unitsByCode } from '../units/load';
import { countCampaign } from './count';
import { loadCampaign } from './load';

const contact = z.strictObject({
  role: z.enum(['admin', 'reviewer', 'leader']),
  name: z.string().max(100),
  phone: z.string().max(100),
  email: z.string().max(200),
  sectors: z.array(z.enum(SECTOR_CODES)).default([]),
  lang: z.enum(['zh', 'en']).optional().openapi({ description: 'Of their mails; Chinese when absent.' }),
}) satisfies z.ZodType<Contact>;

const waiver = z.strictObject({
  code: z.string().max(80),
  place: z.string().max(200),
  reason,
}) satisfies z.ZodType<Waiver>;

const launchSchema = z.strictObject({
  plan: planText,
  start: day,
  contacts: z.array(contact).max(200).optional().openapi({ description: 'In place of those in the plan.' }),
  waivers: z.array(waiver).max(200).default([]).openapi({ description: 'Beside those in the plan.' }),
  units: z.union([z.literal('all'), z.array(unitCode).min(1).max(20_000)]),
});

export const launchRoute: Route = route({
  method: 'post',
  path: '/campaigns',
  tag: 'campaigns',
  permission: 'launch-campaign',
  summary: 'Launches a campaign from a plan',
  description:
    'Refused with 422 and `findings` while the plan has errors that are neither mended nor waived. The cases of the ' +
    'units are started after the answer: `units.started` of the campaign says how many are.',
  body: launchSchema,
  answers: z.object({ decision: decisionSchema, campaign: campaignSchema.optional() }),
  acts: true,
  async handle(asked) {
    const { body, who, lang, services, fingerprint } = asked;
    // The same request launches the same campaign, so repeating it cannot launch another.
    const id = sha256(`${actId(asked)}\n${fingerprint}`).slice(0, 16);
    return act(asked, {
      case: caseId('campaign', id),
      zone: async () => (await services.plans.of(caseId('campaign', id))).zone,
      async opening({ at }) {
        const units = await unitsFor(services.store, body.units);
        const plan = checked(filledIn(body), units, lang);
        const ids = units.map((unit) => unit.id);
        return prepareLaunch(services.store, { id: caseId('campaign', id), plan, units: ids, at, by: who.id });
      },
      async present() {
        const loaded = await loadCampaign(services, who, 'read-campaign', id);
        return { campaign: presentCampaign(loaded, await countCampaign(services, loaded)) };
      },
    });
  },
});

function filledIn(body: z.output<typeof launchSchema>): Plan {
  const plan = planFrom(body.plan);
  return {
    ...plan,
    template: false,
    start: body.start,
    contacts: body.contacts ?? plan.contacts,
    waivers: [...plan.waivers, ...body.waivers],
  };
}

/** @throws Problem 422 with all findings where one of them refuses the launch. */
function checked(plan: Plan, units: Unit[], lang: Lang): Plan {
  const findings = checkPlan(plan, { launch: true, units });
  if (!refuses(findings)) return plan;
  throw new Problem(422, 'plan-refused', { more: { findings: findings.map((one) => presentFinding(one, lang)) } });
}

async function unitsFor(store: Store, wanted: 'all' | string[]): Promise<Unit[]> {
  if (wanted !== 'all') return unitsByCode(store, wanted);
  return (await store.units.find({}).sort({ _id: 1 }).lean<UnitDoc[]>()).map(unitOf);
}
