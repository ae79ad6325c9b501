import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ports } from '../../local/ports';

test('ports are the same at the next start, and others when they are taken', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'xiaohao-ports-'));
  const said: string[] = [];
  const ports = () => new Ports(dir, (line) => said.push(line));
  const first = ports();
  const [a, b] = [await first.take('a'), await first.take('b')];
  expect(a).not.toBe(b);
  expect(await ports().take('a')).toBe(a);

  const squatter = createServer().listen(a, '127.0.0.1');
  await once(squatter, 'listening');
  const another = await ports().take('a');
  expect(another).not.toBe(a);
  expect(said).toEqual([`a: port ${a} of last time is taken, choosing another`]);
  await expect(ports().take('c', a)).rejects.toThrow(`Port ${a} for c is taken`);

  squatter.close();
  expect(await ports().take('a')).toBe(another);
  rmSync(dir, { recursive: true });
});
