import { randomBytes } from 'node:crypto';
import os from 'node:os';
import mongoose from 'mongoose';
import { applyMigrations, type MigrationDoc, migrationsOf } from '../../store/migrations/apply';
import { MIGRATIONS, type Migration } from '../../store/migrations/list';
import { openStore } from '../../store/store';

let connection: mongoose.Connection;
let db: mongoose.mongo.Db;

beforeEach(async () => {
  const dbName = `migrations_${randomBytes(4).toString('hex')}`;
  connection = mongoose.createConnection(process.env.TEST_MONGODB_URI!, { dbName, runtimeAdapters: { os } });
  await connection.asPromise();
  db = connection.db!;
});
afterEach(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const kept = (id: string) => db.collection<MigrationDoc>('migrations').findOne({ _id: id });
const counting = (id: string, ran: string[], ms = 0): Migration => ({
  id,
  async up() {
    ran.push(id);
    await new Promise((resolve) => setTimeout(resolve, ms));
  },
});

test('are applied in order, each once, however many processes start at once', async () => {
  const ran: string[] = [];
  const migrations = [counting('0001-a', ran, 300), counting('0002-b', ran, 50)];
  const applied = await Promise.all(Array.from({ length: 6 }, () => applyMigrations(db, migrations)));
  expect(ran).toEqual(['0001-a', '0002-b']);
  expect(applied.flat().sort()).toEqual(['0001-a', '0002-b']);
  expect(await kept('0001-a')).toMatchObject({ doneAt: expect.any(Number), ms: expect.any(Number) });
  expect(await applyMigrations(db, [...migrations, counting('0003-c', ran)])).toEqual(['0003-c']);
  expect(ran).toEqual(['0001-a', '0002-b', '0003-c']);
});

test('one whose process died is taken over when its lease has run out', async () => {
  const ran: string[] = [];
  const leases = db.collection<MigrationDoc>('migrations');
  await leases.insertOne({ _id: '0001-a', by: 'dead', leaseUntil: Date.now() + 600 });
  const began = Date.now();
  await applyMigrations(db, [counting('0001-a', ran)]);
  expect(Date.now() - began).toBeGreaterThan(400);
  expect(ran).toEqual(['0001-a']);
});

test('one that fails stops those after it, and is tried again at the next start', async () => {
  const ran: string[] = [];
  let fails = true;
  const failing: Migration = {
    id: '0001-a',
    async up() {
      if (fails) throw new Error('not today');
    },
  };
  const migrations = [failing, counting('0002-b', ran)];
  await expect(applyMigrations(db, migrations)).rejects.toThrow('not today');
  expect(ran).toEqual([]);
  expect(await migrationsOf(db, migrations)).toEqual({ pending: ['0001-a', '0002-b'], unknown: [] });
  fails = false;
  expect(await applyMigrations(db, migrations)).toEqual(['0001-a', '0002-b']);
  expect(await migrationsOf(db, [failing])).toEqual({ pending: [], unknown: ['0002-b'] });
});

test('opening a database applies those of this release', async () => {
  const store = await openStore({ uri: process.env.TEST_MONGODB_URI!, database: db.databaseName });
  await store.close();
  expect(await migrationsOf(db)).toEqual({ pending: [], unknown: [] });
  expect(await kept(MIGRATIONS[0]!.id)).toMatchObject({ doneAt: expect.any(Number) });
});

test('are numbered in order, without a gap', () => {
  expect(MIGRATIONS.map(({ id }) => Number(id.slice(0, 4)))).toEqual(MIGRATIONS.map((_, i) => i + 1));
  for (const { id } of MIGRATIONS) expect(id).toMatch(/^\d{4}(-[a-z0-9]+)+$/);
});
