import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import type { Plan } from '../../domain/plan';
import type { Unit } from '../../domain/unit';
import type { Mail } from '../../local/mail-store';
import { Mailbox } from '../../local/mailbox';
import type { MailDoc } from '../../store/documents';
import { sendLetter } from '../../worker/dispatch/letters';
import { gatherLetters, planReasons } from '../../worker/dispatch/post';
import { type TestEngine, testEngine } from './engine';
import { testPlan } from './plan';
import { at, type UnitCase } from './unit-case';

export const CAMPAIGN = 'campaign/c1';

/** The dispatcher's post on a real database and a real SMTP server; cases come as the rules made them. */
export class TestPostOffice {
  private readonly transport;

  private constructor(
    readonly engine: TestEngine,
    readonly mailbox: Mailbox,
    private readonly dir: string,
  ) {
    this.transport = createTransport({ url: mailbox.smtpUrl });
  }

  static async open(name: string, units: Unit[], plan: Plan = testPlan()): Promise<TestPostOffice> {
    const engine = await testEngine(name);
    const { store } = engine;
    const dir = mkdtempSync(path.join(tmpdir(), 'xiaohao-mailbox-'));
    const mailbox = await Mailbox.start({ dir });
    await store.campaigns.insertMany([
      { _id: CAMPAIGN, plan, digest: 'd', launchedAt: at('2024-12-09 09:00'), launchedBy: 't', units: units.length },
    ]);
    await store.units.insertMany(units.map(({ id, ...unit }) => ({ _id: id, ...unit })));
    return new TestPostOffice(engine, mailbox, dir);
  }

  get store() {
    return this.engine.store;
  }

  /** Writes down a case as it stands, and its reasons to write that are not there yet. */
  async record(one: UnitCase): Promise<void> {
    const { state } = one;
    const of = { campaign: CAMPAIGN, unit: state.unit };
    await this.store.cases.updateOne(
      { _id: state.id },
      { $set: { kind: 'unit-campaign', ...of, status: state.status, closed: state.closed, state } },
      { upsert: true },
    );
    await this.store.outbox.bulkWrite(
      one.mails.map((payload, n) => {
        const row = { case: state.id, ...of, at: payload.at, type: 'mail', payload, status: 'new' };
        const filter = { _id: `${state.id}/${String(n).padStart(4, '0')}` };
        return { updateOne: { filter, update: { $setOnInsert: { ...row, attempts: 0, notBefore: 0 } }, upsert: true } };
      }) as never,
    );
  }

  /** Moves the rehearsal's clock, and does all that is due by then. */
  async workUntil(time: string): Promise<void> {
    const now = at(time);
    const rehearsal = { _id: this.engine.config.rehearsal! };
    await this.store.rehearsals.updateOne(rehearsal, { $set: { now } }, { upsert: true });
    const office = { store: this.store, transport: this.transport, from: 'x@xiaohao.test', baseUrl: 'https://x.test' };
    for (;;) {
      const planned = await planReasons(this.store);
      const gathered = await gatherLetters(this.store, now);
      const sent = await sendLetter(office);
      if (!planned && !gathered && !sent) return;
    }
  }

  /** What an address has got, oldest first. */
  arrived(to: string): Mail[] {
    return this.mailbox.mails({ to }).reverse();
  }

  /** The mail as it was received. */
  async raw(mail: Mail): Promise<string> {
    return (await fetch(`${this.mailbox.httpUrl}/mails/${mail.id}/raw`)).text();
  }

  letters(filter: object = {}): Promise<MailDoc[]> {
    return this.store.mails.find(filter).sort({ at: 1, _id: 1 }).lean<MailDoc[]>();
  }

  async close(): Promise<void> {
    this.transport.close();
    await this.mailbox.close();
    await this.engine.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** A unit whose three people have addresses of their own. */
export function testUnit(id: string, change: Partial<Unit> = {}): Unit {
  const person = (role: string) => ({ name: `${role} ${id}`, email: `${role}@${id}.test`, phone: '0000-1' });
  return {
    id,
    code: id.toUpperCase(),
    name: `单位${id}`,
    kind: 'clinic',
    town: '镇',
    sectors: ['general'],
    filer: person('filer'),
    deputyFiler: person('deputy'),
    head: person('head'),
    onePerson: false,
    places: [],
    ...change,
  };
}
