import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import days from 'chinese-days/dist/chinese-days.json';
import { registerCalendarCommands } from '../../cli/calendar';
import { registerPlanCommands } from '../../cli/plan';
import { type Ran, runCommand } from '../support/command-line';
import { eventsOf } from '../support/icalendar';

const folder = mkdtempSync(path.join(tmpdir(), 'xiaohao-calendar-'));

/** Runs one command line; gives what it printed and its exit code. */
async function run(...args: string[]): Promise<Ran> {
  return runCommand([registerPlanCommands, registerCalendarCommands], args);
}

describe('plan calendar', () => {
  const at = (...more: string[]) => run('plan', 'calendar', 'county-health', '--start', '2024-12-09', ...more);

  it('prints every kind of date in order', async () => {
    const { out, code } = await at();
    expect(code).toBe(0);
    expect(out).toMatch(/2024-12-09 周一 +00:00 {2}集中整治开始/);
    expect(out).toMatch(/2024-12-15 周日（非工作日） {2}08:30 {2}提醒：安排部署情况（截止前1天）/);
    expect(out).toMatch(/2024-12-16 周一 +24:00 {2}截止：安排部署情况/);
    expect(out).toMatch(/2024-12-23 周一 +08:30 {2}督办第3级：建议约谈，安排部署情况（逾期第5个工作日/);
    expect(out).toMatch(/2025-02-22 周六（非工作日） {2}24:00 {2}截止：危险化学品定期自查（第5次）/);
    expect(out).toMatch(/2025-03-08 周六（非工作日） {2}24:00 {2}集中整治结束/);
    expect(out).toContain('领域审核：领域审核员，3个工作日');
    expect(out).not.toContain('尚未公布');
    expect((await at('--lang', 'en')).out).toContain('Review clocks, in working days');
  });

  it('names a year whose days off are not published', async () => {
    const { out } = await run('plan', 'calendar', 'county-health', '--start', '2026-12-09');
    expect(out).toContain('2027 年的放假安排尚未公布');
  });

  it('writes the same dates for a calendar program', async () => {
    const file = path.join(folder, 'out.ics');
    const { out, code } = await at('--ics', file);
    const { dates } = JSON.parse((await at('--json')).out);
    const events = eventsOf(readFileSync(file, 'utf8'));
    expect([code, events.length]).toEqual([0, dates.length]);
    expect(out).toContain('2024-12-16');
    expect(eventsOf((await at('--ics', '-')).out)).toHaveLength(dates.length);
  });

  it('asks for a start, names what cannot be read, and what cannot be written', async () => {
    const open = await run('plan', 'calendar', 'county-health');
    expect([open.code, open.out]).toEqual([2, '']);
    expect(open.err).toContain('--start');
    expect((await run('plan', 'calendar', 'no-such-plan')).code).toBe(2);
    const lost = await at('--ics', path.join(folder, 'no/such/out.ics'));
    expect([lost.code, lost.out]).toEqual([2, '']);
    expect(lost.err).toContain('无法写入');
  });
});

describe('calendar check and show', () => {
  it('finds the shipped days to be those of chinese-days, and names what only one has', async () => {
    const { out, code } = await run('calendar', 'check');
    expect(code).toBe(0);
    expect(out).toMatch(/2025 {2}一致（国务院办公厅关于2025年/);
    expect(out).toContain('2018  只有 chinese-days 有这一年');
    expect(out).toMatch(/(\d{4}) {2}\1 年的放假安排尚未公布/);
  });

  it('names each day that differs, and exits 1', async () => {
    const known: Record<string, string> = days.workdays;
    known['2025-10-01'] = 'odd';
    const { out, code } = await run('calendar', 'check', '--year', '2025');
    delete known['2025-10-01'];
    expect(code).toBe(1);
    expect(out).toContain('2025-10-01 周三（非工作日）：本系统为非工作日，chinese-days 为工作日');
  });

  it('looks at one year where that is asked', async () => {
    const { years } = JSON.parse((await run('calendar', 'check', '--year', '2025', '--json')).out);
    expect(years).toEqual([expect.objectContaining({ year: 2025, known: 'both', differences: [] })]);
    expect((await run('calendar', 'check', '--year', '2040', '--lang', 'en')).out).toContain(
      '2040 are not published yet',
    );
  });

  it('shows days off and make-up days with their notice', async () => {
    const { out, code } = await run('calendar', 'show', '2025');
    expect(code).toBe(0);
    expect(out).toContain('国办发明电〔2024〕12号');
    expect(out).toContain('2025-01-28 周二');
    expect(out).toMatch(/调休上班 \(5\)\n {4}2025-01-26 周日/);
    const none = await run('calendar', 'show', '2040');
    expect([none.code, none.out]).toEqual([1, '2040 年的放假安排尚未公布，只按周末计算非工作日\n']);
  });
});
