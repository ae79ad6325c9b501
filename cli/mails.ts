import type { Command } from 'commander';
import { answering, table } from './output';

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

/** `xiaohao mail list` and `xiaohao dead-letters`. */
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

  answering(
    program.command('dead-letters').description('死信 mails and orders that were given up'),
    async ({ api, options, show }) => {
      const dead = await api.get<DeadJson>('/dead-letters');
      const none = options.lang === 'zh' ? '没有死信' : 'there are none';
      show(dead, () => {
        const orders = dead.orders.map(({ id, type, at, lastError = '' }) => [at, type, id, lastError]);
        const lines = [...table(dead.mails.map(mailRow)), ...table(orders)];
        return lines.length > 0 ? lines : [none];
      });
    },
  );
}

function mailRow({ id, at, status, kinds, subject, recipient, person, lastError }: MailJson): string[] {
  const who = recipient ? `${recipient.name} <${recipient.email}>` : person;
  return [at, status, who, subject ?? kinds.join(' '), lastError ?? '', id];
}
