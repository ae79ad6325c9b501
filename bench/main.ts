import { cpus } from 'node:os';
import { type County, filingsOf, settleCounty } from './county';
import { acceptedSubmission, caseOf, historyOf, mean } from './histories';
import { type Options, readOptions } from './options';
import { rollOut } from './roll-out';
import { type Sizes, sizesOf } from './sizes';
import { type Stage, setStage } from './stage';
import { rounded, submit } from './submissions';

/** Cases whose histories are looked at. */
const SAMPLE = 10;

const say = (line: string) => process.stderr.write(`${line}\n`);

/** `npm run bench`: measures the product on this machine. One JSON line on stdout; see README.md. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const stage = await setStage(options, say);
  try {
    const figures = await measure(stage, options);
    process.stdout.write(`${JSON.stringify(figures)}\n`);
  } finally {
    await stage.close();
  }
}

async function measure(stage: Stage, options: Options) {
  const county = await settleCounty(stage, options.units);
  const empty = await sizesOf(stage);

  say(`rolling out to ${options.units} units …`);
  const { campaign, seconds } = await rollOut(stage, county);
  const perSecond = rounded(options.units / seconds, 1);
  say(`${perSecond} units per second`);
  const idle = await idleCase(stage, county, campaign, empty);

  say(`${options.clients} clients file for ${options.seconds} s …`);
  const submissions = await submit(stage, filingsOf(county, campaign), options);
  say(`${submissions.perSecond} settled per second, p50 ${submissions.p50Ms} ms, p99 ${submissions.p99Ms} ms`);
  say(`CPU ms each: ${JSON.stringify(submissions.cpuMs)}, not settled: ${JSON.stringify(submissions.others)}`);

  const accepted = await acceptedSubmission(stage, county, campaign);
  say(`${accepted.events} history events per accepted submission`);
  return {
    at: new Date().toISOString(),
    cpus: cpus().length,
    node: process.version,
    ...options,
    rollOut: { perSecond, seconds: rounded(seconds, 2) },
    submissions,
    acceptedSubmission: accepted,
    idleCase: idle,
  };
}

/** What a case costs that only waits: bytes in both databases, and its history. */
async function idleCase(stage: Stage, county: County, campaign: string, empty: Sizes) {
  const sample = county.units.slice(0, SAMPLE);
  const histories = [];
  for (const { unit } of sample) histories.push(await historyOf(stage, caseOf(campaign, unit)));
  const full = await sizesOf(stage);
  const perCase = (bytes: number) => Math.round(bytes / county.units.length);
  return {
    temporalBytes: perCase(full.temporal - empty.temporal),
    mongoBytes: perCase(full.mongo - empty.mongo),
    history: mean(histories),
  };
}

main().catch((error) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
