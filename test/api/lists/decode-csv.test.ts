import fc from 'fast-check';
import iconv from 'iconv-lite';
import { decodeTable, MAX_BYTES, MAX_ROWS } from '../../../api/lists/decode-csv';

const ROWS = [
  ['单位编码', '单位名称', '乡镇'],
  ['U001', '县医院，东区', '城关镇'],
  ['U002', '㐀村"卫生"室\n二楼', ''],
];

function csv(delimiter = ',', lineBreak = '\r\n'): string {
  const quoted = (cell: string) => (/["\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return ROWS.map((cells) => cells.map(quoted).join(delimiter) + lineBreak).join('');
}

function codeOf(bytes: Buffer): string | undefined {
  const table = decodeTable(bytes);
  return 'trouble' in table ? table.trouble.code : undefined;
}

test.each([
  ['utf-8', iconv.encode(csv(), 'utf8')],
  ['utf-8', iconv.encode(csv(), 'utf8', { addBOM: true })],
  ['utf-16le', iconv.encode(csv(), 'utf-16le', { addBOM: true })],
  ['utf-16be', iconv.encode(csv(), 'utf-16be', { addBOM: true })],
  ['gb18030', iconv.encode(csv(), 'gb18030')],
])('%s', (encoding, bytes) => {
  expect(decodeTable(bytes)).toEqual({ rows: ROWS, encoding });
});

test.each([
  [',', '\n'],
  [';', '\r\n'],
  ['\t', '\r'],
])('separated by %j, lines ended by %j', (delimiter, lineBreak) => {
  expect(decodeTable(Buffer.from(csv(delimiter, lineBreak)))).toMatchObject({ rows: ROWS });
});

test('separated by full-width commas, with another kind inside a cell', () => {
  expect(decodeTable(Buffer.from('编码，名称，类型，领域\n1，甲;乙,丙,丁,戊，医院，消防\n'))).toMatchObject({
    rows: [
      ['编码', '名称', '类型', '领域'],
      ['1', '甲;乙,丙,丁,戊', '医院', '消防'],
    ],
  });
});

test('full-width commas inside cells of an ordinary table do not separate, nor do those of a title above it', () => {
  const text = '清源县单位，共一家，不含学校\n编码,名称,类型,领域\n1,甲,医院,综合，消防，施工，燃气，交通\n';
  expect(decodeTable(Buffer.from(text))).toMatchObject({
    rows: [
      ['清源县单位，共一家，不含学校'],
      ['编码', '名称', '类型', '领域'],
      ['1', '甲', '医院', '综合，消防，施工，燃气，交通'],
    ],
  });
});

test('blank lines and short rows keep their places', () => {
  expect(decodeTable(Buffer.from('编码,名称\n\n1\n'))).toMatchObject({ rows: [['编码', '名称'], [''], ['1']] });
});

test('a formula is text like any other', () => {
  expect(decodeTable(Buffer.from('编码,名称\n1,=1+1\n'))).toMatchObject({
    rows: [
      ['编码', '名称'],
      ['1', '=1+1'],
    ],
  });
});

test.each([
  ['file-empty', Buffer.alloc(0)],
  ['file-empty', Buffer.from('\ufeff \r\n\r\n')],
  ['header-alone', Buffer.from('编码,名称\n,,\n')],
  ['file-too-large', Buffer.alloc(MAX_BYTES + 1, 'a')],
  ['too-many-rows', Buffer.from('1,2\n'.repeat(MAX_ROWS + 2))],
  ['workbook', Buffer.from('504b030414000600', 'hex')],
  ['workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ['not-text', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['not-text', iconv.encode(csv(), 'utf-16le')],
  ['characters-lost', Buffer.from([...Buffer.from('编码,名称\n1,'), 0xff, 0xff])],
  ['characters-lost', Buffer.from('编码,名称\n1,县\ufffd院\n')],
  ['quote-open', Buffer.from('编码,名称\n1,"县医院\n2,乙\n')],
  ['quote-open', Buffer.from('编码,名称\n1,县"医"院\n')],
])('%s', (code, bytes) => {
  const table = decodeTable(bytes);
  expect(table).toEqual({ trouble: { code, message: { zh: expect.any(String), en: expect.any(String) } } });
});

test('the greatest table there may be is read', () => {
  const table = decodeTable(Buffer.from('编码,名称\n'.repeat(MAX_ROWS + 1)));
  expect('rows' in table && table.rows.length).toBe(MAX_ROWS + 1);
});

test('a lost character and an open quotation mark are named by their line', () => {
  const lost = decodeTable(Buffer.from('编码,名称\n1,甲\n2,\ufffd\n'));
  expect('trouble' in lost && lost.trouble.message.zh).toContain('第 3 行');
  const open = decodeTable(Buffer.from('编码,名称\n1,甲\n2,乙"丙"\n'));
  expect('trouble' in open && open.trouble.message.zh).toContain('第 3 行');
});

test('random bytes never throw', () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
  const text = fc
    .string({ unit: fc.constantFrom('"', ',', ';', '\t', '\n', '\r', '，', 'a', '院', '=') })
    .map((t) => Buffer.from(t));
  fc.assert(
    fc.property(fc.oneof(bytes, text), (input) => {
      expect(codeOf(input) ?? 'rows').toEqual(expect.any(String));
    }),
    { numRuns: 2_000 },
  );
});
