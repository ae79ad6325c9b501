import { type Command, InvalidArgumentError } from 'commander';
import { DateTime } from 'luxon';
import { isLocalDate } from '../domain/time';
import type { Mail } from '../local/mail-store';
import { MailboxClient } from '../local/mailbox-client';
import type { ApiClient, Lang } from './api-client';
import { answering, table, write } from './output';
import { DEMO, demoFile } from './session';
import { Trouble } from './trouble';

interface RehearsalJson {
  id: string;
  campaign?: string;
  now: string;
  target?: string;
  autopilot: boolean;
}

interface Moved {
  now: string;
  steps: number;
}

/** `xiaohao demo`: starts the demo; `advance`, `mail` and `status` drive it from another terminal. */
export function registerDemoCommands(program: Command): void {
  const demo = program
    .command('demo')
    .description('演示 a rehearsal of the sample county one can act in')
    .action(async () => (await import('./serve.js')).serve(DEMO, DEMO));

  answering(
    demo
      .command('advance')
      .argument('<how far>', 'days (7d), or the day to go to (2026-12-20)', farOf)
      .description('moves the clock forward, mails and all'),
    async ({ api, options, show }, far) => {
      const moved = await advance(api, far!, options.json ? () => {} : (line) => write([line]));
      const zh = `现在是 ${moved.now}，共 ${moved.steps} 步`;
      show(moved, () => [{ zh, en: `it is now ${moved.now}, after ${moved.steps} steps` }[options.lang]]);
    },
  );

  answering<{ to?: string; subject?: string; limit: string; text?: boolean }>(
    demo
      .command('mail')
      .description('what came in the mailbox, latest first')
      .option('--to <address>', 'only to this address')
      .option('--subject <text>', 'only with this in the subject')
      .option('--limit <n>', 'how many', '20')
      .option('--text', 'the whole text of each'),
    async ({ options, show }) => {
      const { to, subject, text } = options;
      const mails = await inMailbox({ to, subject, limit: Number(options.limit) }, options.lang);
      show(mails, () => mailLines(mails, text ?? false, options.lang));
    },
  );

  answering(demo.command('status').description('what time it is in the demo'), async ({ api, options, show }) => {
    const status = await api.get<RehearsalJson>(`/rehearsals/${DEMO}`);
    const { now, target, campaign = '' } = status;
    const moving = target === undefined ? '' : `  → ${target}`;
    show(status, () => [`${options.lang === 'zh' ? '现在是' : 'it is now'} ${now}${moving}  ${campaign}`]);
  });
}

/** Day by day, so that whoever watches sees it move and no request takes longer than a day does. */
async function advance(api: ApiClient, far: string, say: (line: string) => void): Promise<Moved> {
  const { now } = await api.get<RehearsalJson>(`/rehearsals/${DEMO}`);
  const begin = DateTime.fromISO(now, { setZone: true });
  const target = targetOf(begin, far);
  if (target <= begin) throw new Trouble(`it is ${now} already; the clock only goes forward`, 1);
  let moved: Moved = { now, steps: 0 };
  for (let day = 1; DateTime.fromISO(moved.now) < target; day += 1) {
    const to = DateTime.min(begin.plus({ days: day }), target)!.toISO();
    const step = await api.post<Moved>(`/rehearsals/${DEMO}/advance`, { to });
    moved = { now: step.now, steps: moved.steps + step.steps };
    say(`${moved.now}  +${step.steps}`);
  }
  return moved;
}

/** `7d` from now, or the same time of day on a day. */
function targetOf(now: DateTime, far: string): DateTime {
  if (!isLocalDate(far)) return now.plus({ days: Number.parseInt(far, 10) });
  const [year, month, day] = far.split('-').map(Number);
  return now.set({ year, month, day });
}

async function inMailbox(query: { to?: string; subject?: string; limit: number }, lang: Lang): Promise<Mail[]> {
  const url = process.env.MAILBOX_URL || demoFile()?.mailbox;
  const hint =
    lang === 'zh'
      ? '找不到邮箱：请设置 MAILBOX_URL，或在本目录启动演示'
      : 'no mailbox: set MAILBOX_URL, or start the demo here';
  if (!url) throw new Trouble(hint);
  return new MailboxClient(url).mails(query).catch(() => {
    throw new Trouble(lang === 'zh' ? `邮箱 ${url} 连接不上` : `the mailbox ${url} cannot be reached`);
  });
}

function mailLines(mails: Mail[], whole: boolean, lang: Lang): string[] {
  if (mails.length === 0) return [lang === 'zh' ? '没有邮件' : 'no mails'];
  if (!whole) return table(mails.map(({ date, to, subject }) => [shown(date), to.join(', '), subject]));
  return mails.flatMap(({ date, to, subject, text }) => [
    `${shown(date)}  ${to.join(', ')}`,
    subject,
    '',
    text,
    '—'.repeat(40),
  ]);
}

/** When it was sent, by the clocks of the demo's county. */
function shown(date: string): string {
  return DateTime.fromISO(date, { zone: demoFile()?.zone ?? 'utc' }).toFormat('yyyy-MM-dd HH:mm');
}

function farOf(text: string): string {
  if (/^[1-9]\d{0,2}d$/.test(text) || isLocalDate(text)) return text;
  throw new InvalidArgumentError('days such as 7d, or a day such as 2026-12-20');
}
