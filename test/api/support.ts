import { randomUUID } from 'node:crypto';
import pino from 'pino';
import request from 'supertest';
import { type Api, makeApp } from '../../api/app';
import { decodeTable } from '../../api/lists/decode-csv';
import type { ApiParts } from '../../api/services';
import type { Role } from '../../domain/case';
import type { Unit } from '../../domain/unit';
import { readUnitList } from '../../domain/unit-list/read-unit-list';
import type { Cases } from '../../engine/cases';
import { createToken } from '../../store/tokens';
import { sampleCounty } from '../../templates/sample-county/sample-county';
import type { TestEngine } from '../support/engine';

export interface Sent {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers as whoever gets them does.
  body: any;
  headers: Record<string, string>;
}

/** Somebody who speaks to the API with a token. */
export interface Speaker {
  get(path: string): Promise<Sent>;
  post(path: string, body?: object, key?: string, more?: Record<string, string>): Promise<Sent>;
}

export interface TestApi {
  app: Api;
  as(role: Role, of?: { unit?: Unit; sectors?: string[] }): Promise<Speaker>;
  close(): Promise<void>;
}

/** The API of a suite's engine, with other parts where a fault is to be forced. */
export function testApi(engine: TestEngine, parts: Partial<ApiParts> = {}): TestApi {
  const app = makeApp({
    store: engine.store,
    cases: engine.cases,
    engine: { workers: async () => 1 },
    config: { ...engine.config, RATE_LIMIT_PER_MINUTE: 100_000 },
    log: pino({ level: 'silent' }) as ApiParts['log'],
    ...parts,
  });
  return {
    app,
    async as(role, { unit, sectors } = {}) {
      const grant = { role, ...(unit && { unit: unit.id }), ...(sectors && { sectors }) };
      return speaker(app, (await createToken(engine.store, grant)).secret);
    },
    close: () => app.close(),
  };
}

export function speaker(app: Api, secret: string, language = 'en'): Speaker {
  const headers = { Authorization: `Bearer ${secret}`, 'Accept-Language': language };
  return {
    get: async (path) => request(app).get(`/api/v1${path}`).set(headers),
    post: async (path, body = {}, key = randomUUID(), more = {}) =>
      request(app)
        .post(`/api/v1${path}`)
        .set({ ...headers, 'Idempotency-Key': key, ...more })
        .send(body),
  };
}

/** The units of the sample county, as the import reads them. */
export function sampleUnits(): Unit[] {
  const table = decodeTable(sampleCounty().csv);
  if ('trouble' in table) throw new Error(table.trouble.message.en);
  const list = readUnitList(table, { codes: new Set() });
  if ('troubles' in list) throw new Error(list.troubles[0]?.message.en);
  return list.units;
}

/** Puts units straight into the list. */
export async function keepUnits(engine: TestEngine, units: Unit[]): Promise<void> {
  await engine.store.units.insertMany(units.map(({ id, ...unit }) => ({ _id: id, ...unit })));
}

/** A stand-in for the engine that does what a test tells it to. */
export function fakeCases(does: Partial<Pick<Cases, 'open' | 'deliver'>>): Cases {
  const refuse = async () => {
    throw new Error('not expected here');
  };
  return { open: refuse, deliver: refuse, ...does } as unknown as Cases;
}
