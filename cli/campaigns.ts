import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import { isLocalDate } from '../domain/time';
import { shippedFile } from '../templates/campaigns/shipped';
import type { ApiClient, Lang } from './api-client';
import { type BoardRow, boardLines } from './board-table';
import { answering, type Talk, table } from './output';
import { Trouble } from './trouble';

type Text = Record<Lang, string>;

interface CampaignJson {
  id: string;
  status: string;
  start: string;
  end: string;
  plan: { title: Text };
  units: { roster: number; started: number; closed: number };
  receipts: { given: number; missing: number };
  unreachable: number;
  proposals: number;
  duties: { code: string; name: Text; due: string; counts: Record<string, number>; overdue: number }[];
}

interface Decided {
  decision: { status: string };
  campaign?: CampaignJson;
}

interface Of {
  campaign?: string;
}

/** `xiaohao campaign …`: what the office does with a campaign. */
export function registerCampaignCommands(program: Command): void {
  const campaign = program.command('campaign').description('集中整治 launch, watch and steer a campaign');
  const command = (name: string, description: string) =>
    campaign.command(name).description(description).option('--campaign <id>', 'where there is more than one');

  answering<LaunchOptions>(
    campaign
      .command('launch')
      .description('launches a campaign; refused while the plan has errors that are not waived')
      .requiredOption('--start <date>', 'first day, YYYY-MM-DD', dayOf)
      .option('--plan <file>', 'plan file, or the code of a shipped plan', 'county-health')
      .option('--contacts <file>', 'people of the office (YAML list), in place of those in the plan')
      .option('--units <codes>', 'codes, separated by commas', 'all')
      .option('--waive <code:place=reason>', 'accepts a finding; may be given again', collect, []),
    launch,
  );

  answering<Of>(command('status', 'how it stands'), async ({ api, options, show }) => {
    const found = await api.get<CampaignJson>(`/campaigns/${await campaignOf(api, options)}`);
    show(found, () => statusLines(found, options.lang));
  });

  answering<Of & { status?: string; obligation?: string }>(
    command('board', 'units and their obligations')
      .option('--status <status>', 'only obligations in this status; also: overdue')
      .option('--obligation <code>', 'only this one'),
    async ({ api, options, show }) => {
      const id = await campaignOf(api, options);
      const { status, obligation } = options;
      const rows = await api.all<BoardRow>(`/campaigns/${id}/board`, { status, obligation });
      rows.sort((a, b) => a.unit.code.localeCompare(b.unit.code));
      show(rows, () => boardLines(rows, options.lang));
    },
  );

  answering<Of & { reason: string }>(
    command('move', 'moves the day of an obligation for all units')
      .argument('<obligation>')
      .argument('<date>', 'YYYY-MM-DD', dayOf)
      .requiredOption('--reason <text>', 'goes into the mail'),
    async (talk, obligation, due) => decided(talk, 'deadlines', { obligation, due, reason: talk.options.reason }),
  );

  answering<Of>(
    command('urge', 'one more word to all that still owe an obligation').argument('<obligation>'),
    async (talk, obligation) => decided(talk, 'urge', { obligation }),
  );

  answering<Of & { reason: string }>(
    command('close', 'closes the campaign').requiredOption('--reason <text>', 'goes onto the result sheets'),
    async (talk) => decided(talk, 'close', { reason: talk.options.reason }),
  );

  answering<Of>(command('result', 'the result sheets added up'), async ({ api, options, show }) => {
    const found = await api.get<ResultJson>(`/campaigns/${await campaignOf(api, options)}/result`);
    show(found, () => resultLines(found, options.lang));
  });
}

interface LaunchOptions {
  start: string;
  plan: string;
  contacts?: string;
  units: string;
  waive: string[];
}

