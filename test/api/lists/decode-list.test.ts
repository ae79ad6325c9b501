import fc from 'fast-check';
import iconv from 'iconv-lite';
import { decodeList, type ListFile, type Where } from '../../../api/lists/decode-list';
import { MAX_BYTES, MAX_ROWS } from '../../../api/lists/trouble';
import { merges, rowXml, type SheetXml, sheetXml, workbook, zip } from '../../support/workbook';

const HEADERS = ['单位编码', '单位名称', '单位类型', '填报员'];
const HOSPITAL = ['U001', '县医院', '医院', '赵示甲'];
const LIST: SheetXml = { name: '名单', rows: [HEADERS, HOSPITAL] };

async function read(bytes: Buffer, where: Where = {}): Promise<ListFile> {
  const file = await decodeList(bytes, where);
  if ('trouble' in file) throw new Error(file.trouble.code);
  return file;
}

async function codeOf(bytes: Buffer, where: Where = {}): Promise<string | undefined> {
  const file = await decodeList(bytes, where);
  return 'trouble' in file ? file.trouble.code : undefined;
}

/** The cells of the second row. */
async function second(bytes: Buffer) {
  const { sheet } = await read(bytes);
  const row = sheet.rows[1]!;
  return row.cells.map((text, index) => [text, row.odd?.get(index)].filter(Boolean).join(' '));
}

describe('a workbook', () => {
  test('that a program has written', async () => {
    const { default: writeXlsx } = await import('write-excel-file/node');
    const bytes = await writeXlsx([HEADERS, HOSPITAL, [], ['U002', 13800000001, true, new Date('2025-03-01')]], {
      sheet: '名单',
      dateFormat: 'yyyy-mm-dd',
    }).toBuffer();
    const { sheet, sheets } = await read(bytes);
    expect(sheets).toEqual(['名单']);
    expect(sheet.rows.map(({ number, cells }) => [number, ...cells])).toEqual([
      [1, ...HEADERS],
      [2, ...HOSPITAL],
      [4, 'U002', '13800000001', 'true', '2025-03-01'],
    ]);
    expect(sheet.rows[2]?.odd).toEqual(new Map([[3, 'date-cell']]));
  });

  test('with shared strings: rich text, reading aids, escapes, entities', async () => {
    const strings = [
      '<r><t>县</t></r><r><t>医院</t></r><rPh><t>xian</t></rPh>',
      '<t>a&amp;b&#x4e2d;_x000D_c</t>',
      '<t/>',
    ];
    const shared = (n: number) => ({ xml: ['t="s"', `<v>${n}</v>`] as [string, string] });
    const bytes = workbook([{ rows: [HEADERS, [shared(0), shared(1), shared(2), 'x']] }], { strings });
    expect(await second(bytes)).toEqual(['县医院', 'a&b中\rc', '', 'x']);
    expect(await codeOf(workbook([{ rows: [HEADERS, [shared(9)]] }], { strings }))).toBe('workbook');
  });

  test('with numbers where text belongs', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="170" formatCode="000"/><numFmt numFmtId="171" formatCode="&quot;U&quot;000"/>' +
      '<numFmt numFmtId="172" formatCode="[$-804]m&quot;月&quot;d&quot;日&quot;"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
      `<cellXfs>${[0, 170, 171, 14, 172, 58, 2].map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs>`;
    const styled = (style: number, value: string) => ({ xml: [`s="${style}"`, `<v>${value}</v>`] as [string, string] });
    const cells = [
      ...[styled(0, '1.3800000001E10'), styled(1, '7'), styled(2, '7'), styled(3, '45717'), styled(4, '45717')],
      ...[
        styled(5, '45717.5'),
        styled(6, '1001'),
        styled(0, '123456789012345678'),
        styled(99, '1.5'),
        styled(3, '13800000001'),
      ],
    ];
    expect(await second(workbook([{ rows: [HEADERS, cells] }], { styles }))).toEqual([
      ...['13800000001', '007', 'U007', '2025-03-01 date-cell', '2025-03-01 date-cell'],
      ...['2025-03-01 12:00 date-cell', '1001', '123456789012345680 digits-lost', '1.5', '13800000001'],
    ]);
    const old = workbook([{ rows: [HEADERS, [styled(3, '0')]] }], { styles, date1904: true });
    expect(await second(old)).toEqual(['1904-01-01 date-cell']);
  });

  test('with formulas: named as they stand, whatever value is stored with them', async () => {
    const cells = [
      { xml: ['t="str"', '<f>CONCATENATE("U","001")</f><v>U001</v>'] as [string, string] },
      { xml: ['', '<f t="shared" ref="B2:C2" si="0">A2&amp;1</f><v>5</v>'] as [string, string] },
      { xml: ['', '<f t="shared" si="0"/><v>6</v>'] as [string, string] },
      { xml: ['t="e"', '<f>1/0</f><v>#DIV/0!</v>'] as [string, string] },
      { xml: ['t="e"', '<v>#N/A</v>'] as [string, string] },
      { xml: ['', '<f t="array" ref="F2:G2">ROW(1:2)</f><v>1</v>'] as [string, string] },
      2,
    ];
    expect(await second(workbook([{ rows: [HEADERS, cells] }]))).toEqual([
      '=CONCATENATE("U","001") formula',
      '=A2&1 formula',
      '=A2&1 formula',
      '=1/0 formula',
      '#N/A error-cell',
      '=ROW(1:2) formula',
      '2 formula',
    ]);
  });

  test('with prefixed names, without places, in pieces of CDATA and comments, strict or not', async () => {
    const sheet =
      '<x:worksheet xmlns:x="u"><!-- > --><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t><![CDATA[U<001]]></x:t></x:is></x:c>' +
      "<x:c t='inlineStr'><x:is><x:t>a</x:t></x:is></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    const { sheet: table } = await read(workbook([LIST], { parts: { 'xl/worksheets/sheet1.xml': sheet } }));
    expect(table.rows.map(({ number, cells }) => [number, ...cells])).toEqual([
      [1, 'U<001', 'a'],
      [2, '1'],
    ]);
  });

  test('whose only row stands far down takes no memory for those above', async () => {
    const bytes = workbook([
      { rows: [HEADERS, rowXml(HOSPITAL, 1_048_576)], behind: merges('A2:A1048576', 'A1:XFD1') },
    ]);
    const { sheet } = await read(bytes);
    expect(sheet.rows.map(({ number }) => number)).toEqual([1, 1_048_576]);
  });
});

