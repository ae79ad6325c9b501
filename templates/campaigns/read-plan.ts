import { z } from 'zod';
import type { CalendarData, Plan, Text } from '../../domain/plan';
import { calendarSchema, planSchema, SAYINGS } from './plan-schema';
import { shippedText } from './shipped';
import { readYaml, type Trouble, type YamlData } from './yaml-text';

export type { Trouble } from './yaml-text';

/** A plan, or everything that keeps the file from being one. */
export type PlanReading = { plan: Plan } | { troubles: Trouble[] };

/** `calendar: cn` in a plan stands for the shipped days off of China. */
const SHIPPED_CALENDARS: Record<string, string> = { cn: 'calendar-cn.yaml' };

/**
 * Reads a plan file. `calendar` may be written out or name a shipped calendar (`cn`), which is then
 * copied in: a plan that was read stands on its own.
 */
export function readPlan(yamlText: string): PlanReading {
  const yaml = readYaml(yamlText);
  if ('troubles' in yaml) return yaml;
  // The input is needed to tell what is missing from what is wrong.
  const result = planSchema.safeParse(withCalendar(yaml.data), { reportInput: true });
  if (result.success) return { plan: result.data };
  return { troubles: result.error.issues.flatMap((issue) => troublesOf(issue, yaml)) };
}

/**
 * A plan that ships with the product, e.g. `county-health`.
 * @throws Error when there is none of that code, or it cannot be read.
 */
export function loadTemplate(code: string): Plan {
  const reading = readPlan(shippedText(`${code}.yaml`));
  if ('plan' in reading) return reading.plan;
  throw new Error(
    `template ${code}: ${reading.troubles.map(({ place, message }) => `${place} ${message.en}`).join('; ')}`,
  );
}

/**
 * A shipped calendar, e.g. `cn`.
 * @throws Error when there is none of that name, or it cannot be read.
 */
export function loadCalendar(name: string): CalendarData {
  const yaml = readYaml(shippedText(SHIPPED_CALENDARS[name] ?? ''));
  if ('troubles' in yaml) throw new Error(`calendar ${name}: ${yaml.troubles[0]?.message.en}`);
  return calendarSchema.parse(yaml.data);
}

function withCalendar(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || !('calendar' in data)) return data;
  const { calendar } = data;
  if (typeof calendar !== 'string' || !Object.hasOwn(SHIPPED_CALENDARS, calendar)) return data;
  return { ...data, calendar: loadCalendar(calendar) };
}

function troublesOf(issue: z.core.$ZodIssue, yaml: YamlData): Trouble[] {
  // One trouble for each unknown key, so that each has its own line.
  const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return paths.map((path) => ({ place: path.join('/'), line: yaml.lineOf(path), message: messageOf(issue) }));
}

const SPEAKERS = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError };

function messageOf(issue: z.core.$ZodIssue): Text {
  const absent = issue.code === 'invalid_type' && issue.input === undefined;
  const own = SAYINGS[absent ? 'missing' : issue.message];
  if (own) return own;
  const said = (speak: z.core.$ZodErrorMap) => {
    const message = speak(issue as z.core.$ZodRawIssue);
    return (typeof message === 'string' ? message : message?.message) ?? issue.message;
  };
  return { zh: said(SPEAKERS.zh), en: said(SPEAKERS.en) };
}
