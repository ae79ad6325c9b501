import { readFileSync } from 'node:fs';
import path from 'node:path';
import { statusIn, verdictOf } from '../../domain/bounce';
import { readReport } from '../../worker/dispatch/bounces/read-report';
import { addressRefused } from '../../worker/dispatch/bounces/smtp-refusal';

const report = (name: string) => readFileSync(path.join(__dirname, 'reports', `${name}.eml`));
const messageId = '<0123456789abcdef0123456789abcdef@xiaohao>';

test.each([
  ['postfix', '5.1.1', 'zhao@unit.example', 'bad'],
  ['postfix-delayed', '4.4.1', 'zhao@unit.example', 'passing'],
  ['exchange', '5.1.10', 'zhao@unit.example', 'bad'],
  // The server's own words say more than its 5.0.0.
  ['netease-163', '550', 'zhao@163.com', 'bad'],
  ['blocked', '5.7.1', 'zhao@126.com', 'refused'],
  // No report by RFC 3464: sentences, and the letter attached.
  ['qq', '550', undefined, 'bad'],
])('what %s sends back', async (name, status, recipient, verdict) => {
  const read = await readReport(report(name));
  expect(read).toEqual({ status, messageId, ...(recipient && { recipient }) });
  expect(verdictOf(status)).toBe(verdict);
});

test.each(['out-of-office', 'somebody-elses'])('%s is no report about a letter of ours', async (name) => {
  expect(await readReport(report(name))).toBeUndefined();
});

test('what is no mail at all is no report', async () => {
  for (const junk of ['', 'nonsense', '\0\xff'.repeat(1000)])
    expect(await readReport(Buffer.from(junk))).toBeUndefined();
});

test('statuses in sentences; numbers of other sorts are none', () => {
  expect(statusIn('550 5.1.1 <a@b>: no such user')).toBe('5.1.1');
  expect(statusIn('550-no such user')).toBe('550');
  expect(statusIn('host 192.0.2.7 took 550ms at 5.1.1.8')).toBeUndefined();
  expect(['2.0.0', '4.2.2', '5.2.2', '5.4.4', '552', '250', '451', 'nonsense'].map(verdictOf)).toEqual([
    ...['good', 'passing', 'refused', 'bad', 'refused', 'good', 'passing', 'passing'],
  ]);
});

test('a refusal while sending means the address only where it was said of the recipient', () => {
  const refusal = (change: object) =>
    Object.assign(new Error('x'), {
      code: 'EENVELOPE',
      command: 'RCPT TO',
      response: '550 No such mailbox',
      ...change,
    });
  expect(addressRefused(refusal({}))).toBe('550');
  expect(addressRefused(refusal({ response: '550 5.1.1 no' }))).toBe('5.1.1');
  expect(addressRefused(refusal({ command: 'MAIL FROM' }))).toBeUndefined();
  expect(addressRefused(refusal({ response: '550 5.7.1 not from you' }))).toBeUndefined();
  expect(addressRefused(refusal({ response: '451 later' }))).toBeUndefined();
  expect(addressRefused(refusal({ code: 'EMESSAGE', command: 'DATA', response: '550 spam' }))).toBeUndefined();
});
