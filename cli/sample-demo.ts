import { decodeTable } from '../api/lists/decode-csv';
import type { Role } from '../domain/case';
import { unitCampaignId } from '../domain/kinds';
import { dateOf, timeOf } from '../domain/time';
import type { Unit } from '../domain/unit';
import { readUnitList } from '../domain/unit-list/read-unit-list';
import { EngineControl } from '../rehearsal/engine-control';
import { setUp } from '../rehearsal/on-engine';
import { launchOf, nextNinthOfDecember } from '../rehearsal/openings';
import type { CampaignDoc } from '../store/documents';
import type { Store } from '../store/store';
import { createToken, findToken } from '../store/tokens';
import { loadTemplate } from '../templates/campaigns/read-plan';
import { sampleCounty } from '../templates/sample-county/sample-county';
import type { reach } from './local-stack';
import { DEMO } from './session';

const CAMPAIGN = 'campaign/demo';
const SEED = 9;
/** The launch mails go out five minutes after nine; the demo begins when they are there. */
const BEGIN_AFTER_MS = 10 * 60_000;

export interface DemoToken {
  name: string;
  role: Role;
  unit?: Unit;
  sectors?: string[];
  secret: string;
}

/** Units that wait for whoever tries the demo: a hospital with everything, a township centre, a one-person clinic. */
function players(units: Unit[]): Unit[] {
  const kinds: Unit['kind'][] = ['hospital', 'township-health-centre', 'clinic'];
  return kinds.map((kind) => {
    const able = units.filter((unit) => unit.kind === kind && unit.filer.email !== '' && !unit.supervisingUnit);
    return able.find((unit) => (kind === 'clinic' ? unit.onePerson : !unit.onePerson)) ?? able[0]!;
  });
}

/** Launches the sample county's campaign, once, and makes the tokens that are not there yet. */
export async function prepareDemo(
  parts: Awaited<ReturnType<typeof reach>>,
  known: Record<string, string>,
): Promise<{ tokens: DemoToken[]; zone: string }> {
  const { store, client, cases } = parts;
  const units = sampleUnits();
  const yours = players(units);
  if ((await store.rehearsals.findById(DEMO)) === null) {
    const { contacts } = sampleCounty();
    const plan = {
      ...loadTemplate('county-health'),
      template: false,
      start: nextNinthOfDecember(Date.now()),
      contacts,
    };
    await setUp(store, cases, {
      id: DEMO,
      campaign: CAMPAIGN,
      plan,
      units,
      seed: SEED,
      players: yours.map((one) => one.id),
    });
    await new EngineControl(DEMO, store, client, cases).advance(launchOf(plan) + BEGIN_AFTER_MS);
  }
  const wanted: Omit<DemoToken, 'secret'>[] = [
    { name: 'admin', role: 'admin' },
    { name: 'leader', role: 'leader' },
    { name: 'reviewer', role: 'reviewer' },
    { name: 'auditor', role: 'auditor' },
    ...yours.flatMap((unit) => [
      { name: `filer-${unit.code}`, role: 'filer' as const, unit },
      { name: `head-${unit.code}`, role: 'head' as const, unit },
    ]),
  ];
  const tokens: DemoToken[] = [];
  for (const one of wanted) tokens.push({ ...one, secret: await secretFor(store, one, known[one.name]) });
  return { tokens, zone: loadTemplate('county-health').zone };
}

/** The same secret as last time while it is still valid. */
async function secretFor(store: Store, token: Omit<DemoToken, 'secret'>, known: string | undefined): Promise<string> {
  if (known !== undefined && (await findToken(store, known))) return known;
  const made = await createToken(store, {
    role: token.role,
    label: `demo: ${token.name}`,
    ...(token.unit && { unit: token.unit.id }),
  });
  return made.secret;
}

function sampleUnits(): Unit[] {
  const table = decodeTable(sampleCounty().csv);
  if ('trouble' in table) throw new Error(table.trouble.message.en);
  const list = readUnitList(table, { codes: new Set() });
  if ('troubles' in list) throw new Error('the sample county has rows in trouble');
  return list.units;
}

/** What the terminal says when the demo is up. */
export async function whatToTry(
  store: Store,
  url: string,
  mailbox: string | undefined,
  tokens: DemoToken[],
): Promise<string[]> {
  const campaign = await store.campaigns.findById(CAMPAIGN).lean<CampaignDoc>();
  const zone = campaign!.plan.zone;
  const now = await store.now();
  const units = await store.roster.countDocuments({ campaign: CAMPAIGN });
  const hospital = tokens.find((one) => one.role === 'filer')!.unit!;
  const id = unitCampaignId(CAMPAIGN, hospital.id).slice('unit-campaign/'.length);
  const admin = tokens[0]!.secret;
  return [
    '',
    `销号 demo · ${campaign!.plan.title.zh} · ${units} units · the demo's clock stands at ${dateOf(now, zone)} ${timeOf(now, zone)}`,
    '',
    `  API       ${url}/api/v1/openapi.json   ready: ${url}/readyz`,
    `  mailbox   ${mailbox}/mails   (nothing leaves this machine)`,
    '',
    'Tokens (Authorization: Bearer …):',
    ...tokens.map((one) => `  ${one.name.padEnd(12)} ${one.secret}  ${one.unit?.name ?? ''}`),
    '',
    'Try, in another terminal (all units but the three above act by themselves):',
    '  npm run xiaohao -- demo advance 5d          five days pass: reminders go out',
    '  npm run xiaohao -- demo mail --limit 5      what came',
    '  npm run xiaohao -- campaign board           every unit and obligation',
    '  npm run xiaohao -- demo advance 14d         who is silent climbs the ladder',
    `  curl -H "Authorization: Bearer ${admin}" ${url}/api/v1/unit-campaigns/${id}`,
    '',
    'Ctrl-C stops everything; the next start goes on where it was.',
  ];
}
