import type { Answer } from '../../domain/case-runner';
import { z } from '../http/z';
import { iso } from './time';

export const decisionSchema = z
  .object({
    revision: z.int().openapi({ description: 'The read model shows the decision from this revision of the case on.' }),
    status: z.string().openapi({ description: 'Of the case, afterwards.' }),
    at: z.string().openapi({ description: 'What it is dated with.' }),
    facts: z.array(z.string()).openapi({ description: 'Types of the facts it caused, as on the timeline.' }),
  })
  .openapi('Decision');

/** What a case answered to an act. */
export type Decision = z.output<typeof decisionSchema>;

export function presentDecision(answer: Answer, zone: string): Decision {
  return { revision: answer.revision, status: answer.status, at: iso(answer.at, zone), facts: answer.facts };
}
