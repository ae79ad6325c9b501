import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import request from 'supertest';
import { type TestEngine, testEngine } from '../support/engine';
import { type TestApi, testApi } from './support';

let engine: TestEngine;
let api: TestApi;

beforeAll(async () => {
  engine = await testEngine('docs');
  api = testApi(engine);
});

afterAll(async () => {
  await api?.close();
  await engine?.close();
});

const get = (path: string) => request(api.app).get(path);

test('the page and all its parts are ours, and open without a token', async () => {
  const page = await get('/api/v1/docs');
  expect([page.status, page.type]).toEqual([200, 'text/html']);
  const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part]) => part!);
  expect(parts).toHaveLength(4);
  expect(page.text).not.toMatch(/https?:|<script>|style=/);
  for (const part of parts) {
    const { status, headers } = await get(`/api/v1/${part}`);
    expect([part, status, headers['content-security-policy']]).toEqual([
      part,
      200,
      page.headers['content-security-policy'],
    ]);
  }
  expect(page.headers['content-security-policy']).not.toMatch(/unsafe|https?:|\*/);
  expect((await get('/api/v1/docs/')).headers.location).toBe('../docs');
  expect((await get('/api/v1/docs/index.html')).status).toBe(404);
  expect((await get('/api/v1/docs/..%2fpackage.json')).status).toBe(404);
});

const CHROMIUM = '/usr/bin/chromium';
const inBrowser = existsSync(CHROMIUM) ? test : test.skip;

inBrowser('a browser shows it under that policy', async () => {
  const server = createServer(api.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const troubles: string[] = [];
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    page.on('pageerror', (error) => troubles.push(error.message));
    await page.goto(`http://127.0.0.1:${port}/api/v1/docs`);
    page.setDefaultTimeout(15_000);
    await page.locator('#operations-tag-obligations').waitFor();
    await page.locator('button.authorize').waitFor();
    expect(troubles).toEqual([]);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
});
