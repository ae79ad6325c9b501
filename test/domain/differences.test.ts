import { type CaseSeen, differencesOf, LONG_MS } from '../../domain/differences';

const NOW = 1_000_000_000;
const WELL: CaseSeen = {
  id: 'unit-campaign/a',
  shown: { revision: 4, closed: false, nextAt: NOW + 1 },
  engine: { revision: 4, recorded: 4, closed: false },
  now: NOW,
};
const kinds = (seen: Partial<CaseSeen>) => differencesOf({ ...WELL, ...seen }).map(({ kind }) => kind);

test('a case seen the same from all sides has no differences', () => {
  expect(kinds({})).toEqual([]);
  expect(kinds({ shown: { revision: 4, closed: false, nextAt: NOW - LONG_MS } })).toEqual([]);
});

test('each difference has its name', () => {
  expect(kinds({ engine: { revision: 5, recorded: 4, closed: false } })).toEqual(['not-recorded']);
  expect(kinds({ shown: { revision: 3, closed: false } })).toEqual(['projection-behind']);
  expect(kinds({ shown: { revision: 5, closed: false } })).toEqual(['projection-ahead']);
  expect(kinds({ shown: undefined })).toEqual(['projection-missing']);
  expect(kinds({ engine: 'absent' })).toEqual(['case-missing']);
  expect(kinds({ engine: 'absent', shown: undefined })).toEqual(['case-missing']);
  expect(kinds({ engine: 'silent' })).toEqual(['case-silent']);
  expect(kinds({ shown: { revision: 4, closed: false, nextAt: NOW - LONG_MS - 1 } })).toEqual(['step-late']);
});

test('a closed case whose history is past its retention is well', () => {
  expect(kinds({ engine: 'absent', shown: { revision: 4, closed: true } })).toEqual([]);
});

test('the numbers are told', () => {
  expect(differencesOf({ ...WELL, engine: { revision: 9, recorded: 7, closed: false } })).toEqual([
    { kind: 'not-recorded', case: WELL.id, data: { engine: 9, recorded: 7 } },
    { kind: 'projection-behind', case: WELL.id, data: { engine: 9, shown: 4 } },
  ]);
});
