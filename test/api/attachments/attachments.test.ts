import { createHash, randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createToken } from '../../../store/tokens';
import { until } from '../../support/engine';
import { type County, formFor, openCounty } from '../county';
import { type Speaker, speaker, type TestApi, testApi } from '../support';
import { PDF, PNG } from './samples';

/** Files over HTTP, into a real database and a case on the real engine. */
let county: County;
let api: TestApi;
let server: http.Server;
let base: string;
let unitCampaign: string;
let other: string;
const secrets: Record<string, string> = {};
let filer: Speaker;

beforeAll(async () => {
  county = await openCounty('attachments');
  api = testApi(county.engine, { config: { ...county.engine.config, ATTACHMENT_LIMIT_MB: 1 } });
  server = api.app.listen(0);
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  const { store } = county.engine;
  const { hospital, second } = county;
  secrets.filer = (await createToken(store, { role: 'filer', unit: hospital.id })).secret;
  secrets.head = (await createToken(store, { role: 'head', unit: hospital.id })).secret;
  secrets.stranger = (await createToken(store, { role: 'filer', unit: second.id })).secret;
  secrets.admin = (await createToken(store, { role: 'admin' })).secret;
  secrets.reviewer = (await createToken(store, { role: 'reviewer' })).secret;
  filer = speaker(county.api.app, secrets.filer);
  const id = await county.launched();
  [unitCampaign, other] = [`/unit-campaigns/${id}-${hospital.id}`, `/unit-campaigns/${id}-${second.id}`];
  await county.engine.store.uploads.deleteMany({});
});

afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await api?.close();
  await county?.close();
});

