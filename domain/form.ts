import type { Data, Json } from './case';
import type { FormField, Text } from './plan';
import { isLocalDate } from './time';

/** One thing wrong with a filled-in form, at the field where it is to be mended. */
export interface FieldTrouble {
  /** Code of the field; in rows with the row, counted from 1, and the column: `rows/3/problem`. */
  place: string;
  code: FieldTroubleCode;
  /** The field's name; absent for one the form does not have. */
  label?: Text;
}

export type FieldTroubleCode =
  | 'field-missing'
  | 'field-unknown'
  | 'not-text'
  | 'too-long'
  | 'not-a-number'
  | 'not-a-date'
  | 'not-yes-or-no'
  | 'not-rows'
  | 'too-many-rows';

const LONGEST = { text: 500, paragraph: 20_000 };
const MOST_ROWS = 1000;

/**
 * Holds a filled-in form against the plan's definition of it.
 * @returns every trouble, in the order of the form, then fields it does not have; empty when it is complete.
 */
export function checkForm(fields: readonly FormField[], form: Data): FieldTrouble[] {
  return checkFields(fields, form, '');
}

function checkFields(fields: readonly FormField[], form: Data, above: string): FieldTrouble[] {
  // Own fields only: whatever a code is called, what every object inherits is no answer.
  const answer = (code: string) => (Object.hasOwn(form, code) ? form[code] : undefined);
  const known = fields.flatMap((field) => checkField(field, answer(field.code), `${above}${field.code}`));
  const unknown = Object.keys(form)
    .filter((code) => !fields.some((field) => field.code === code))
    .map((code): FieldTrouble => ({ place: `${above}${code}`, code: 'field-unknown' }));
  return [...known, ...unknown];
}

function checkField(field: FormField, value: Json | undefined, place: string): FieldTrouble[] {
  const trouble = (code: FieldTroubleCode): FieldTrouble[] => [{ place, code, label: field.label }];
  if (isBlank(value)) return field.required ? trouble('field-missing') : [];
  switch (field.kind) {
    case 'text':
    case 'paragraph':
      if (typeof value !== 'string') return trouble('not-text');
      return value.length > LONGEST[field.kind] ? trouble('too-long') : [];
    case 'number':
      return typeof value === 'number' ? [] : trouble('not-a-number');
    case 'date':
      return typeof value === 'string' && isLocalDate(value) ? [] : trouble('not-a-date');
    case 'yes-no':
      return typeof value === 'boolean' ? [] : trouble('not-yes-or-no');
    case 'rows':
      if (!Array.isArray(value) || !value.every(isRow)) return trouble('not-rows');
      if (value.length > MOST_ROWS) return trouble('too-many-rows');
      return value.flatMap((row, index) => checkFields(field.columns ?? [], row, `${place}/${index + 1}/`));
  }
}

function isBlank(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}

function isRow(value: Json): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
