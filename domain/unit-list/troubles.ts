import type { Text } from '../plan';
import { tidy } from './cells';
import { KINDS_TO_CHOOSE, SECTORS_TO_CHOOSE } from './words';

/** One thing wrong with a list, at the cell where it is to be mended. */
export interface RowTrouble {
  /** As in the file, the first row being 1. */
  row: number;
  /** The header as written; the recommended one where the column is missing; empty when it is about the whole row. */
  column: string;
  /** What was read, shortened. */
  read: string;
  code: RowTroubleCode;
  message: Text;
}

/** What can be wrong with a list. `what` is what the sentence is about: the word read, or the other row. */
const SENTENCES = {
  'empty-list': () => says('名单中没有单位', 'the list has no units'),
  'headers-missing': () =>
    says(
      '没有找到表头：前 20 行中没有一行写有“单位编码”“单位名称”等列名；列名不同的，请给出对应关系',
      'no headers were found in the first 20 rows (unit code, unit name, …); if yours are called otherwise, give a mapping',
    ),
  'column-missing': (what) => says(`缺少必填列：${what}`, `required columns are missing: ${what}`),
  'column-twice': (what) =>
    says(`有两列都是“${what}”，请只保留一列`, `two columns hold the same field (${what}); keep one`),
  'column-unknown': (what) => says(`不认识的列“${what}”，未读取`, `unknown column "${what}"; it was not read`),
  'column-nameless': (what) => says(`${what} 列没有表头，未读取`, `column ${what} has no header; it was not read`),
  'mapping-unused': (what) =>
    says(`对应关系中的列“${what}”不在表中`, `the mapping names a column "${what}" that the table does not have`),
  'row-passed-over': (what) =>
    says(`本行不是单位，未读取：“${what}”`, `this row is no unit and was not read: "${what}"`),
  'row-again': (what) => says(`与第 ${what} 行完全相同，只计一次`, `the same as row ${what}; counted once`),
  'name-again': (what) =>
    says(
      `第 ${what} 行有同名、同乡镇、同类型的单位，编码不同，请核对`,
      `row ${what} has a unit of the same name, town and kind under another code; please check`,
    ),
  'cell-without-column': (what) =>
    says(
      `“${what}”所在的列没有表头，本行可能错位`,
      `"${what}" stands in a column without a header; the row may have shifted`,
    ),
  formula: (what) =>
    says(`“${what}”是公式，不予计算，请改为文字`, `"${what}" is a formula, which is never evaluated; write plain text`),
  'date-cell': (what) =>
    says(
      `“${what}”是日期，请把单元格设为文本后重新填写`,
      `"${what}" is a date; format the cell as text and write it again`,
    ),
  'digits-lost': (what) =>
    says(
      `“${what}”的后几位已丢失，请把单元格设为文本后重新填写`,
      `"${what}" has lost its last digits; format the cell as text and write it again`,
    ),
  'error-cell': (what) => says(`“${what}”是表格中的错误值`, `"${what}" is an error of the spreadsheet`),
  'too-long': (what) => says(`内容太长，最多 ${what} 字`, `too long: at most ${what} characters`),
  'code-missing': () => says('缺少单位编码', 'the unit code is missing'),
  'code-malformed': (what) =>
    says(
      `单位编码“${what}”只能由文字、字母、数字和 . _ - 组成，最多 32 位`,
      `unit code "${what}": only letters, digits and . _ -, at most 32`,
    ),
  'code-twice': (what) => says(`单位编码与第 ${what} 行重复`, `the same unit code as in row ${what}`),
  'name-missing': () => says('缺少单位名称', 'the name of the unit is missing'),
  'kind-missing': () =>
    says(`缺少单位类型，可填：${KINDS_TO_CHOOSE.zh}`, `the kind is missing; one of ${KINDS_TO_CHOOSE.en}`),
  'kind-unknown': (what) =>
    says(
      `不认识的单位类型“${what}”，可填：${KINDS_TO_CHOOSE.zh}`,
      `unknown kind "${what}"; one of ${KINDS_TO_CHOOSE.en}`,
    ),
  'sector-unknown': (what) =>
    says(
      `不认识的重点领域“${what}”，可填：${SECTORS_TO_CHOOSE.zh}`,
      `unknown sector "${what}"; any of ${SECTORS_TO_CHOOSE.en}`,
    ),
  'filer-missing': () => says('缺少填报员姓名', "the filer's name is missing"),
  'person-nameless': () => says('填了电话或邮箱，却没有姓名', 'a telephone number or an e-mail address without a name'),
  'email-malformed': (what) => says(`“${what}”不是一个有效的电子邮箱`, `"${what}" is not one valid e-mail address`),
  'phone-malformed': (what) =>
    says(
      `“${what}”不是一个有效的电话号码（手机或带区号的座机；表格显示为科学计数时请把该列设为文本）`,
      `"${what}" is not one valid telephone number (mobile or landline; format the column as text if it shows 1.38E+10)`,
    ),
  'lang-unknown': (what) => says(`“${what}”应为“中文”或“英文”`, `"${what}" should be zh or en`),
  'yes-no-unknown': (what) => says(`“${what}”应为“是”或“否”`, `"${what}" should be yes or no`),
  'supervisor-unknown': (what) =>
    says(`监管单位“${what}”不在本名单和已有单位中`, `supervising unit "${what}" is neither in this list nor known`),
  'supervisor-ambiguous': (what) =>
    says(`名为“${what}”的单位不止一个，请填编码`, `more than one unit is called "${what}"; give its code`),
  'supervisor-itself': () => says('单位不能监管自己', 'a unit cannot supervise itself'),
  'supervisor-refused': (what) =>
    says(`监管单位“${what}”所在行有误，未导入`, `the row of supervising unit "${what}" is not taken in`),
  'supervisor-cycle': (what) => says(`监管关系成环：${what}`, `supervision goes round in a circle: ${what}`),
  'place-malformed': (what) =>
    says(
      `“${what}”应写作：名称（类型；施工单位；监理），类型为房间、设施或建设项目，后两项只用于建设项目`,
      `"${what}" should be: name(kind; contractor; supervisor), kind one of room, installation, construction-project`,
    ),
  'place-twice': (what) => says(`部位“${what}”重复`, `place "${what}" stands twice`),
} as const satisfies Record<string, (what: string) => Text>;

export type RowTroubleCode = keyof typeof SENTENCES;

/** A trouble at a cell. `what` defaults to what was read there. */
export function trouble(
  code: RowTroubleCode,
  at: { row: number; column: string; read: string },
  what: string = at.read,
): RowTrouble {
  const sentence: (what: string) => Text = SENTENCES[code];
  return { row: at.row, column: at.column, read: shorten(at.read), code, message: sentence(shorten(what)) };
}

/** A trouble as one sentence with its row and column, for a terminal or a page. */
export function troubleSentence({ row, column, message }: RowTrouble): Text {
  return column
    ? says(`第 ${row} 行“${column}”：${message.zh}`, `row ${row}, "${column}": ${message.en}`)
    : says(`第 ${row} 行：${message.zh}`, `row ${row}: ${message.en}`);
}

function says(zh: string, en: string): Text {
  return { zh, en };
}

/** By characters, not code units, so that no character is cut in half. */
function shorten(text: string): string {
  const characters = Array.from(tidy(text));
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : characters.join('');
}
