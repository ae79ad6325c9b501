import { readFileSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import type { Plan, Text } from '../domain/plan';
import { isLocalDate, type LocalDate } from '../domain/time';
import { readPlan, type Trouble } from '../templates/campaigns/read-plan';
import { shippedFile } from '../templates/campaigns/shipped';
import { write } from './output';

/** Options of every command that works on a plan file. */
export interface PlanFileOptions {
  lang: keyof Text;
  json?: boolean;
  start?: LocalDate;
}

/** Exit codes people and scripts can rely on. */
export const EXIT = { refused: 1, unreadable: 2 };

export function langOption(): Option {
  return new Option('--lang <lang>', 'language of the output').choices(['zh', 'en']).default('zh');
}

export function startOption(): Option {
  return new Option('--start <date>', 'try the plan with this start, YYYY-MM-DD').argParser((value) => {
    if (!isLocalDate(value)) throw new InvalidArgumentError('not a day, YYYY-MM-DD');
    return value;
  });
}

/**
 * The plan of a file or of a shipped code, with the start that was asked for; or nothing once its troubles are printed
 * and the exit code is set.
 */
export function planFrom(file: string, { lang, json, start }: PlanFileOptions): Plan | undefined {
  const reading = readFile(file);
  if ('plan' in reading) return start === undefined ? reading.plan : { ...reading.plan, start, template: false };
  process.exitCode = EXIT.unreadable;
  if (json) write([JSON.stringify(reading, null, 2)]);
  else for (const trouble of reading.troubles) process.stderr.write(`${troubleLine(file, trouble, lang)}\n`);
  return undefined;
}

function readFile(file: string): ReturnType<typeof readPlan> {
  try {
    return readPlan(readFileSync(shippedFile(`${file}.yaml`) ?? file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { troubles: [{ place: '', message: { zh: `无法打开：${reason}`, en: `cannot be opened: ${reason}` } }] };
  }
}

function troubleLine(file: string, { place, line, message }: Trouble, lang: keyof Text): string {
  return `${file}${line === undefined ? '' : `:${line}`}${place && ` ${place}`}: ${message[lang]}`;
}