describe('of several sheets', () => {
  const help: SheetXml = {
    name: '填写说明',
    rows: [['填写说明'], ['单位编码', '由县卫健委编制'], ['单位名称', '全称']],
  };
  const hidden: SheetXml = { ...LIST, name: '旧名单', state: 'hidden' };
  const bytes = workbook([help, hidden, LIST]);

  test('the one with the list is read', async () => {
    expect(await read(bytes)).toMatchObject({ sheet: { name: '名单' }, sheets: ['填写说明', '旧名单', '名单'] });
  });

  test('another may be named; one that is not there is answered with those that are', async () => {
    expect((await read(bytes, { named: '旧名单' })).sheet.name).toBe('旧名单');
    expect((await read(bytes, { named: '2' })).sheet.name).toBe('旧名单');
    const missing = await decodeList(bytes, { named: '新名单' });
    expect('trouble' in missing && missing.trouble).toMatchObject({
      code: 'sheet-unknown',
      message: { zh: expect.stringContaining('填写说明、旧名单、名单') },
    });
  });

  test('one that is too long does no harm to the list', async () => {
    const long: SheetXml = { rows: Array.from({ length: MAX_ROWS + 200 }, () => ['行政区划']) };
    expect((await read(workbook([long, LIST]))).sheet.name).toBe('名单');
  });
});

