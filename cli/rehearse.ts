import { readFile, writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { Plan } from '../domain/plan';
import { differences } from '../rehearsal/compare';
import { nextNinthOfDecember } from '../rehearsal/openings';
import type { Rehearsal } from '../rehearsal/rehearsal';
import { report } from '../rehearsal/report';
import { reportText } from '../rehearsal/report-text';
import { simulate } from '../rehearsal/simulator';
import { rehearsalPlan, syntheticUnits } from '../rehearsal/synthetic-county';
import { loadTemplate, readPlan } from '../templates/campaigns/read-plan';

interface Options {
  units: number;
  seed: number;
  plan?: string;
  engine?: boolean;
  json?: string;
}

/** `xiaohao rehearse`: synthetic units live a whole campaign, by the rules alone or on the real engine. */
export function registerRehearse(program: Command): void {
  program
    .command('rehearse')
    .description('let synthetic units live a whole campaign')
    .requiredOption('--units <n>', 'how many', wholeNumber)
    .option('--seed <n>', 'which of all possible counties', wholeNumber, 1)
    .option('--plan <file>', 'a plan; the shipped one otherwise')
    .option('--engine', 'also on the real engine in virtual time; fails unless both agree, event by event')
    .option('--json <file>', 'write the figures there')
    .action(async (options: Options) => {
      process.exitCode = await rehearse(options);
    });
}

async function rehearse(options: Options): Promise<number> {
  const began = performance.now();
  const plan = rehearsalPlan(await planOf(options.plan), nextNinthOfDecember(Date.now()));
  const units = syntheticUnits(options.units, options.seed);
  const campaign = `campaign/rehearsal-${options.seed}`;
  let run: Rehearsal;
  let found: string[] | undefined;
  if (options.engine) {
    // Loaded only now: the engine's libraries take longer to load than a small county takes to simulate.
    const { onEngine } = await import('./rehearse-engine.js');
    const engine = await onEngine({ plan, units, seed: options.seed, campaign });
    run = simulate({ plan, units, seed: options.seed, campaign, digest: engine.digest });
    found = differences(run.timelines, engine.timelines);
    const reasons = run.mails.reduce((sum, mail) => sum + mail.reasons.length, 0);
    if (run.mails.length !== engine.mails || reasons !== engine.reasons) {
      found.push(
        `mails: ${run.mails.length} with ${reasons} reasons simulated, ${engine.mails} with ${engine.reasons} sent`,
      );
    }
  } else {
    run = simulate({ plan, units, seed: options.seed, campaign });
  }
  const figures = { ...report(run, found), elapsedMs: Math.round(performance.now() - began) };
  console.log(reportText(run, figures));
  if (options.json) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`);
  return found === undefined || found.length === 0 ? 0 : 1;
}

async function planOf(file: string | undefined): Promise<Plan> {
  if (file === undefined) return loadTemplate('county-health');
  const reading = readPlan(await readFile(file, 'utf8'));
  if ('plan' in reading) return reading.plan;
  throw new Error(reading.troubles.map((one) => `${one.place}: ${one.message.en}`).join('\n'));
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number of at least 1');
  return value;
}
