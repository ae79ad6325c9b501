import type { Actor } from '../../../domain/case';
import type { ObligationMessage } from '../../../domain/unit-campaign/messages';
import type { ObligationStatus } from '../../../domain/unit-campaign/state';
import { OBLIGATION_TABLE } from '../../../domain/unit-campaign/table';
import { UNIT_TABLE } from '../../../domain/unit-campaign/unit-table';
import { reachableFrom, TABLES, unreachable } from '../../../rehearsal/tables';
import { content, person, UnitCase } from '../../support/unit-case';

const DAY = '2024-12-24 10:00';
const admin = person('admin');
const reviewer = person('reviewer');
const of = (status: ObligationStatus) => STATUSES[status]();

/** `report`, a week after its day with a talk proposed, in each status; `accepted` and `exempt` have none any more. */
const STATUSES: Record<ObligationStatus, () => UnitCase> = {
  pending: () => new UnitCase().until('2024-12-24 08:30'),
  filed: () => of('pending').file('2024-12-24 08:40', 'report', 'v1'),
  signed: () => of('filed').sign('2024-12-24 08:45'),
  'under-review': () => of('signed').do('2024-12-24 08:50', { type: 'start-review', obligation: 'report' }, reviewer),
  correcting: () => of('signed').do('2024-12-24 08:50', message('correct'), reviewer),
  returned: () => of('signed').sendBack('2024-12-24 08:50', '2024-12-31'),
  accepted: () => of('signed').accept('2024-12-24 08:50'),
  exempt: () => of('pending').do('2024-12-24 08:50', message('exempt'), admin),
};

const MESSAGES: {
  [T in ObligationMessage['type']]: [Omit<Extract<ObligationMessage, { type: T }>, 'type' | 'obligation'>, Actor];
} = {
  file: [{ content: content('v9') }, person('filer')],
  sign: [{ seen: 'v1' }, person('head')],
  withdraw: [{ reason: '' }, person('filer')],
  'start-review': [{}, reviewer],
  accept: [{ seen: 'v1' }, reviewer],
  return: [{ seen: 'v1', reasons: [{ text: '' }], redo: '2024-12-31' }, reviewer],
  correct: [{ seen: 'v1', content: content('v2'), note: '' }, reviewer],
  consent: [{ seen: 'v2' }, person('head')],
  decline: [{ reason: '' }, person('head')],
  reopen: [{ reason: '' }, admin],
  exempt: [{ reason: '' }, admin],
  reinstate: [{ reason: '', due: '2025-01-10' }, admin],
  'ask-extension': [{ to: '2025-01-10', reason: '' }, person('filer')],
  'decide-extension': [{ grant: true, reason: '' }, admin],
  'move-due': [{ due: '2025-01-10', reason: '' }, admin],
  urge: [{}, admin],
  'settle-talk': [{ outcome: 'held', note: '' }, person('leader')],
};

function message(type: ObligationMessage['type']): ObligationMessage {
  return { type, obligation: 'report', ...MESSAGES[type][0] } as ObligationMessage;
}

/** Where each row leads in these examples, or the code of the refusal that is right there. */
const LEADS: Record<ObligationStatus, Record<string, string>> = {
  pending: { ...owed('pending'), file: 'filed' },
  filed: { ...owed('filed'), file: 'filed', sign: 'signed', withdraw: 'pending' },
  signed: {
    ...onDesk('signed'),
    withdraw: 'pending',
    'start-review': 'under-review',
    accept: 'accepted',
    correct: 'correcting',
  },
  'under-review': {
    ...onDesk('under-review'),
    'start-review': 'under-review',
    accept: 'accepted',
    correct: 'correcting',
  },
  correcting: { ...onDesk('correcting'), consent: 'under-review', decline: 'under-review' },
  returned: {
    ...owed('returned'),
    file: 'filed',
    'ask-extension': 'returned',
    'decide-extension': 'refused: nothing-asked',
  },
  accepted: { reopen: 'under-review' },
  exempt: { reinstate: 'pending' },
};

function owed(self: string): Record<string, string> {
  return {
    'clock:reminder': self,
    'clock:due': self,
    'clock:ladder': self,
    'move-due': self,
    // A week after its day it is too late to ask: `office.test.ts` has those that are in time.
    'ask-extension': 'refused: extension-too-late',
    'decide-extension': 'refused: nothing-asked',
    'settle-talk': self,
    urge: self,
    exempt: 'exempt',
  };
}

