import type { core } from 'zod';
import type { Text } from '../../domain/plan';
import { INPUT_TROUBLES } from '../../templates/errors';
import { type FieldError, Problem } from './problem';
import { z } from './z';

/**
 * Reads input by its schema.
 * @throws Problem 422 that names each field and what is wrong with it.
 */
export function validated<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const read = schema.safeParse(input, { reportInput: true });
  if (read.success) return read.data;
  throw new Problem(422, 'invalid-input', { errors: read.error.issues.flatMap(fieldErrors) });
}

function fieldErrors(issue: core.$ZodIssue): FieldError[] {
  // One for each unknown key, so that each can be shown at its place.
  const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return paths.map((path) => ({ field: path.join('.'), code: issue.code, message: messageOf(issue) }));
}

const SPEAKERS = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError };

function messageOf(issue: core.$ZodIssue): Text {
  const absent = issue.code === 'invalid_type' && issue.input === undefined;
  const own = INPUT_TROUBLES[absent ? 'input-missing' : issue.message];
  if (own) return own;
  const said = (speak: core.$ZodErrorMap) => {
    const message = speak(issue as core.$ZodRawIssue);
    return (typeof message === 'string' ? message : message?.message) ?? issue.message;
  };
  return { zh: said(SPEAKERS.zh), en: said(SPEAKERS.en) };
}
