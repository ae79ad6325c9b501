import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { Mailbox } from '../../local/mailbox';
import { MailboxClient } from '../../local/mailbox-client';

let dir: string;
let mailbox: Mailbox;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'xiaohao-mailbox-'));
  mailbox = await Mailbox.start({ dir });
});

afterEach(async () => {
  await mailbox.close();
  rmSync(dir, { recursive: true });
});

function send(mail: { to: string; subject?: string; bcc?: string; messageId?: string }) {
  const transport = createTransport(`${mailbox.smtpUrl}/?greetingTimeout=300`);
  return transport.sendMail({
    from: 'xiaohao@county.test',
    subject: '安全隐患整改通知',
    text: '请于五日内上报。',
    html: '<p>请于五日内上报。</p>',
    attachments: [{ filename: '通知.txt', content: 'hello' }],
    ...mail,
  });
}

test('a mail can be read over HTTP, found by recipient and subject, and as it was received', async () => {
  await send({ to: 'One@unit.test', bcc: 'hidden@unit.test', messageId: '<1@xiaohao>' });
  await send({ to: 'two@unit.test', subject: 'Reminder' });
  const client = new MailboxClient(mailbox.httpUrl);

  expect((await client.mails()).map(({ to }) => to)).toEqual([['two@unit.test'], ['One@unit.test']]);
  expect(await client.mails({ limit: 1 })).toHaveLength(1);
  expect(await client.mails({ subject: 'Remind' })).toHaveLength(1);
  expect(await client.mails({ since: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
  expect(await client.mails({ to: 'hidden@unit.test' })).toHaveLength(1);
  const [mail] = await client.mails({ to: 'one@unit.test' });
  expect(mail).toMatchObject({
    messageId: '<1@xiaohao>',
    from: 'xiaohao@county.test',
    subject: '安全隐患整改通知',
    html: '<p>请于五日内上报。</p>',
    attachments: [{ filename: '通知.txt', contentType: 'text/plain', size: 5 }],
  });
  expect(mail?.text.trim()).toBe('请于五日内上报。');
  expect(await client.raw(mail?.id ?? '')).toContain('Message-ID: <1@xiaohao>');

  await client.clear();
  expect(await client.mails()).toEqual([]);
});

test('mails survive a restart, and half a line of the index does not hurt', async () => {
  await send({ to: 'one@unit.test' });
  await mailbox.close();
  appendFileSync(join(dir, 'index.jsonl'), '{"id":"cut of');
  mailbox = await Mailbox.start({ dir });
  await send({ to: 'two@unit.test' });
  await mailbox.close();
  mailbox = await Mailbox.start({ dir });
  expect(mailbox.mails().map(({ to }) => to[0])).toEqual(['two@unit.test', 'one@unit.test']);
});

test('a page under another name cannot read the mails', async () => {
  const status = await new Promise((resolve) =>
    request(`${mailbox.httpUrl}/mails`, { headers: { host: 'evil.test' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end(),
  );
  expect(status).toBe(403);
});

test('faults: refused for good, refused for now, refused as spam, silence', async () => {
  mailbox.faults = { reject: ['gone@unit.test'], defer: ['full@unit.test'], distrust: ['strict@unit.test'] };
  await expect(send({ to: 'strict@unit.test' })).rejects.toMatchObject({ responseCode: 554 });
  await expect(send({ to: 'gone@unit.test' })).rejects.toMatchObject({ responseCode: 550 });
  await expect(send({ to: 'full@unit.test' })).rejects.toMatchObject({ responseCode: 451 });
  mailbox.faults = { hang: true };
  await expect(send({ to: 'one@unit.test' })).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  mailbox.faults = {};
  await send({ to: 'one@unit.test' });
  expect(mailbox.mails()).toHaveLength(1);
});

test('faults: stored, but the connection drops before the answer, so that the sender sends it again', async () => {
  mailbox.faults = { dropAfterStoring: 1 };
  await expect(send({ to: 'one@unit.test', messageId: '<1@xiaohao>' })).rejects.toThrow();
  await send({ to: 'one@unit.test', messageId: '<1@xiaohao>' });
  expect(mailbox.mails().map(({ messageId }) => messageId)).toEqual(['<1@xiaohao>', '<1@xiaohao>']);
});
