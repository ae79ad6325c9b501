import type { Command } from 'commander';
import { answering, table } from './output';
import { Trouble } from './trouble';

interface MailJson {
  id: string;
  at: string;
  status: string;
  kinds: string[];
  subject?: string;
  recipient?: { name: string; email: string };
  person: string;
  lastError?: string;
}

interface DeadJson {
  mails: MailJson[];
  orders: { id: string; type: string; at: string; attempts: number; lastError?: string }[];
}

/** `xiaohao mail list`, `xiaohao dead-letters` and `xiaohao dead-letters resend`. */
export function registerMailCommands(program: Command): void {
  const mail = program.command('mail').description('邮件 the mail log');
  answering<{ campaign?: string; person?: string; limit: string }>(
    mail
      .command('list')
      .description('mails, latest first')
      .option('--campaign <id>', 'of one campaign')
      .option('--person <id>', 'to one person, by the opaque id the list shows')
      .option('--limit <n>', 'how many', '50'),
    async ({ api, options, show }) => {
      const { campaign, person, limit } = options;
      const { items } = await api.get<{ items: MailJson[] }>('/mails', { campaign, person, limit });
      show(items, () => table(items.map(mailRow)));
    },
  );

  const dead = program.command('dead-letters').description('死信 mails and orders that were given up');
  answering(
    dead.command('list', { isDefault: true }).description('all of them, with why each was given up'),
    async ({ api, options, show }) => {
      const found = await api.get<DeadJson>('/dead-letters');
      show(found, () => {
        const orders = found.orders.map(({ id, type, at, lastError = '' }) => [at, type, id, lastError]);
        const lines = [...table(found.mails.map(mailRow)), ...table(orders)];
        return lines.length > 0 ? lines : [options.lang === 'zh' ? '没有死信' : 'there are none'];
      });
    },
  );
  answering<{ all?: boolean }>(
    dead
      .command('resend [id]')
      .description('has one tried again, or all that are there now')
      .option('--all', 'all of them'),
    async ({ api, options, show }, id) => {
      if ((id === undefined) === !options.all) throw new Trouble('either the id of one, or --all');
      const found = await api.get<DeadJson>('/dead-letters');
      const chosen = (one: { id: string }) => options.all === true || one.id === id;
      const again = [
        ...found.mails.filter(chosen).map((mail) => ({ id: mail.id, list: 'mails' })),
        ...found.orders.filter(chosen).map((order) => ({ id: order.id, list: 'dead-letters' })),
      ];
      if (id !== undefined && again.length === 0) {
        throw new Trouble(options.lang === 'zh' ? `死信中没有 ${id}` : `no dead letter ${id}`, 1);
      }
      for (const one of again) await api.post(`/${one.list}/${encodeURIComponent(one.id)}/resend`);
      show({ resent: again.map((one) => one.id) }, () => [
        options.lang === 'zh' ? `重发 ${again.length} 条` : `${again.length} will be tried again`,
      ]);
    },
  );
}

function mailRow({ id, at, status, kinds, subject, recipient, person, lastError }: MailJson): string[] {
  const who = recipient ? `${recipient.name} <${recipient.email}>` : person;
  return [at, status, who, subject ?? kinds.join(' '), lastError ?? '', id];
}