describe('one sentence for', () => {
  const html =
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>单位编码</td></tr></table></html>';
  const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  test.each<[string, Buffer]>([
    ['file-empty', Buffer.alloc(0)],
    ['file-empty', workbook([{ rows: [] }])],
    ['file-empty', workbook([])],
    ['header-alone', workbook([{ rows: [HEADERS] }])],
    ['header-alone', Buffer.from(HEADERS.join(','))],
    ['file-too-large', Buffer.alloc(MAX_BYTES + 1, 'a')],
    ['workbook-old', Buffer.concat([compound, Buffer.alloc(600)])],
    ['workbook-encrypted', Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')])],
    ['workbook', Buffer.from('504b0304aabb', 'hex')],
    ['workbook', workbook([LIST]).subarray(0, 900)],
    ['workbook', workbook([LIST], { parts: { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData>' } })],
    [
      'workbook',
      workbook([LIST], { parts: { 'xl/worksheets/sheet1.xml': '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>' } }),
    ],
    ['workbook', workbook([{ rows: [HEADERS, '<row r="0"/>'] }])],
    ['workbook', workbook([{ rows: [HEADERS, '<row r="2"><c r="2A"/></row>'] }])],
    ['no-workbook', zip({ 'word/document.xml': '<document/>' })],
    ['no-workbook', zip({ 'xl/workbook.xml': '<html/>' })],
    ['no-workbook', zip({})],
    ['web-page', Buffer.from(html)],
    ['web-page', iconv.encode(html, 'utf-16le', { addBOM: true })],
    ['web-page', Buffer.from('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>')],
    ['too-many-rows', workbook([{ rows: Array.from({ length: MAX_ROWS + 200 }, () => HOSPITAL) }])],
    ['too-many-columns', workbook([{ rows: [HEADERS, Array.from({ length: 300 }, () => 'x')] }])],
  ])('%s', async (code, bytes) => {
    expect(await decodeList(bytes)).toEqual({
      trouble: { code, message: { zh: expect.any(String), en: expect.any(String) } },
    });
  });
});

describe('a bomb', () => {
  const quickly = async (bytes: Buffer) => {
    const before = performance.now();
    const code = await codeOf(bytes);
    expect(performance.now() - before).toBeLessThan(20_000);
    return code;
  };

  test('of a sheet that unpacks to 200 MB, whatever size it says', async () => {
    const parts = { 'xl/workbook.xml': '<workbook/>', 'xl/sharedStrings.xml': Buffer.alloc(200 * 1024 * 1024, ' ') };
    const big = workbook([LIST], { strings: [], parts: { 'xl/sharedStrings.xml': parts['xl/sharedStrings.xml'] } });
    expect(big.length).toBeLessThan(MAX_BYTES);
    expect(await quickly(big)).toBe('workbook-too-large');
    expect(await quickly(zip({ 'xl/workbook.xml': Buffer.alloc(200 * 1024 * 1024, '<') }, () => 1_000))).toBe(
      'workbook',
    );
  });

  test('of one long text in every cell', async () => {
    const strings = [`<t>${'长'.repeat(32_000)}</t>`];
    const row = Array.from({ length: 200 }, () => ({ xml: ['t="s"', '<v>0</v>'] as [string, string] }));
    const bytes = workbook([{ rows: [HEADERS, ...Array.from({ length: 50 }, () => row)] }], { strings });
    expect(await quickly(bytes)).toBe('workbook-too-large');
  });

  test('of empty tags, of merged cells, of one endless tag', async () => {
    const tags = `<sst>${'<si/>'.repeat(5_000_000)}</sst>`;
    expect(await quickly(workbook([LIST], { strings: [], parts: { 'xl/sharedStrings.xml': tags } }))).toBe(
      'workbook-too-large',
    );
    const rows = [HEADERS, ...Array.from({ length: 5_000 }, () => HOSPITAL)];
    const tall = merges(...Array.from({ length: 50_000 }, () => 'E1:E1048576'));
    expect(await quickly(workbook([{ rows, behind: tall }]))).toBe('workbook-too-large');
    const endless = `<worksheet a="${'x'.repeat(30_000_000)}"/>`;
    expect(await quickly(workbook([LIST], { parts: { 'xl/worksheets/sheet1.xml': endless } }))).toBe('workbook');
  });
});

test('nothing in a file makes it throw: random bytes, and workbooks with bytes or tags changed', async () => {
  const whole = workbook([LIST], { strings: ['<t>a</t>'], styles: '<cellXfs><xf numFmtId="14"/></cellXfs>' });
  const xml = sheetXml(LIST);
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
  const zipped = bytes.map((tail) => Buffer.concat([Buffer.from('504b0304', 'hex'), tail]));
  const damaged = fc
    .array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 })
    .map((changes) => {
      const copy = Buffer.from(whole);
      for (const [at, byte] of changes) copy[at] = byte;
      return copy;
    });
  const tag = fc.constantFrom(
    '<c>',
    '</c>',
    '<row>',
    '</row>',
    '<f>',
    '</f>',
    '&',
    '<',
    '"',
    '<v>x</v>',
    '<!--',
    '<mergeCell/>',
    '<c t="s">',
  );
  const mangled = fc
    .tuple(fc.nat(xml.length), fc.array(tag, { minLength: 1, maxLength: 4 }))
    .map(([at, tags]) =>
      workbook([LIST], { parts: { 'xl/worksheets/sheet1.xml': xml.slice(0, at) + tags.join('') + xml.slice(at) } }),
    );
  await fc.assert(
    fc.asyncProperty(fc.oneof(bytes, zipped, damaged, mangled), async (input) => {
      const file = await decodeList(input);
      expect('trouble' in file ? file.trouble.code : 'rows').toEqual(expect.any(String));
    }),
    { numRuns: 1_500 },
  );
});
