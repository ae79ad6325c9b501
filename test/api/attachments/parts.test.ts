import { dispositionOf } from '../../../api/attachments/disposition';
import { rangeOf } from '../../../api/attachments/range';
import { TypeByContent } from '../../../api/attachments/type-by-content';
import { heic, JPEG, ole, PDF, PNG, zip } from './samples';

/** However it is cut on its way. */
function typeOf(bytes: Buffer): string | undefined {
  const types = [1, 7, 100, 65_536].map((step) => {
    const content = new TypeByContent();
    for (let at = 0; at < bytes.length; at += step) content.push(bytes.subarray(at, at + step));
    return content.type;
  });
  expect(new Set(types).size).toBe(1);
  return types[0];
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const TYPES = '[Content_Types].xml';

test.each<[string, Buffer, string]>([
  ['PDF', PDF.subarray(0, 5_000), 'application/pdf'],
  ['JPEG', JPEG, 'image/jpeg'],
  ['PNG', PNG, 'image/png'],
  ['HEIC of a telephone', heic('heic', 'mif1', 'heic'), 'image/heic'],
  ['HEIC by what it is compatible with', heic('mif1', 'mif1', 'heic'), 'image/heic'],
  ['DOCX of Word', zip([TYPES, '_rels/.rels', 'word/document.xml']), DOCX],
  ['DOCX of WPS, types last', zip(['_rels/.rels', 'word/document.xml', TYPES]), DOCX],
  ['DOCX with pictures', zip([TYPES, 'word/document.xml', 'word/media/1.jpg'], 40_000), DOCX],
  ['XLSX', zip([TYPES, 'xl/workbook.xml']), XLSX],
  ['DOC', ole('1Table', 'WordDocument'), 'application/msword'],
  ['DOC with a sheet in it', ole('WordDocument', 'Workbook'), 'application/msword'],
  ['XLS', ole('Workbook'), 'application/vnd.ms-excel'],
  ['old XLS', ole('Book'), 'application/vnd.ms-excel'],
])('%s is told by its bytes', (_, bytes, type) => {
  expect(typeOf(bytes)).toBe(type);
});

test.each<[string, Buffer]>([
  ['nothing', Buffer.alloc(0)],
  ['text', Buffer.from('a,b\n1,2\n'.repeat(20))],
  ['HTML', Buffer.from(`<html>${'x'.repeat(100)}`)],
  ['SVG', Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${' '.repeat(100)}`)],
  ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
  ['AVIF', heic('avif', 'mif1', 'avif')],
  ['AVIF under a general brand', heic('mif1', 'avif')],
  ['MP4', heic('isom', 'mp42')],
  ['any zip', zip(['a.exe'])],
  ['a zip that only has the types', zip([TYPES, 'ppt/presentation.xml'])],
  ['macros', zip([TYPES, 'word/document.xml', 'word/vbaProject.bin'])],
  ['a document cut off', zip([TYPES, 'word/document.xml']).subarray(0, 300)],
  ['names in the bytes alone', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.from(`${TYPES}word/document.xml`)])],
  ['PPT with a sheet in it', ole('PowerPoint Document', 'Workbook')],
  ['an installer', ole('SummaryInformation')],
  ['PDF after other bytes', Buffer.concat([Buffer.alloc(100, 9), PDF.subarray(0, 100)])],
])('%s is none of them', (_, bytes) => {
  expect(typeOf(bytes)).toBeUndefined();
});

test('what can be none of them is known from its beginning', () => {
  const content = new TypeByContent();
  content.push(Buffer.alloc(64, 9));
  expect(content.hopeless).toBe(true);
});

test.each([
  [undefined, undefined],
  ['bytes=0-0', { first: 0, last: 0 }],
  ['bytes=2-4', { first: 2, last: 4 }],
  ['bytes=5-', { first: 5, last: 9 }],
  ['bytes=5-99', { first: 5, last: 9 }],
  ['bytes=-3', { first: 7, last: 9 }],
  ['bytes=-99', { first: 0, last: 9 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=4-2', undefined],
  ['bytes=0-1,4-5', undefined],
  ['bytes=-', undefined],
  ['lines=1-2', undefined],
])('of ten bytes, %s', (header, range) => {
  expect(rangeOf(header, 10)).toEqual(range);
});

test.each([
  ['a.pdf', `attachment; filename="a.pdf"; filename*=UTF-8''a.pdf`],
  ['整改.pdf', `attachment; filename="__.pdf"; filename*=UTF-8''%E6%95%B4%E6%94%B9.pdf`],
  [`a"b\\c'(1)*%.pdf`, `attachment; filename="a_b_c'(1)*_.pdf"; filename*=UTF-8''a%22b%5Cc%27%281%29%2A%25.pdf`],
  ['a\r\nSet-Cookie: x', `attachment; filename="a__Set-Cookie: x"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x`],
  ['\ud83d.png', `attachment; filename="_.png"; filename*=UTF-8''%EF%BF%BD.png`],
])('%j in a header', (name, header) => {
  expect(dispositionOf(name)).toBe(header);
});