const as = (who: string) => ({ Authorization: `Bearer ${secrets[who]}`, 'Accept-Language': 'en' });
async function upload(bytes: Uint8Array | ReadableStream, name = 'a.pdf', who = 'filer', to = unitCampaign) {
  const response = await fetch(`${base}${to}/attachments?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { ...as(who), 'Content-Type': 'text/html' },
    body: bytes,
    duplex: 'half',
  } as unknown as RequestInit);
  // biome-ignore lint/suspicious/noExplicitAny: as whoever gets it reads it.
  return { status: response.status, body: (await response.json()) as any };
}
const get = (id: string, headers: Record<string, string> = {}, who = 'filer') =>
  fetch(`${base}/attachments/${id}`, { headers: { ...as(who), ...headers } });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const different = (size = 300_000) =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from(randomUUID()), Buffer.alloc(size)]);

async function kept() {
  const { store } = county.engine;
  const files = await store.files.find({}).toArray();
  const { db } = store.attachments;
  const chunks = await db.collection('attachments.chunks').distinct('files_id');
  return [files.length, chunks.length, await store.attachments.countDocuments(), await store.uploads.countDocuments()];
}

test('what goes in comes out, by its own type and name; sent again it is the same', async () => {
  const first = await upload(PDF, '整改 "照片".pdf');
  const digest = sha256(PDF);
  expect(first).toEqual({
    status: 200,
    body: { id: expect.any(String), name: '整改 "照片".pdf', type: 'application/pdf', size: PDF.length, digest },
  });
  const before = await kept();
  expect((await upload(PDF, 'other.pdf')).body).toEqual(first.body);
  expect(await kept()).toEqual(before);
  const whole = await get(first.body.id);
  expect([whole.status, sha256(await bytesOf(whole))]).toEqual([200, digest]);
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-length': String(PDF.length),
    'accept-ranges': 'bytes',
    etag: `"${digest}"`,
    'x-content-type-options': 'nosniff',
    'content-disposition': expect.stringMatching(/^attachment; filename="__ _.+_\.pdf"; filename\*=UTF-8''%E6%95%B4/),
  });
  expect((await fetch(`${base}/attachments/${first.body.id}`, { method: 'HEAD', headers: as('filer') })).status).toBe(
    200,
  );
  expect((await get(first.body.id, { 'If-None-Match': `"${digest}"` })).status).toBe(304);
});

test('the same bytes sent by several at once are one attachment', async () => {
  const bytes = different();
  const [files, chunks, attachments] = await kept();
  const all = await Promise.all([1, 2, 3].map(() => upload(bytes)));
  expect(new Set(all.map(({ body }) => body.id)).size).toBe(1);
  expect(await kept()).toEqual([files! + 1, chunks! + 1, attachments! + 1, 0]);
  const elsewhere = await upload(bytes, 'a.pdf', 'admin', other);
  expect(elsewhere.body.id).not.toBe(all[0]!.body.id);
});

test('ranges', async () => {
  const { id, digest, size } = (await upload(PDF)).body;
  const part = await get(id, { Range: 'bytes=261100-261199' });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 261100-261199/${size}`]);
  expect(await bytesOf(part)).toEqual(PDF.subarray(261_100, 261_200));
  expect(await bytesOf(await get(id, { Range: 'bytes=-7' }))).toEqual(PDF.subarray(-7));
  expect((await get(id, { Range: 'bytes=0-9', 'If-Range': `"${digest}"` })).status).toBe(206);
  expect((await get(id, { Range: 'bytes=0-9', 'If-Range': '"old"' })).status).toBe(200);
  const beyond = await get(id, { Range: `bytes=${size}-` });
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${size}`]);
  expect(await beyond.json()).toMatchObject({ code: 'range-not-satisfiable' });
});

test('who may read is who may read the unit campaign; who may file may upload', async () => {
  const { id } = (await upload(PDF)).body;
  expect((await get(id, {}, 'stranger')).status).toBe(404);
  expect((await get(id, { Authorization: '' })).status).toBe(401);
  expect((await get('a-nothing')).status).toBe(404);
  for (const who of ['head', 'admin', 'reviewer']) expect((await get(id, {}, who)).status).toBe(200);
  expect((await upload(PNG, 'a.png', 'stranger')).status).toBe(404);
  expect((await upload(PNG, 'a.png', 'reviewer')).status).toBe(403);
  expect((await upload(PNG, 'a.png', 'nobody')).status).toBe(401);
});

test('a refused upload leaves nothing behind', async () => {
  const before = await kept();
  const large = new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(PDF));
      for (let i = 0; i < 8; i += 1) controller.enqueue(new Uint8Array(200_000));
      controller.close();
    },
  });
  const refusals = [
    await upload(large),
    await upload(Buffer.concat([PDF, Buffer.alloc(1_000_000)])),
    await upload(Buffer.from(`<script>${'x'.repeat(400_000)}`)),
    await upload(Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(600_000)])),
    await upload(new Uint8Array()),
    await upload(PDF, 'a\u0000b'),
    await upload(PDF, ''),
  ];
  expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
    [413, 'attachment-too-large'],
    [413, 'attachment-too-large'],
    [415, 'attachment-type'],
    [415, 'attachment-type'],
    [415, 'attachment-type'],
    [422, 'invalid-input'],
    [422, 'invalid-input'],
  ]);
  expect(await kept()).toEqual(before);
});

test('one that breaks off leaves nothing behind, nor does a process that died, in the end', async () => {
  const before = await kept();
  const { store } = county.engine;
  const request = http.request(`${base}${unitCampaign}/attachments?name=a.pdf`, {
    method: 'POST',
    headers: { ...as('filer'), 'Content-Length': '900000' },
  });
  request.on('error', () => {});
  request.write(different(600_000));
  await until('chunks', async () => (await kept())[1] === before[1]! + 1);
  request.destroy();
  await until('nothing', async () => (await kept()).join() === before.join());
  await pause(200);
  expect(await kept()).toEqual(before);
  const { file } = (await store.attachments.findOne({}).lean())!;
  await store.uploads.create({ _id: file, beganAt: 0 });
  const { ObjectId } = store.attachments.base.mongo;
  const dead = new ObjectId();
  await store.uploads.create({ _id: dead, beganAt: 0 });
  await store.attachments.db.collection('attachments.chunks').insertOne({ files_id: dead, n: 0 });
  await upload(PDF);
  expect(await kept()).toEqual(before);
});

test('a version is handed in with attachments; its digest covers them, and a correction keeps them', async () => {
  const path = `${unitCampaign}/obligations/deployment-report`;
  const { body: mine } = await upload(different());
  const { body: picture } = await upload(PNG, 'b.png');
  const foreign = (await upload(PNG, 'c.png', 'admin', other)).body.id;
  const form = await formFor(filer, path);
  const wrong = await filer.post(`${path}/file`, { form, attachments: [mine.id, foreign, 'a-0'] });
  expect([wrong.status, wrong.body.errors.map((one: { field: string }) => one.field)]).toEqual([
    422,
    ['attachments.1', 'attachments.2'],
  ]);
  const filed = await filer.post(`${path}/file`, { form, attachments: [picture.id, mine.id, picture.id] });
  expect([filed.status, filed.body.obligation.attachments]).toEqual([200, [picture, mine]]);
  const shown = (await filer.get(path)).body;
  expect(shown.attachments).toEqual([picture, mine]);
  expect(shown.history[0].attachments).toEqual([picture, mine]);
  const { submission } = filed.body.obligation;
  expect((await filer.get(`/contents/${submission.content}`)).body.attachments).toEqual([picture, mine]);
  // Everybody can reckon it again: keys sorted, no blanks.
  const sorted = JSON.stringify(
    {
      attachments: [picture, mine].map(({ digest, id, name, size, type }) => ({ digest, id, name, size, type })),
      form,
    },
    (_, value) =>
      value && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
  );
  expect(submission.digest).toBe(sha256(Buffer.from(sorted)));

  const head = speaker(county.api.app, secrets.head!);
  expect((await head.post(`${path}/sign`, { seen: submission.digest })).status).toBe(200);
  expect((await county.reviewer.post(`${path}/start-review`)).status).toBe(200);
  const corrected = { seen: submission.digest, form, note: '错字' };
  const correction = await county.reviewer.post(`${path}/correct`, corrected);
  expect(correction.status).toBe(200);
  const seen = correction.body.obligation.correction.digest;
  const agreed = await head.post(`${path}/consent`, { seen });
  expect([agreed.status, agreed.body.obligation.attachments]).toEqual([200, [picture, mine]]);
});
