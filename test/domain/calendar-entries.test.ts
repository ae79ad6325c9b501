import { campaignEntries, type Desk, dutyEntries, proposalEntries, reviewEntries } from '../../domain/calendar-entries';
import { campaign } from '../../domain/campaign';
import { campaignOpening } from '../../domain/campaign/opening';
import { isRefusal } from '../../domain/case';
import { testPlan } from '../support/plan';
import { at, person, UnitCase } from '../support/unit-case';

const REPORT = 'unit-campaign/c1-u-1/report';
const report = (unit: UnitCase) => dutyEntries(unit.state).find(({ duty }) => duty === 'report')!;
const reviewer = (...sectors: Desk['sectors']): Desk => ({ role: 'reviewer', sectors });

test('a duty has the UID of its mails and the day that is waited for', () => {
  const unit = new UnitCase();
  expect(dutyEntries(unit.state)).toHaveLength(2);
  expect(report(unit)).toMatchObject({ uid: `${REPORT}@xiaohao`, date: '2024-12-16', state: 'open', unit: 'u-1' });
  unit.do(
    '2024-12-10 10:00',
    { type: 'move-due', obligation: 'report', due: '2024-12-23', reason: 'snow' },
    person('admin'),
  );
  expect(report(unit)).toMatchObject({ uid: `${REPORT}@xiaohao`, date: '2024-12-23' });
});

test('it goes from open to done, and back with the day of a return', () => {
  const unit = new UnitCase().file('2024-12-10 10:00');
  expect(report(unit).state).toBe('unsigned');
  unit.sign('2024-12-10 11:00');
  expect(report(unit).state).toBe('handed-in');
  unit.sendBack('2024-12-11 10:00', '2024-12-20');
  expect(report(unit)).toMatchObject({ state: 'open', date: '2024-12-20' });
  unit.file('2024-12-12 10:00').sign('2024-12-12 11:00').accept('2024-12-12 12:00');
  expect(report(unit).state).toBe('done');
});

test('what is exempt, or was left when the case ended, is off', () => {
  const unit = new UnitCase();
  unit.do('2024-12-10 10:00', { type: 'exempt', obligation: 'report', reason: 'none' }, person('admin'));
  expect(dutyEntries(unit.state).map(({ state }) => state)).toEqual(['off', 'open']);
  unit.do('2024-12-11 10:00', { type: 'close', reason: 'merged' }, person('admin'));
  expect(dutyEntries(unit.state).map(({ state }) => state)).toEqual(['off', 'off']);
});

test('a review clock stands on the desk of its sector, on its last day, and is handed on', () => {
  const unit = new UnitCase();
  expect(reviewEntries(unit.state, reviewer())).toEqual([]);
  unit.file('2024-12-12 10:00').sign('2024-12-12 11:00');
  // Three working days from Thursday.
  const entry = { uid: `${REPORT}/review@xiaohao`, kind: 'review', date: '2024-12-17' };
  expect(reviewEntries(unit.state, reviewer())).toMatchObject([entry]);
  expect(reviewEntries(unit.state, reviewer('general'))).toHaveLength(1);
  expect(reviewEntries(unit.state, reviewer('fire'))).toEqual([]);
  expect(reviewEntries(unit.state, { role: 'admin', sectors: [] })).toEqual([]);
  unit.until('2024-12-20 12:00');
  expect(reviewEntries(unit.state, reviewer())).toMatchObject([{ ...entry, date: '2024-12-23' }]);
  unit.until('2024-12-24 12:00');
  expect(reviewEntries(unit.state, reviewer())).toEqual([]);
  expect(reviewEntries(unit.state, { role: 'admin', sectors: [] })).toMatchObject([{ uid: entry.uid }]);
  unit.do(
    '2024-12-24 13:00',
    { type: 'accept', obligation: 'report', seen: unit.get('report').submission!.digest },
    person('admin'),
  );
  expect(reviewEntries(unit.state, { role: 'admin', sectors: [] })).toEqual([]);
});

test('a proposal stands there until a person has decided', () => {
  const unit = new UnitCase().until('2024-12-23 12:00');
  expect(proposalEntries(unit.state)).toMatchObject([
    { uid: `${REPORT}/talk/3@xiaohao`, kind: 'proposal', measure: 'talk', date: '2024-12-23' },
  ]);
  unit.do(
    '2024-12-24 10:00',
    { type: 'settle-talk', obligation: 'report', outcome: 'held', note: '' },
    person('leader'),
  );
  expect(proposalEntries(unit.state)).toEqual([]);
});

test('a campaign has its start, its end and the day in force of every duty', () => {
  const opening = campaignOpening(testPlan(), { id: 'campaign/c1', digest: 'd', units: 3 }, at('2024-12-09 09:00'));
  const { state } = campaign.open(opening);
  const entries = campaignEntries(state);
  expect(entries).toHaveLength(2 + state.duties.length);
  expect(entries[0]).toMatchObject({ kind: 'start', date: '2024-12-09' });
  expect(entries.at(-1)).toMatchObject({ kind: 'end', date: '2025-03-08' });
  const when = { at: at('2024-12-10 09:00'), receivedAt: at('2024-12-10 09:00'), by: person('admin') };
  const moved = campaign.receive(state, { type: 'move-due', duty: 'report', due: '2024-12-20', reason: 'snow' }, when);
  if (isRefusal(moved)) throw new Error(moved.refused);
  const day = (list: typeof entries) => list.find(({ uid }) => uid === 'campaign/c1/due/report@xiaohao')!.date;
  expect([day(entries), day(campaignEntries(moved.state))]).toEqual(['2024-12-16', '2024-12-20']);
});
