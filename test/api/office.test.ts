import { RehearsalBusy } from '../../rehearsal/engine-control';
import { RehearsalStuck } from '../../rehearsal/settling';
import { personOf } from '../../store/person';
import { type TestEngine, testEngine } from '../support/engine';
import { testPlan } from '../support/plan';
import { keepUnits, type Speaker, sampleUnits, speaker, type TestApi, testApi } from './support';

/** Tokens, mails, dead letters and the clock of a rehearsal. */
let engine: TestEngine;
let api: TestApi;
let admin: Speaker;

const NOW = Date.parse('2026-12-09T09:10:00+08:00');
const control = {
  now: NOW,
  fault: undefined as Error | undefined,
  async advance(to: number) {
    if (control.fault) throw control.fault;
    const steps = Math.round((to - control.now) / 86_400_000);
    control.now = to;
    return { now: to, steps };
  },
  async status() {
    return { id: engine.config.rehearsal!, now: control.now, autopilot: true };
  },
};

beforeAll(async () => {
  engine = await testEngine('office');
  await keepUnits(engine, sampleUnits().slice(0, 3));
  api = testApi(engine, { rehearsal: control });
  admin = await api.as('admin');
});

afterAll(async () => {
  await api?.close();
  await engine?.close();
});

describe('tokens', () => {
  test('the secret is shown once and kept nowhere', async () => {
    const made = await admin.post('/tokens', { role: 'filer', unit: 'U001', label: '赵' });
    expect(made.status).toBe(201);
    const { secret, id } = made.body;
    expect((await speaker(api.app, secret).get('/units/U001')).status).toBe(200);
    const { items } = (await admin.get('/tokens')).body;
    expect(items.find((one: { id: string }) => one.id === id)).toMatchObject({ role: 'filer', label: '赵' });
    expect(JSON.stringify(items)).not.toContain(secret);
    expect(JSON.stringify(await engine.store.tokens.find({}).lean())).not.toContain(secret);
  });

  test('a filer or head needs a unit, and one there is', async () => {
    expect((await admin.post('/tokens', { role: 'head', label: 'x' })).body.code).toBe('role-needs-unit');
    expect((await admin.post('/tokens', { role: 'head', unit: 'U999', label: 'x' })).status).toBe(404);
    expect((await admin.post('/tokens', { role: 'king', label: 'x' })).body.errors[0].field).toBe('role');
  });
});

describe('mails', () => {
  const unit = () => sampleUnits()[0]!;

  beforeAll(async () => {
    const plan = testPlan();
    await engine.store.campaigns.insertMany([
      { _id: 'campaign/m', plan, digest: '', launchedAt: NOW, launchedBy: 't', units: 3 },
    ]);
    const mail = (n: number, status: 'sent' | 'dead') => ({
      _id: `mail-${n}`,
      campaign: 'campaign/m',
      person: personOf(unit().filer.email),
      at: NOW + (n % 2),
      reasons: [],
      kinds: ['due-soon'],
      status,
      attempts: 3,
      notBefore: 99,
      messageId: `<${n}@x>`,
    });
    await engine.store.mails.insertMany([mail(1, 'sent'), mail(2, 'sent'), mail(3, 'dead')]);
    const order = { case: 'campaign/m', campaign: 'campaign/m', at: NOW, attempts: 40, notBefore: 99 };
    await engine.store.outbox.insertMany([
      { ...order, _id: 'campaign/m/000001', type: 'roll-out', payload: { type: 'roll-out', at: NOW }, status: 'dead' },
    ]);
  });

  test('the log is latest first, in pages; only the admin learns who', async () => {
    const first = (await admin.get('/mails?campaign=m&limit=2')).body;
    const rest = (await admin.get(`/mails?campaign=m&limit=2&cursor=${first.next}`)).body;
    expect([...first.items, ...rest.items].map(({ id }: { id: string }) => id)).toEqual(['mail-3', 'mail-1', 'mail-2']);
    const { name, email } = unit().filer;
    expect(first.items[0].recipient).toEqual({ name, email });
    const auditor = await api.as('auditor');
    const seen = (await auditor.get('/mails')).body.items;
    expect(seen).toHaveLength(3);
    expect(JSON.stringify(seen)).not.toContain(email);
    expect((await (await api.as('reviewer')).get('/mails')).status).toBe(403);
  });

  test('dead letters are sent again, and only they', async () => {
    const dead = (await admin.get('/dead-letters')).body;
    expect(dead.mails.map(({ id }: { id: string }) => id)).toEqual(['mail-3']);
    expect(dead.orders).toMatchObject([{ id: 'campaign/m/000001', type: 'roll-out' }]);
    expect((await admin.post('/mails/mail-3/resend')).body).toEqual({ status: 'queued' });
    expect((await admin.post('/mails/mail-3/resend')).body.code).toBe('not-dead');
    expect((await admin.post('/mails/nothing/resend')).status).toBe(404);
    const order = encodeURIComponent('campaign/m/000001');
    expect((await admin.post(`/dead-letters/${order}/resend`)).body).toEqual({ status: 'new' });
    expect(await engine.store.outbox.findById('campaign/m/000001').lean()).toMatchObject({ attempts: 0, notBefore: 0 });
    expect((await admin.get('/dead-letters')).body).toEqual({ mails: [], orders: [] });
  });
});

describe('a rehearsal', () => {
  const path = () => `/rehearsals/${engine.config.rehearsal}`;

  test('moves by days, to the same time of a day, or to an instant', async () => {
    expect((await admin.get(path())).body.now).toBe('2026-12-09T09:10:00+08:00');
    const days = await admin.post(`${path()}/advance`, { days: 5 });
    expect(days.body).toEqual({ now: '2026-12-14T09:10:00+08:00', steps: 5 });
    const day = await admin.post(`${path()}/advance`, { to: '2026-12-16' });
    expect(day.body.now).toBe('2026-12-16T09:10:00+08:00');
    const instant = await admin.post(`${path()}/advance`, { to: '2026-12-16T23:58:00+08:00' });
    expect(instant.body.now).toBe('2026-12-16T23:58:00+08:00');
  });

  test('never back, never both ways, never by nothing', async () => {
    expect((await admin.post(`${path()}/advance`, { to: '2026-12-01' })).body.code).toBe('date-not-later');
    for (const body of [
      {},
      { days: 1, to: '2027-01-01' },
      { days: 0 },
      { to: 'tomorrow' },
      { to: '2027-01-01T10:00:00' },
    ]) {
      expect((await admin.post(`${path()}/advance`, body)).status).toBe(422);
    }
  });

  test('is moved by one at a time, and says when it is stuck', async () => {
    control.fault = new RehearsalBusy('moving');
    expect((await admin.post(`${path()}/advance`, { days: 1 })).body).toMatchObject({
      status: 409,
      code: 'rehearsal-busy',
    });
    control.fault = new RehearsalStuck('mail');
    expect((await admin.post(`${path()}/advance`, { days: 1 })).body).toMatchObject({
      status: 503,
      code: 'rehearsal-stuck',
    });
    control.fault = undefined;
  });

  test('there is none of another name, and none at all among real campaigns', async () => {
    expect((await admin.get('/rehearsals/other')).status).toBe(404);
    const real = testApi(engine, { config: { ...engine.config, rehearsal: undefined } });
    expect((await (await real.as('admin')).post(`${path()}/advance`, { days: 1 })).status).toBe(404);
    await real.close();
    expect((await (await api.as('auditor')).post(`${path()}/advance`, { days: 1 })).status).toBe(403);
  });
});
