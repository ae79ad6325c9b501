import request from 'supertest';
import { isOptional, MAIL_DUTIES } from '../../domain/mail-duties';
import type { Mail } from '../../local/mail-store';
import { MAIL_KINDS } from '../../templates/mail/kinds';
import { type TestApi, testApi } from '../api/support';
import { TestPostOffice, testUnit } from '../support/post-office';
import { person, UnitCase } from '../support/unit-case';

/** Whoever wants no more than they must get: their duties all the same, and what they do without is in the log. */
const units = [testUnit('u-1'), testUnit('u-2')];
let post: TestPostOffice;
let api: TestApi;

beforeAll(async () => {
  post = await TestPostOffice.open('unsubscribe', units);
  api = testApi(post.engine);
});
afterAll(async () => {
  await api?.close();
  await post?.close();
});

const accepted = (id: string) =>
  new UnitCase({ unit: { id } }).file('2024-12-10 10:00').sign('2024-12-10 11:00').accept('2024-12-10 12:00');

test('every kind of mail is a duty or not; whatever is unknown is one', () => {
  expect(Object.keys(MAIL_DUTIES).sort()).toEqual([...MAIL_KINDS].sort());
  expect(MAIL_KINDS.filter(isOptional)).toEqual(['accepted', 'result']);
  expect(isOptional('something-new')).toBe(false);
});

test('one click, signed, and only on letters in which nothing is a duty', async () => {
  for (const { id } of units) await post.record(accepted(id));
  await post.workUntil('2024-12-09 09:10');
  await post.workUntil('2024-12-10 12:10');
  const unfolded = async (mail: Mail) => (await post.raw(mail)).replace(/\r?\n[ \t]+/g, ' ');
  const raws = await Promise.all(post.arrived('filer@u-1.test').map(unfolded));
  expect(raws.map((raw) => /^List-Unsubscribe: /m.test(raw))).toEqual([false, true]);
  const headers = raws[1]!;
  expect(headers).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
  const [, link] = /^List-Unsubscribe: +<https:\/\/x\.test(\/unsubscribe\/[^>]+)>/m.exec(headers)!;

  // A scanner that opens links unsubscribes nobody.
  expect((await request(api.app).get(link!)).text).toContain('<form method="post">');
  const admin = await api.as('admin');
  const who = (await admin.post('/people/preferences', { email: 'filer@u-1.test' })).body;
  expect(who.optionalMails).toBe(true);
  expect((await request(api.app).post(`${link}x`)).status).toBe(404);
  expect((await request(api.app).post(link!.replace(/[0-9a-f]{24}/, 'f'.repeat(24)))).status).toBe(404);
  const click = request(api.app).post(link!).type('form').send('List-Unsubscribe=One-Click');
  expect((await click).status).toBe(200);
  expect((await admin.get(`/people/${who.person}`)).body.optionalMails).toBe(false);
});

test('then only duties come; the rest is withdrawn, and the log says why', async () => {
  for (const { id } of units) {
    const one = accepted(id)
      .file('2024-12-23 09:00', 'note')
      .do('2024-12-23 10:00', { type: 'start-review', obligation: 'note' } as never, person('reviewer'));
    await post.record(one.accept('2024-12-23 11:00', 'note').until('2024-12-23 11:00'));
  }
  await post.workUntil('2024-12-23 08:30');
  await post.workUntil('2024-12-23 11:10');
  await post.workUntil('2024-12-24 09:00');
  const kinds = async (id: string) =>
    (await post.letters({ status: 'sent' })).flatMap((letter) =>
      letter.reasons.some((reason) => reason.includes(`-${id}/`)) ? letter.kinds : [],
    );
  expect((await kinds('u-2')).filter((kind) => kind === 'accepted')).toHaveLength(2);
  expect((await kinds('u-1')).filter((kind) => kind === 'accepted')).toHaveLength(1);
  const rows = await post.store.outbox.find({ unit: 'u-1', why: 'unsubscribed' }).lean();
  expect(rows.map(({ status, payload }) => [status, 'kind' in payload && payload.kind])).toEqual([
    ['withdrawn', 'accepted'],
  ]);
  const log = (await (await api.as('admin')).get('/mails')).body.items;
  expect(log.filter((mail: { status: string }) => mail.status !== 'sent')).toEqual([
    expect.objectContaining({ status: 'withdrawn', why: 'unsubscribed', kinds: ['accepted'] }),
  ]);
});
