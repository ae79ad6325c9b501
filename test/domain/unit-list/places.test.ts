import { readPlaces } from '../../../domain/unit-list/places';

test('rooms, installations and projects, half-width and full-width, on one line or several', () => {
  const read = readPlaces('试剂库(房间)；液氧站（设施）\n新住院楼(建设项目;甲建筑公司;乙监理公司);食堂');
  expect(read).toEqual({
    places: [
      { name: '试剂库', kind: 'room' },
      { name: '液氧站', kind: 'installation' },
      { name: '新住院楼', kind: 'construction-project', contractor: '甲建筑公司', supervisor: '乙监理公司' },
      { name: '食堂', kind: 'room' },
    ],
    wrong: [],
  });
});

test('codes of the kinds, and a project whose supervisor is not yet appointed', () => {
  expect(readPlaces('New wing(construction-project; A Ltd; 无)').places).toEqual([
    { name: 'New wing', kind: 'construction-project', contractor: 'A Ltd' },
  ]);
});

test('a bracket of the name stays with the name', () => {
  expect(readPlaces('门诊楼（一期）（项目；甲；乙）').places).toEqual([
    { name: '门诊楼（一期）', kind: 'construction-project', contractor: '甲', supervisor: '乙' },
  ]);
});

test.each(['试剂库（仓储）', '试剂库（房间；甲公司）', '楼（项目；甲；乙；丙）', '（房间）', '楼（项目；甲', '楼）'])(
  '%s is malformed',
  (entry) => {
    expect(readPlaces(entry)).toEqual({ places: [], wrong: [{ code: 'place-malformed', entry }] });
  },
);

test('a name twice in a unit is named', () => {
  expect(readPlaces('食堂；食堂（房间）').wrong).toEqual([{ code: 'place-twice', entry: '食堂' }]);
});

test.each(['', '无', '-', ' ； ;\n'])('%j is no place', (cell) => {
  expect(readPlaces(cell)).toEqual({ places: [], wrong: [] });
});