async function launch({ api, options, show }: Talk<LaunchOptions>): Promise<void> {
  const waivers = options.waive.map((text) => {
    const [, code, place, reason] = /^([^:]+):([^=]+)=(.+)$/.exec(text) ?? [];
    if (reason === undefined) throw new Trouble(`--waive ${text}: should be code:place=reason`);
    return { code, place, reason };
  });
  const made = await api.post<Decided>('/campaigns', {
    plan: shippedFile(`${options.plan}.yaml`) ? options.plan : textOf(options.plan),
    start: options.start,
    ...(options.contacts !== undefined && { contacts: parse(textOf(options.contacts)) }),
    units: options.units === 'all' ? 'all' : options.units.split(',').map((code) => code.trim()),
    waivers,
  });
  show(made, () => (made.campaign ? statusLines(made.campaign, options.lang) : [made.decision.status]));
}

async function decided({ api, options, show }: Talk<Of>, path: string, body: unknown): Promise<void> {
  const made = await api.post<Decided>(`/campaigns/${await campaignOf(api, options)}/${path}`, body);
  show(made, () => (made.campaign ? statusLines(made.campaign, options.lang) : [made.decision.status]));
}

/** The campaign meant: the one named, else the only one there is that is not closed. */
async function campaignOf(api: ApiClient, { campaign }: Of): Promise<string> {
  if (campaign !== undefined) return campaign;
  const all = await api.all<{ id: string; status: string; title: Text; start: string }>('/campaigns');
  const open = all.filter(({ status }) => status !== 'closed');
  const [only, ...more] = open.length > 0 ? open : all;
  if (!only) throw new Trouble('there is no campaign yet', 1);
  if (more.length === 0) return only.id;
  const which = [only, ...more].map(({ id, start, title }) => `  ${id}  ${start}  ${title.zh}`);
  throw new Trouble(`which campaign? name it with --campaign:\n${which.join('\n')}`);
}

function statusLines(found: CampaignJson, lang: Lang): string[] {
  const { units, receipts } = found;
  const counts = {
    zh: `单位 ${units.started}/${units.roster} 已启动，签收 ${receipts.given}，未签收 ${receipts.missing}，无法邮件联系 ${found.unreachable}，待决定的建议 ${found.proposals}`,
    en: `units started ${units.started}/${units.roster}, receipts ${receipts.given}, missing ${receipts.missing}, unreachable ${found.unreachable}, proposals open ${found.proposals}`,
  };
  const rows = found.duties.map(({ code, name, due, counts: by, overdue }) => [
    due,
    code,
    Object.entries(by)
      .map(([status, count]) => `${status} ${count}`)
      .join(', '),
    overdue > 0 ? `${lang === 'zh' ? '逾期' : 'overdue'} ${overdue}` : '',
    name[lang],
  ]);
  return [
    `${found.plan.title[lang]}  ${found.start} – ${found.end}  ${found.status}  (${found.id})`,
    counts[lang],
    ...table(rows),
  ];
}

interface ResultJson {
  units: number;
  totals: Record<string, number>;
  obligations: { code: string; owed: number; accepted: number; late: number; missed: number; unfinished: number }[];
}

function resultLines({ units, totals, obligations }: ResultJson, lang: Lang): string[] {
  const head = {
    zh: ['事项', '应报', '通过', '其中逾期', '曾逾期', '未完成'],
    en: ['obligation', 'owed', 'accepted', 'late', 'missed', 'unfinished'],
  };
  const rows = obligations.map((one) =>
    [one.code, one.owed, one.accepted, one.late, one.missed, one.unfinished].map(String),
  );
  const sum = Object.entries(totals).map(([name, count]) => `${name} ${count}`);
  return [`${lang === 'zh' ? '单位' : 'units'} ${units}: ${sum.join(', ')}`, ...table([head[lang], ...rows])];
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Trouble(`${file} cannot be read`);
  }
}

function dayOf(text: string): string {
  if (!isLocalDate(text)) throw new InvalidArgumentError('not a day, YYYY-MM-DD');
  return text;
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
