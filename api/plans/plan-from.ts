import type { Plan } from '../../domain/plan';
import { readPlan } from '../../templates/campaigns/read-plan';
import { shippedFile, shippedText } from '../../templates/campaigns/shipped';
import { z } from '../http/z';
import { unreadable } from '../present/finding';

export const planText = z
  .string()
  .min(1)
  .openapi({ description: 'A plan file (YAML), or the code of a shipped plan.', example: 'county-health' });

/**
 * The plan in a text, or the shipped plan of that code.
 * @throws Problem 422 with every place that cannot be read.
 */
export function planFrom(text: string): Plan {
  const shipped = `${text.trim()}.yaml`;
  const reading = readPlan(shippedFile(shipped) ? shippedText(shipped) : text);
  if ('plan' in reading) return reading.plan;
  throw unreadable(reading.troubles);
}
