import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Plan } from '../domain/plan';
import { addDays, type LocalDate } from '../domain/time';
import { supervise } from '../local/supervise';
import { differences } from '../rehearsal/compare';
import { liveThrough } from '../rehearsal/on-engine';
import type { Rehearsal } from '../rehearsal/rehearsal';
import { report } from '../rehearsal/report';
import { reportText } from '../rehearsal/report-text';
import { simulate } from '../rehearsal/simulator';
import { rehearsalPlan, syntheticUnits } from '../rehearsal/synthetic-county';
import { loadTemplate, readPlan } from '../templates/campaigns/read-plan';
import { dataRoot, processes, reach, startLocal } from './local-stack';

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

/** In servers of its own, which are gone afterwards; its mail goes to their mailbox. */
async function onEngine(input: { plan: Plan; units: Rehearsal['units']; seed: number; campaign: string }) {
  const say = (line: string) => console.error(line);
  const folder = `rehearse-${process.pid}`;
  const id = `r${process.pid}`;
  const local = await startLocal(folder, id, say);
  const { store, client, cases } = await reach(local.config);
  const children = await supervise(processes({ ...local.env, LOG_LEVEL: 'warn' }, ['worker', 'dispatch']), {
    dataDir: local.dataDir,
    say,
    stack: local.stack,
  });
  let told = 0;
  try {
    return await liveThrough({ store, cases, client }, { ...input, id }, ({ now, steps }) => {
      if (Date.now() - told < 2_000) return;
      told = Date.now();
      say(`${new Date(now).toISOString().slice(0, 10)} · ${steps} steps`);
    });
  } finally {
    await store.close();
    await client.connection.close();
    await children.stop();
    await rm(path.join(dataRoot(), folder), { recursive: true, force: true });
  }
}

async function planOf(file: string | undefined): Promise<Plan> {
  if (file === undefined) return loadTemplate('county-health');
  const reading = readPlan(await readFile(file, 'utf8'));
  if ('plan' in reading) return reading.plan;
  throw new Error(reading.troubles.map((one) => `${one.place}: ${one.message.en}`).join('\n'));
}

/** Clocks on the engine start at the wall clock and only go forward, so a rehearsal lies in the future. */
export function nextNinthOfDecember(now: number): LocalDate {
  const tomorrow = addDays(new Date(now).toISOString().slice(0, 10), 1);
  const year = Number(tomorrow.slice(0, 4));
  return `${year}-12-09` > tomorrow ? `${year}-12-09` : `${year + 1}-12-09`;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number of at least 1');
  return value;
}
