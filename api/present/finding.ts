import type { Finding } from '../../domain/plan';
import type { Trouble } from '../../templates/campaigns/yaml-text';
import { type Lang, Problem } from '../http/problem';
import { z } from '../http/z';

export const findingSchema = z
  .object({
    code: z.string(),
    place: z.string(),
    severity: z.enum(['error', 'warning']),
    message: z.string(),
    waived: z.string().optional(),
  })
  .openapi('Finding');

/** What the plan check found, in the reader's language. */
export function presentFinding(finding: Finding, lang: Lang): z.output<typeof findingSchema> {
  return { ...finding, message: finding.message[lang] };
}

/** A plan that could not even be read: each trouble with its line. */
export function unreadable(troubles: Trouble[]): Problem {
  const errors = troubles.map(({ place, line, message }) => ({
    field: place,
    code: 'plan-unreadable',
    message: line === undefined ? message : { zh: `第 ${line} 行：${message.zh}`, en: `line ${line}: ${message.en}` },
  }));
  return new Problem(422, 'plan-unreadable', { errors });
}
