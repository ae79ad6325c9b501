import type { Command } from 'commander';
import type { Finding, Text } from '../domain/plan';
import { checkPlan, refuses } from '../domain/plan-check';
import { write } from './output';
import { registerPlanCalendar } from './plan-calendar';
import { describePlan } from './plan-dates-table';
import { EXIT, langOption, type PlanFileOptions, planFrom, startOption } from './plan-file';

type Lang = keyof Text;

interface PlanOptions extends PlanFileOptions {
  launch?: boolean;
}

/**
 * `xiaohao plan check FILE`, `plan show FILE` and `plan calendar FILE`: work on a local file, without a server.
 * FILE may also be the code of a shipped plan, e.g. `county-health`.
 */
export function registerPlanCommands(program: Command): void {
  const plan = program.command('plan').description('方案 check and show a campaign plan, and its dates');

  plan
    .command('check')
    .argument('<file>', 'plan file (YAML), or the code of a shipped plan')
    .description('names everything wrong, odd or open; exit 1 when errors are left, 2 when unreadable')
    .option('--launch', 'check as for a launch: nothing may be open')
    .option('--json', 'machine-readable output')
    .addOption(langOption())
    .addOption(startOption())
    .action((file: string, options: PlanOptions) => {
      const read = planFrom(file, options);
      if (!read) return;
      const findings = checkPlan(read, { launch: options.launch ?? false });
      write([
        options.json
          ? JSON.stringify({ findings, refused: refuses(findings) }, null, 2)
          : report(findings, options.lang),
      ]);
      if (refuses(findings)) process.exitCode = EXIT.refused;
    });

  plan
    .command('show')
    .argument('<file>', 'plan file (YAML), or the code of a shipped plan')
    .description('prints the days of a plan')
    .addOption(langOption())
    .addOption(startOption())
    .action((file: string, options: PlanOptions) => {
      const read = planFrom(file, options);
      if (read) write([describePlan(read, options.lang)]);
    });

  registerPlanCalendar(plan);
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
