import { fnv1a64, unitId } from '../../domain/id';

test.each([
  ['', 'cbf29ce484222325'],
  ['a', 'af63dc4c8601ec8c'],
  ['foobar', '85944171f73967e8'],
])('fnv1a64(%j) is the published value', (text, hash) => {
  expect(fnv1a64(text)).toBe(hash);
});

test('the id of a unit stays the same for ever', () => {
  expect(unitId('U001')).toBe(`u-${fnv1a64('U001')}`);
  expect(unitId('U001')).not.toBe(unitId('U002'));
});

test('spellings of one code give one id', () => {
  expect(new Set(['U001', 'u001', 'Ｕ００１', ' U001 '].map(unitId)).size).toBe(1);
});

test('ten thousand codes give ten thousand ids', () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => unitId(`U${index}`));
  expect(new Set(ids).size).toBe(10_000);
});
