import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putInCache } from '../../local/cache';
import { download } from '../../local/download';
import { mongodBinary } from '../../local/mongo';
import { temporalBinary } from '../../local/temporal';

const given = { ...process.env };
let dir: string;
let said: string[];
const say = (line: string) => said.push(line);

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'xiaohao-sources-'));
  for (const name of ['bin', 'cache']) mkdirSync(join(dir, name));
  process.env.PATH = `${join(dir, 'bin')}:/usr/bin:/bin`;
  process.env.XIAOHAO_CACHE = join(dir, 'cache');
  said = [];
});

afterEach(() => {
  process.env = { ...given };
  rmSync(dir, { recursive: true });
});

function script(path: string, body: string): string {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('Temporal on PATH is taken when it can skip time, and passed over when it is too old', async () => {
  const onPath = script(join(dir, 'bin', 'temporal-server'), 'echo temporal version 1.33.0');
  const cached = script(join(dir, 'cache', `temporal-server-1.32.1-${process.platform}-${process.arch}`), '');
  expect(await temporalBinary(say)).toEqual({ path: onPath, source: `${onPath} on PATH, 1.33.0` });
  script(onPath, 'echo temporal version 1.31.4');
  expect((await temporalBinary(say)).path).toBe(cached);
  expect(said).toEqual([`Temporal: ${onPath} is 1.31.4; 1.32 or later is needed, going on`]);
});

test('a mongod that lacks a library is refused in words', async () => {
  const error = 'mongod: error while loading shared libraries: libcurl.so.4: cannot open shared object file';
  script(join(dir, 'bin', 'mongod'), `echo "${error}" >&2; exit 127`);
  await expect(mongodBinary(say)).rejects.toThrow(
    /^mongod needs the library libcurl\.so\.4; on Debian or Ubuntu: apt-get/,
  );
});

test('a file of the cache appears whole or not at all', async () => {
  const path = await putInCache('tool-1.0', async (workDir) => script(join(workDir, 'tool'), 'echo'));
  expect(path).toBe(join(dir, 'cache', 'tool-1.0'));
  await expect(
    putInCache('tool-2.0', async (workDir) => {
      script(join(workDir, 'tool'), 'echo');
      throw new Error('cut off');
    }),
  ).rejects.toThrow('cut off');
  expect(readdirSync(join(dir, 'cache'))).toEqual(['tool-1.0']);
});

test('a download is checked against its checksum', async () => {
  const content = Buffer.alloc(300_000, 'x');
  const server = createServer((_request, response) => response.end(content)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const to = join(dir, 'file');
  await download(url, createHash('sha256').update(content).digest('hex'), to, say);
  expect(readFileSync(to).equals(content)).toBe(true);
  await expect(download(url, 'another', to, say)).rejects.toThrow(/^checksum is [0-9a-f]{64}, expected another$/);
  server.close();
  await expect(download('http://127.0.0.1:1/', '', join(dir, 'none'), say)).rejects.toThrow();
  expect(existsSync(join(dir, 'none'))).toBe(false);
});
