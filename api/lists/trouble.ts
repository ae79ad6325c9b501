import type { Text } from '../../domain/plan';

/** Why a file is not a table: one sentence, and a code that does not change. */
export interface TableTrouble {
  code: TableTroubleCode;
  message: Text;
}

export const MAX_BYTES = 5 * 1024 * 1024;
/** Beside the headers. */
export const MAX_ROWS = 20_000;
export const MAX_COLUMNS = 256;

/** `what` is what the sentence is about: a line of the file, or the names of its sheets. */
const SENTENCES = {
  'file-empty': () => says('文件是空的', 'the file is empty'),
  'file-too-large': () => says('文件超过 5 MB', 'the file is larger than 5 MB'),
  'too-many-rows': () => says('行数超过 20000', 'the file has more than 20,000 rows'),
  'too-many-columns': () => says('列数超过 256', 'the table has more than 256 columns'),
  'header-alone': () => says('文件只有表头，没有数据', 'the file has a header and no rows'),
  workbook: () =>
    says(
      '这个工作簿（xls、xlsx）无法读取，请另存为 xlsx 或 CSV 后上传',
      'this workbook (xls, xlsx) cannot be read; save it as xlsx or CSV and send that',
    ),
  'workbook-old': () =>
    says(
      '这是旧格式的工作簿（xls），请另存为 xlsx 或 CSV 后上传',
      'this is a workbook of the old format (xls); save it as xlsx or CSV and send that',
    ),
  'workbook-encrypted': () =>
    says('工作簿设有密码，请去掉密码后上传', 'the workbook is protected by a password; remove it and send that'),
  'workbook-too-large': () =>
    says(
      '工作簿展开后太大，请只保留名单后上传',
      'the workbook is too large once unpacked; keep only the list and send that',
    ),
  'no-workbook': () =>
    says(
      '这个压缩文件不是工作簿（xlsx），请另存为 xlsx 或 CSV 后上传',
      'this archive is not a workbook (xlsx); save the list as xlsx or CSV and send that',
    ),
  'web-page': () =>
    says(
      '这是网页或 XML 格式的表格，请另存为 xlsx 或 CSV 后上传',
      'this is a table in HTML or XML; save it as xlsx or CSV and send that',
    ),
  'sheet-unknown': (what) => says(`没有这张工作表，文件中有：${what}`, `there is no such sheet; the file has: ${what}`),
  'not-text': () => says('这不是表格文件（CSV、xlsx）', 'this is not a table (CSV, xlsx)'),
  'characters-lost': (line) =>
    says(
      `第 ${line} 行有无法识别的字符，请另存为 UTF-8 或 GBK 编码的 CSV`,
      `line ${line} has characters that cannot be read; save the table as CSV in UTF-8 or GBK`,
    ),
  'quote-open': (line) =>
    says(`第 ${line} 行附近的引号不成对`, `a quotation mark near line ${line} has no counterpart`),
} satisfies Record<string, (what: string) => Text>;

export type TableTroubleCode = keyof typeof SENTENCES;

export function tableTrouble(code: TableTroubleCode, what: string | number = ''): TableTrouble {
  const sentence: (what: string) => Text = SENTENCES[code];
  return { code, message: sentence(String(what)) };
}

/** Thrown amid a workbook, so that its readers need not hand a trouble upwards step by step. */
export class UnreadableTable extends Error {
  constructor(readonly code: TableTroubleCode) {
    super(code);
  }
}

function says(zh: string, en: string): Text {
  return { zh, en };
}
