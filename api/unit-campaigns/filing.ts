import type { Data } from '../../domain/case';
import { checkForm } from '../../domain/form';
import type { FormField, Plan } from '../../domain/plan';
import type { Person } from '../../domain/policy';
import { dutyOf, type UnitCampaignState } from '../../domain/unit-campaign/state';
import { FIELD_TROUBLES } from '../../templates/errors';
import { Problem } from '../http/problem';

/** The form of an obligation a unit owes. */
export function formOf(plan: Plan, state: UnitCampaignState, code: string): FormField[] {
  const { obligation } = dutyOf(state.terms, code);
  return plan.obligations.find((one) => one.code === obligation)?.form ?? [];
}

/** @throws Problem 422 that names each field that is missing or wrong. */
export function complete(fields: FormField[], form: Data): Data {
  const troubles = checkForm(fields, form);
  if (troubles.length === 0) return form;
  const errors = troubles.map(({ place, code, label }) => ({
    field: place,
    code,
    message: {
      zh: `${label ? `“${label.zh}”` : ''}${FIELD_TROUBLES[code].zh}`,
      en: `${label ? `"${label.en}" ` : ''}${FIELD_TROUBLES[code].en}`,
    },
  }));
  throw new Problem(422, 'form-incomplete', { errors });
}

/**
 * Who files for the unit, where it is not the unit itself.
 * @throws Problem 422 where the office files without the stamped paper, or somebody else with one.
 */
export function onBehalfOf(who: Person, unit: string, paper: boolean): { onBehalf?: 'supervising-unit' | 'office' } {
  const office = who.role === 'admin';
  if (office && !paper) throw new Problem(422, 'paper-needed');
  if (!office && paper) throw new Problem(422, 'paper-not-allowed');
  if (office) return { onBehalf: 'office' };
  return who.unit === unit ? {} : { onBehalf: 'supervising-unit' };
}
