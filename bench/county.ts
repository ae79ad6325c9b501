import type { Role } from '../domain/case';
import { caseId, unitCampaignId } from '../domain/kinds';
import type { FormField, Plan } from '../domain/plan';
import { checkPlan } from '../domain/plan-check';
import type { Unit } from '../domain/unit';
import { termsFor } from '../domain/unit-campaign/terms';
import { nextNinthOfDecember } from '../rehearsal/openings';
import { rehearsalPlan, syntheticUnits } from '../rehearsal/synthetic-county';
import { loadTemplate } from '../templates/campaigns/read-plan';
import type { Stage } from './stage';

const PLAN = 'county-health';
const SEED = 7;

/** Who takes part: units with a filer's token each, and the plan as it will be launched. */
export interface County {
  plan: Plan;
  units: { unit: Unit; filer: string }[];
}

/** One filing to be sent. */
export interface Filing {
  path: string;
  token: string;
  body: string;
}

/** Puts a synthetic county into the list of units and makes the tokens: neither is measured. */
export async function settleCounty(stage: Stage, count: number): Promise<County> {
  const units = syntheticUnits(count, SEED);
  await stage.store.units.bulkWrite(
    units.map(({ id: _id, ...unit }) => ({ updateOne: { filter: { _id }, update: { $set: unit }, upsert: true } })),
  );
  const filers: string[] = [];
  for (const unit of units) filers.push(await tokenOf(stage, 'filer', unit));
  return {
    plan: rehearsalPlan(loadTemplate(PLAN), nextNinthOfDecember(Date.now())),
    units: units.map((unit, index) => ({ unit, filer: filers[index]! })),
  };
}

export async function tokenOf({ admin }: Stage, role: Role, unit?: Unit): Promise<string> {
  const token = { role, label: 'bench', ...(unit && { unit: unit.code }) };
  const { secret } = await admin.post<{ secret: string }>('/tokens', token);
  return secret;
}

/** The body of the launch. What the plan check has against the days of this year is waived. */
export function launchOf({ plan, units }: County): object {
  const errors = checkPlan(plan, { launch: true, units: units.map(({ unit }) => unit) });
  return {
    plan: PLAN,
    start: plan.start,
    contacts: plan.contacts,
    waivers: errors
      .filter(({ severity }) => severity === 'error')
      .map(({ code, place }) => ({ code, place, reason: 'bench' })),
    units: 'all',
  };
}

/**
 * Everything the units owe but for the `reviewedDuty`: first one duty of each, then the next, so that senders seldom
 * meet in one case.
 */
export function filingsOf(county: County, campaign: string): Filing[] {
  const { plan, units } = county;
  const owed = units.map(({ unit, filer }) =>
    dutiesOf(plan, unit)
      .filter((code) => code !== reviewedDuty(plan))
      .map((code) => filingOf(plan, campaign, unit, code, filer)),
  );
  const most = Math.max(...owed.map((ofUnit) => ofUnit.length));
  return Array.from({ length: most }, (_, turn) => owed.flatMap((ofUnit) => ofUnit[turn] ?? [])).flat();
}

function dutiesOf(plan: Plan, unit: Unit): string[] {
  return termsFor(plan, unit, Date.now()).duties.map((duty) => duty.code);
}

/** The first duty on which both head and desk have a say: left for `acceptedSubmission`. */
export function reviewedDuty(plan: Plan): string {
  return plan.obligations.find((one) => one.signedByHead && one.review !== undefined)!.code;
}

export function filingOf(plan: Plan, campaign: string, unit: Unit, code: string, token: string): Filing {
  const id = unitCampaignId(caseId('campaign', campaign), unit.id).slice('unit-campaign/'.length);
  const fields = plan.obligations.find((one) => one.code === code.split('#')[0])?.form ?? [];
  return {
    path: `/api/v1/unit-campaigns/${id}/obligations/${encodeURIComponent(code)}/file`,
    token,
    body: JSON.stringify({ form: filledIn(fields) }),
  };
}

/** A form as a conscientious filer leaves it: every field has something in it. */
function filledIn(fields: readonly FormField[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.code, valueFor(field)]));
}

function valueFor({ kind, columns = [] }: FormField): unknown {
  switch (kind) {
    case 'text':
      return '县人民医院';
    case 'paragraph':
      return '已召开动员部署会议，制定实施方案，明确责任分工，逐条对照自查。'.repeat(8);
    case 'number':
      return 12;
    case 'date':
      return '2026-12-09';
    case 'yes-no':
      return true;
    case 'rows':
      return Array.from({ length: 5 }, () => filledIn(columns));
  }
}
