import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Finding, Plan, Text } from '../domain/plan';
import { checkPlan, refuses } from '../domain/plan-check';
import { isLocalDate } from '../domain/time';
import { readPlan, type Trouble } from '../templates/campaigns/read-plan';
import { shippedFile } from '../templates/campaigns/shipped';
import { describePlan } from './plan-dates-table';

type Lang = keyof Text;

/** Exit codes people and scripts can rely on. */
const EXIT = { refused: 1, unreadable: 2 };

interface PlanOptions {
  lang: Lang;
  json?: boolean;
  launch?: boolean;
  start?: string;
}

/**
 * `xiaohao plan check FILE` and `xiaohao plan show FILE`: work on a local file, without a server.
 * FILE may also be the code of a shipped plan, e.g. `county-health`.
 */
export function registerPlanCommands(program: Command): void {
  const plan = program.command('plan').description('方案 check and show a campaign plan');
  const lang = () => new Option('--lang <lang>', 'language of the output').choices(['zh', 'en']).default('zh');
  const start = () =>
    new Option('--start <date>', 'try the plan with this start, YYYY-MM-DD').argParser((value) => {
      if (!isLocalDate(value)) throw new InvalidArgumentError('not a day, YYYY-MM-DD');
      return value;
    });

  plan
    .command('check')
    .argument('<file>', 'plan file (YAML), or the code of a shipped plan')
    .description('names everything wrong, odd or open; exit 1 when errors are left, 2 when unreadable')
    .option('--launch', 'check as for a launch: nothing may be open')
    .option('--json', 'machine-readable output')
    .addOption(lang())
    .addOption(start())
    .action((file: string, options: PlanOptions) => {
      const read = planFrom(file, options);
      if (!read) return;
      const findings = checkPlan(read, { launch: options.launch ?? false });
      write(
        options.json
          ? JSON.stringify({ findings, refused: refuses(findings) }, null, 2)
          : report(findings, options.lang),
      );
      if (refuses(findings)) process.exitCode = EXIT.refused;
    });

  plan
    .command('show')
    .argument('<file>', 'plan file (YAML), or the code of a shipped plan')
    .description('prints the days of a plan')
    .addOption(lang())
    .addOption(start())
    .action((file: string, options: PlanOptions) => {
      const read = planFrom(file, options);
      if (read) write(describePlan(read, options.lang));
    });
}

/** The plan, or nothing once its troubles are printed and the exit code is set. */
function planFrom(file: string, { lang, json, start }: PlanOptions): Plan | undefined {
  const reading = readFile(file);
  if ('plan' in reading) return start === undefined ? reading.plan : { ...reading.plan, start, template: false };
  process.exitCode = EXIT.unreadable;
  if (json) write(JSON.stringify(reading, null, 2));
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

function troubleLine(file: string, { place, line, message }: Trouble, lang: Lang): string {
  return `${file}${line === undefined ? '' : `:${line}`}${place && ` ${place}`}: ${message[lang]}`;
}

const WORDS = {
  error: { zh: '错误', en: 'error' },
  warning: { zh: '提示', en: 'warning' },
  waived: { zh: '已豁免', en: 'waived' },
  none: { zh: '没有发现问题。', en: 'Nothing found.' },
};

function report(findings: Finding[], lang: Lang): string {
  if (findings.length === 0) return WORDS.none[lang];
  const lines = findings.flatMap(({ code, place, severity, message, waived }) => [
    `${WORDS[severity][lang]}  ${code}  ${place}${waived === undefined ? '' : `  [${WORDS.waived[lang]}: ${waived}]`}`,
    `    ${message[lang]}`,
  ]);
  const count = (wanted: Finding['severity']) =>
    findings.filter(({ severity, waived }) => severity === wanted && waived === undefined).length;
  const waived = findings.filter((finding) => finding.waived !== undefined).length;
  const [errors, warnings] = [count('error'), count('warning')];
  const total: Text = {
    zh: `错误 ${errors}，提示 ${warnings}，已豁免 ${waived}`,
    en: `${errors} errors, ${warnings} warnings, ${waived} waived`,
  };
  return [...lines, total[lang]].join('\n');
}

function write(text: string): void {
  process.stdout.write(`${text}\n`);
}
