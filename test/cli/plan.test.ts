import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { registerPlanCommands } from '../../cli/plan';

const seed = path.join(__dirname, '../domain/plan-check/seed-as-written.yaml');
const folder = mkdtempSync(path.join(tmpdir(), 'xiaohao-plan-'));

/** Runs one command line; gives what it printed and its exit code. */
function run(...args: string[]): { out: string; err: string; code: number } {
  const printed = { out: '', err: '' };
  const catching = (kind: 'out' | 'err') => (text: string | Uint8Array) => {
    printed[kind] += text;
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(catching('out')),
    jest.spyOn(process.stderr, 'write').mockImplementation(catching('err')),
  ];
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    const program = new Command().exitOverride();
    registerPlanCommands(program);
    program.parse(['plan', ...args], { from: 'user' });
    return { ...printed, code: Number(process.exitCode) };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

it('names the mistakes of the seed and exits 1', () => {
  const { out, code } = run('check', seed);
  expect(code).toBe(1);
  expect(out).toContain('错误  due-before-start  obligations/work-summary/due');
  expect(run('check', seed, '--lang', 'en').out).toContain('error  part-absent  parts/annex-3');
});

it('passes the shipped template, and refuses it at launch', () => {
  expect(run('check', 'county-health').code).toBe(0);
  const { out, code } = run('check', 'county-health', '--start', '2025-12-09', '--launch', '--json');
  expect(code).toBe(1);
  const { findings, refused } = JSON.parse(out);
  expect(refused).toBe(true);
  expect(findings).toContainEqual(expect.objectContaining({ code: 'contact-open', severity: 'error' }));
});

it('exits 2 with path and line for what cannot be read', () => {
  const file = path.join(folder, 'bad.yaml');
  writeFileSync(file, 'code: x\nmonths: many\n');
  const { err, code } = run('check', file);
  expect(code).toBe(2);
  expect(err).toContain(`${file}:2 months: `);
  expect(run('show', path.join(folder, 'nowhere.yaml')).code).toBe(2);
  expect(JSON.parse(run('check', file, '--json').out).troubles[0]).toHaveProperty('place');
});

it('marks what is waived', () => {
  const file = path.join(folder, 'waived.yaml');
  const waiver = 'waivers:\n  - { code: part-absent, place: parts/annex-3, reason: 随后另发 }\n';
  writeFileSync(file, readFileSync(seed, 'utf8') + waiver);
  expect(run('check', file).out).toContain('part-absent  parts/annex-3  [已豁免: 随后另发]');
});

it('shows the days of a plan, and offsets for a template', () => {
  const shown = run('show', 'county-health', '--start', '2024-12-09').out;
  expect(shown).toContain('2024-12-09 至 2025-03-08');
  expect(shown).toContain('2025-02-22 周六（非工作日）  self-inspection#5');
  expect(run('show', 'county-health', '--lang', 'en').out).toContain('+15 (every 15 days)  self-inspection');
});
