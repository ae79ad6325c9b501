import type { Data } from '../../domain/case';
import type { Text } from '../../domain/plan';
import { type ErrorCode, errorText, STATUS_TITLES } from '../../templates/errors';
import { z } from './z';

export type Lang = keyof Text;

/** One thing wrong with one field. */
export interface FieldError {
  field: string;
  code: string;
  message: Text;
}

interface Details {
  data?: Data;
  errors?: FieldError[];
  /** What else the reader is told, e.g. the findings of a plan check; presented already. */
  more?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** Seconds after which it makes sense to ask again. */
  retryAfter?: number;
}

/** A request that is not answered as asked; becomes problem JSON (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    readonly details: Details = {},
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

/** A case that would not: its own code, which may be one the API has never heard of. */
export class Refused extends Problem {
  constructor(
    status: number,
    readonly refusal: string,
    data: Data,
  ) {
    super(status, 'refused', { data });
  }
}

export const problemSchema = z
  .object({
    type: z.string().openapi({ example: 'urn:xiaohao:problem:stale-version' }),
    title: z.string(),
    status: z.int(),
    code: z.string().openapi({ description: 'Stable; programs go by it.' }),
    detail: z.string().openapi({ description: 'One sentence in the language of Accept-Language (zh, en).' }),
    errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional(),
    data: z.record(z.string(), z.unknown()).optional().openapi({ description: 'What the sentence is about.' }),
    requestId: z.string(),
  })
  .openapi('Problem');

/** A problem as its reader gets it. */
export function presentProblem(problem: Problem, lang: Lang, requestId: string) {
  const { status, details } = problem;
  const code = problem instanceof Refused ? problem.refusal : problem.code;
  const data = details.data ?? {};
  return {
    type: `urn:xiaohao:problem:${code}`,
    title: STATUS_TITLES[status]?.[lang] ?? String(status),
    status,
    code,
    detail: errorText(code, data)[lang],
    ...(details.errors && {
      errors: details.errors.map((error) => ({ ...error, message: error.message[lang] })),
    }),
    ...(Object.keys(data).length > 0 && { data }),
    ...details.more,
    requestId,
  };
}