function onDesk(self: string): Record<string, string> {
  return { 'clock:review': self, 'move-due': self, 'settle-talk': self, return: 'returned', exempt: 'exempt' };
}

const rows = Object.entries(LEADS).flatMap(([status, leads]) =>
  Object.entries(leads).map(([type, to]) => [status as ObligationStatus, type, to] as const),
);

describe('every row of the table of an obligation', () => {
  test('has an example here, and every example has a row', () => {
    const inTable = Object.entries(OBLIGATION_TABLE).flatMap(([status, row]) =>
      Object.keys(row).map((type) => `${status} ${type}`),
    );
    expect(rows.map(([status, type]) => `${status} ${type}`).sort()).toEqual(inTable.sort());
  });

  test.each(rows.filter(([, type]) => !type.startsWith('clock:')))('%s, %s: %s', (status, type, to) => {
    const one = of(status);
    expect(one.get('report').status).toBe(status);
    const result = one.try(
      DAY,
      message(type as ObligationMessage['type']),
      MESSAGES[type as ObligationMessage['type']][1],
    );
    expect('refused' in result ? `refused: ${result.refused}` : one.get('report').status).toBe(to);
    if (!('refused' in result)) expect(result.facts.length).toBeGreaterThan(0);
  });

  test.each(['pending', 'filed', 'returned'] as const)(
    '%s: reminder, due day and ladder come by themselves',
    (status) => {
      const one = of(status);
      // A moved day starts the ladder anew; a return leaves it waiting for its talk.
      const later = { ...message('move-due'), due: '2024-12-31' } as ObligationMessage;
      one.do(DAY, status === 'returned' ? message('settle-talk') : later, admin);
      const before = one.facts.length;
      one.until('2025-01-03 12:00');
      const types = one.facts
        .slice(before)
        .filter((fact) => fact.about === 'report')
        .map((fact) => fact.type);
      expect(types.filter((type) => !['reminded', 'proposed'].includes(type))).toEqual(['due-missed', 'ladder-step']);
      expect(types).toContain('reminded');
      expect(one.get('report').status).toBe(status);
    },
  );

  test.each(['signed', 'under-review', 'correcting'] as const)(
    '%s: the clock of the review, and none of the unit, runs',
    (status) => {
      const one = of(status);
      const before = one.facts.length;
      one.until('2025-01-03 12:00');
      expect(
        one.facts
          .slice(before)
          .filter((fact) => fact.about === 'report')
          .map((fact) => fact.type),
      ).toEqual(['review-handed-on', 'review-handed-on']);
      expect(one.get('report').status).toBe(status);
    },
  );

  test('whatever else is refused with what is possible', () => {
    for (const status of Object.keys(STATUSES) as ObligationStatus[]) {
      for (const type of Object.keys(MESSAGES) as ObligationMessage['type'][]) {
        if (OBLIGATION_TABLE[status][type]) continue;
        const data = { state: status, message: type, possible: Object.keys(OBLIGATION_TABLE[status]) };
        expect(of(status).try(DAY, message(type), MESSAGES[type][1])).toEqual({ refused: 'not-now', data });
      }
    }
  });
});

describe('the tables', () => {
  test('every state can be come to', () => {
    for (const one of Object.values(TABLES)) expect(unreachable(one)).toEqual([]);
  });

  test('no state is without a way out: an end can be come to from each', () => {
    const ends = { obligation: ['accepted', 'exempt'], 'unit-campaign': ['closed'], campaign: ['closed'] };
    for (const [name, { table }] of Object.entries(TABLES)) {
      for (const state of Object.keys(table)) {
        const found = reachableFrom(table, state);
        expect([name, state, ends[name as keyof typeof ends].some((end) => found.has(end))]).toEqual([
          name,
          state,
          true,
        ]);
      }
    }
  });

  test('what has ended has ended', () => {
    expect(UNIT_TABLE.closed).toEqual({});
  });

  test('of the unit: every row has its example in unit.test.ts', () => {
    const everywhere = ['acknowledge', 'record-call', 'leave', 'close', 'clock:period-over'];
    expect(Object.keys(UNIT_TABLE.running)).toEqual(everywhere);
    expect(Object.keys(UNIT_TABLE.complete)).toEqual(everywhere);
  });
});
