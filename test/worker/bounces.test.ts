import { readFileSync } from 'node:fs';
import path from 'node:path';
import { personOf } from '../../store/person';
import type { BounceMailbox } from '../../worker/dispatch/bounces/bounce-mailbox';
import { watchBounces } from '../../worker/dispatch/bounces/watch';
import { type TestApi, testApi } from '../api/support';
import { until } from '../support/engine';
import { CAMPAIGN, TestPostOffice, testUnit } from '../support/post-office';
import { UnitCase } from '../support/unit-case';

/** Letters that come back: who gets what was in them. Real SMTP server, real database; the returning mailbox is a fake. */
const nobody = { name: '无', email: '', phone: '' };
const units = [
  testUnit('u-1'),
  testUnit('u-2', { deputyFiler: nobody }),
  testUnit('u-3'),
  testUnit('u-4', { deputyFiler: nobody }),
];
let post: TestPostOffice;
let api: TestApi;

beforeAll(async () => {
  post = await TestPostOffice.open('bounces', units);
  api = testApi(post.engine);
  post.mailbox.faults = { reject: ['filer@u-1.test'] };
  for (const { id } of units) await post.record(new UnitCase({ unit: { id } }));
  await post.workUntil('2024-12-09 09:10');
});
afterAll(async () => {
  await api?.close();
  await post?.close();
});

const rowsOf = (unit: string) => post.store.outbox.find({ unit }).lean();

test('refused while it is sent: the deputy gets it at the next time letters go out, in one letter', async () => {
  expect(post.arrived('deputy@u-1.test')).toEqual([]);
  const [bounced] = await post.letters({ status: 'bounced' });
  expect(bounced).toMatchObject({ person: personOf('filer@u-1.test'), lastError: 'returned 550', reasons: [] });
  expect(await post.store.addresses.findById(bounced!.person).lean()).toMatchObject({ status: 'bad', source: 'smtp' });
  await post.workUntil('2024-12-09 09:20');
  expect(post.arrived('deputy@u-1.test')).toHaveLength(1);
  const carried = (await post.letters()).flatMap(({ reasons }) => reasons);
  expect(new Set(carried).size).toBe(carried.length);
  expect(carried).toHaveLength(units.length);
});

test('reported by webhook: without a deputy the unit is on the list for calls, with what the server said', async () => {
  const admin = await api.as('admin');
  const [letter] = await post.letters({ person: personOf('filer@u-2.test') });
  const report = { messageId: letter!.messageId, recipient: 'forwarded@elsewhere.test', status: '4.2.1' };
  expect((await admin.post('/bounces', report)).body).toMatchObject({ verdict: 'passing', mail: letter!._id });
  expect((await rowsOf('u-2'))[0]?.status).toBe('mailed');
  const taken = await admin.post('/bounces', { ...report, status: '5.1.1' });
  expect(taken.body).toEqual({ verdict: 'bad', person: letter!.person, mail: letter!._id });
  expect((await admin.post('/bounces', { ...report, status: '5.1.1' })).status).toBe(200);
  await post.workUntil('2024-12-09 09:30');
  expect((await rowsOf('u-2')).map(({ status }) => status)).toEqual(['unreachable']);
  const { body } = await admin.get(`/campaigns/${CAMPAIGN.split('/')[1]}/unreachable`);
  expect(body.items).toEqual([
    expect.objectContaining({
      unit: expect.objectContaining({ id: 'u-2' }),
      reasons: ['launched'],
      bounced: [expect.objectContaining({ role: 'filer', code: '5.1.1', source: 'webhook' })],
    }),
  ]);
  expect((await (await api.as('auditor')).post('/bounces', { ...report, status: '5.1.1' })).status).toBe(403);
  expect((await admin.post('/bounces', { recipient: 'x', status: '9' })).status).toBe(422);
});

test('a report about nothing of ours changes nothing; one of delivery makes an address good again', async () => {
  const admin = await api.as('admin');
  const person = personOf('filer@u-2.test');
  await admin.post('/bounces', { messageId: '<x@y>', recipient: 'Filer@u-2.test', status: '2.0.0' });
  expect(await post.store.addresses.findById(person).lean()).toMatchObject({ status: 'good' });
  await admin.post('/bounces', { recipient: 'filer@u-2.test', status: '5.1.1' });
  // Another address in the list is another one, and good.
  await post.store.units.updateOne({ _id: 'u-2' }, { $set: { 'filer.email': 'new@u-2.test' } });
  await post.record(new UnitCase({ unit: { id: 'u-2' } }).until('2024-12-13 09:00'));
  await post.workUntil('2024-12-13 09:10');
  expect(post.arrived('new@u-2.test')).toHaveLength(1);
});

test('reported by mail: read once, kept, and the mailbox opened anew after a fault', async () => {
  const [third] = await post.letters({ person: personOf('filer@u-3.test') });
  const source = readFileSync(path.join(__dirname, 'reports/postfix.eml'), 'utf8');
  const named = Buffer.from(source.replaceAll('<0123456789abcdef0123456789abcdef@xiaohao>', third!.messageId));
  const invented = Buffer.from(source.replaceAll('0123456789abcdef', 'ffffffffffffffff'));
  const inbox = new Map([
    ['1', invented],
    ['2', Buffer.from('no mail at all')],
    ['3', named],
  ]);
  const faults: unknown[] = [];
  let opened = 0;
  const mailbox: BounceMailbox = {
    async unread() {
      if (opened === 1) throw new Error('connection lost');
      return [...inbox].map(([id, message]) => ({ id, source: message }));
    },
    async done(id) {
      inbox.delete(id);
    },
    async close() {},
  };
  const open = async () => {
    opened += 1;
    return mailbox;
  };
  const stop = watchBounces({ store: post.store, open, everyMs: 20, fault: (error) => faults.push(error) });
  await until('the mailbox is empty', async () => inbox.size === 0);
  await stop();
  expect([opened, faults]).toEqual([2, [new Error('connection lost')]]);
  // Nobody can have an address marked by a letter that we never wrote.
  expect(await post.store.addresses.findById(personOf('zhao@unit.example')).lean()).toBeNull();
  expect(await post.store.addresses.findById(third!.person).lean()).toMatchObject({ code: '5.1.1', source: 'mailbox' });
  await post.workUntil('2024-12-13 09:30');
  expect(post.arrived('deputy@u-3.test')).toHaveLength(1);
});
