import type { Unit } from '../../domain/unit';
import { sampleCounty } from '../../templates/sample-county/sample-county';
import { carryOutOrder } from '../../worker/dispatch/orders';
import { type TestEngine, testEngine, until } from '../support/engine';
import { keepUnits, type Sent, type Speaker, sampleUnits, type TestApi, testApi } from './support';

/** Five units of the sample county and its office, over HTTP, on the real engine with a worker running. */
export interface County {
  engine: TestEngine;
  api: TestApi;
  admin: Speaker;
  reviewer: Speaker;
  units: Unit[];
  hospital: Unit;
  second: Unit;
  /** Joins late. */
  late: Unit;
  clinic: Unit;
  /** Files and signs for the clinic. */
  supervisor: Unit;
  /** Body of a launch with all units but the late one. */
  launch(change?: object): Record<string, unknown>;
  /** Launches and waits until all cases run. @returns the campaign's id. */
  launched(key?: string): Promise<string>;
  /** Carries out all orders there are. */
  rollOut(): Promise<void>;
  close(): Promise<void>;
}

export async function openCounty(name: string): Promise<County> {
  const engine = await testEngine(name);
  const api = testApi(engine);
  const all = sampleUnits();
  const byCode = (code: string) => all.find((one) => one.code === code)!;
  const clinic = all.find((one) => one.supervisingUnit !== undefined)!;
  const supervisor = byCode(clinic.supervisingUnit!);
  const [hospital, second, late] = [byCode('U001'), byCode('U002'), byCode('U006')];
  const units = [hospital, second, late, clinic, supervisor];
  await keepUnits(engine, units);
  const [admin, reviewer] = [await api.as('admin'), await api.as('reviewer')];
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const worker = engine.withWorker(() => stopped);
  const county: County = {
    ...{ engine, api, admin, reviewer, units, hospital, second, late, clinic, supervisor },
    launch: (change = {}) => ({
      plan: 'county-health',
      start: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
      contacts: sampleCounty().contacts,
      units: units.filter((one) => one !== late).map((one) => one.code),
      ...change,
    }),
    async launched(key) {
      const { id } = (await admin.post('/campaigns', county.launch(), key)).body.campaign;
      await county.rollOut();
      await until('running', async () => {
        const { body } = await admin.get(`/campaigns/${id}`);
        return body.status === 'running' && body.receipts.missing === 4;
      });
      return id;
    },
    async rollOut() {
      const desk = { store: engine.store, cases: engine.cases, perSecond: 1_000, stopping: () => false };
      while (await carryOutOrder(desk)) {
        // until there is none
      }
    },
    async close() {
      stop();
      await worker;
      await api.close();
      await engine.close();
    },
  };
  return county;
}

/** Fills in a form with the least that is complete. */
export async function formFor(who: Speaker, path: string): Promise<Record<string, unknown>> {
  const answer: Record<string, unknown> = {
    text: '甲',
    paragraph: '乙',
    number: 3,
    date: '2026-12-10',
    'yes-no': true,
  };
  const { body } = await who.get(path);
  return Object.fromEntries(body.form.map(({ code, kind }: { code: string; kind: string }) => [code, answer[kind]]));
}

export const outcome = ({ status, body }: Sent) => [status, body.code];
