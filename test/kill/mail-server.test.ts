import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Mailbox } from '../../local/mailbox';
import { setUp } from '../../rehearsal/on-engine';
import { launchOf, nextNinthOfDecember } from '../../rehearsal/openings';
import { syntheticUnits } from '../../rehearsal/synthetic-county';
import type { CaseDoc, MailDoc } from '../../store/documents';
import { personOf } from '../../store/person';
import { expectConsistent, expectMailedOnce } from '../support/consistent';
import { type TestEngine, testEngine, until } from '../support/engine';
import { House } from '../support/house';
import { testPlan } from '../support/plan';

jest.setTimeout(120_000);

const UNITS = syntheticUnits(12, 4).filter((unit) => unit.filer.email !== '' && unit.supervisingUnit === undefined);
const withDeputy = UNITS.find((unit) => unit.deputyFiler.email !== '')!;
const refused = withDeputy.filer.email;
const [deferred, distrusted] = UNITS.filter((unit) => unit !== withDeputy).map((unit) => unit.filer.email) as [
  string,
  string,
];
const plan = testPlan({ start: nextNinthOfDecember(Date.now()) });

let dir: string;
let mailbox: Mailbox;
let engine: TestEngine;
let house: House;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'xiaohao-mailbox-'));
  mailbox = await Mailbox.start({ dir });
  engine = await testEngine('mail');
  house = await House.on({ ...engine.env, SMTP_URL: mailbox.smtpUrl });
  await house.start('api', 'worker', 'dispatch');
  await house.ready();
});
afterAll(async () => {
  await house.close();
  await mailbox.close();
  await engine.close();
  rmSync(dir, { recursive: true });
});

const arrived = () => mailbox.mails().map(({ messageId }) => messageId);

test('a mail server that hangs, refuses, defers and breaks off: the campaign goes on, and every letter arrives once', async () => {
  const { store, cases } = house;
  const rehearsal = engine.config.rehearsal!;
  const players = UNITS.map((unit) => unit.id);
  mailbox.faults = { hang: true };
  await setUp(store, cases, {
    id: rehearsal,
    campaign: `campaign/${rehearsal}`,
    plan,
    units: UNITS,
    seed: 1,
    players,
  });
  // The letters of the launch are due.
  await store.rehearsals.updateOne({ _id: rehearsal }, { $set: { now: launchOf(plan) + 600_000 } });
  const failed = await until('a letter the server would not take', () =>
    store.mails.findOne({ status: 'queued', lastError: { $exists: true } }).lean<MailDoc>(),
  );
  expect(failed.lastError).toContain('ETIMEDOUT');
  await until('all cases are open', async () => {
    return (await store.cases.countDocuments({ kind: 'unit-campaign' })) === UNITS.length;
  });
  const head = await house.sender('head', UNITS[2]!.id);
  const { _id } = (await store.cases.findOne({ unit: UNITS[2]!.id }).lean<CaseDoc>())!;
  const receipt = await head.post(`/${_id.replace('/', 's/')}/receipt`, {}, 'receipt-1');
  expect(receipt.status).toBe(200);
  await until('every letter is written', async () => (await store.mails.countDocuments()) === UNITS.length);
  expect(arrived()).toEqual([]);

  mailbox.faults = { reject: [refused], defer: [deferred], distrust: [distrusted] };
  await until(
    'the others have theirs',
    async () => (await store.mails.countDocuments({ status: 'sent' })) === UNITS.length - 3,
    60_000,
  );

  const admin = await house.sender('admin');
  const dead = await until('the distrusted one is given up', async () => {
    const { body } = await admin.get('/dead-letters');
    return body.mails[0];
  });
  expect([dead.recipient.email, dead.status]).toEqual([distrusted, 'dead']);
  expect(dead.lastError).toContain('554');
  const bounced = await until('the refused one is given up', () =>
    store.mails.findOne({ status: 'bounced' }).lean<MailDoc>(),
  );
  expect([bounced.person, bounced.lastError, bounced.reasons]).toEqual([personOf(refused), 'returned 550', []]);
  const waiting = await until('the deferred one was tried', () =>
    store.mails.findOne({ status: 'queued', lastError: /451/ }).lean<MailDoc>(),
  );
  await until('it is tried again', async () => {
    return ((await store.mails.findById(waiting._id).lean<MailDoc>())?.attempts ?? 0) > waiting.attempts;
  });

  const sent = (count: number) =>
    until(
      `${count} letters sent`,
      async () => (await store.mails.countDocuments({ status: 'sent' })) === count,
      60_000,
    );
  mailbox.faults = {};
  await sent(UNITS.length - 2);
  const resent = await admin.post(`/mails/${dead.id}/resend`, {}, 'resend-1');
  expect([resent.status, resent.body.status]).toEqual([200, 'queued']);
  await sent(UNITS.length - 1);

  mailbox.faults = { dropAfterStoring: 1 };
  // What the refused one said goes to the deputy, at the next time letters go out.
  await store.rehearsals.updateOne({ _id: rehearsal }, { $set: { now: launchOf(plan) + 1_200_000 } });
  await sent(UNITS.length);
  expect((await admin.get('/dead-letters')).body).toEqual({ mails: [], orders: [] });

  // The one whose receipt was lost came twice under one Message-ID, and each time is counted.
  expect(await expectMailedOnce(house, arrived())).toBe(1);
  const letter = (await store.mails.findOne({ person: personOf(withDeputy.deputyFiler.email) }).lean<MailDoc>())!;
  expect(arrived().filter((id) => id === letter.messageId)).toHaveLength(2);
  expect(letter.attempts).toBe(2);
  await expectConsistent(house);
});
