import { foldWord, tidy } from './cells';

export type Post = 'filer' | 'deputyFiler' | 'head';
export type PersonField = `${Post}.${'name' | 'phone' | 'email'}`;
/** What a column can hold: the fields of a `Unit` as a list gives them. */
export type Field =
  | 'code'
  | 'name'
  | 'kind'
  | 'town'
  | 'sectors'
  | PersonField
  | 'supervisingUnit'
  | 'onePerson'
  | 'places';

/** The columns without which there is no list, with the header to recommend. */
export const REQUIRED: Partial<Record<Field, string>> = {
  code: '单位编码',
  name: '单位名称',
  kind: '单位类型',
  'filer.name': '填报员',
};

const NAMES: Record<Exclude<Field, PersonField>, string[]> = {
  code: ['单位编码', '编码', '单位代码', '代码', '编号', '单位编号', 'unit code'],
  name: ['单位名称', '名称', '单位', '机构名称', 'unit name', 'unit'],
  kind: ['单位类型', '类型', '类别', '单位类别', '机构类型', '机构类别', 'unit kind', 'type'],
  town: ['乡镇', '所在乡镇', '乡镇街道', '乡镇（街道）', '所属乡镇', '镇街'],
  sectors: ['重点领域', '领域', '涉及领域', '涉及重点领域', '整治领域', 'sector'],
  supervisingUnit: [
    '监管单位',
    '监管单位编码',
    '主管单位',
    '主管单位编码',
    '上级单位',
    '上级单位编码',
    '代管单位',
    'supervising unit',
  ],
  onePerson: ['一人单位', '是否一人单位', '单人单位', '是否单人单位', 'one-person'],
  places: ['部位/项目', '部位、项目', '部位', '项目', '部位项目', '重点部位', '部位及项目', 'place'],
};

const POSTS: Record<Post, string[]> = {
  filer: ['填报员', '填报员A', '填报员A岗', 'A岗填报员', '填报人', '填报人A', '联系人', '信息员', 'filer', 'filer A'],
  deputyFiler: [
    '填报员B',
    '填报员B岗',
    'B岗填报员',
    '填报人B',
    '副填报员',
    '备用填报员',
    'deputyFiler',
    'deputy',
    'filer B',
  ],
  head: ['负责人', '单位负责人', '主要负责人', '安全负责人', 'head'],
};
const OF_A_PERSON = {
  name: ['', '姓名', 'name'],
  phone: ['电话', '手机', '手机号', '手机号码', '联系电话', '联系方式', '电话号码', 'phone', 'mobile', 'tel'],
  email: ['邮箱', '电子邮箱', '邮件', '电子邮件', '邮箱地址', '电子邮箱地址', 'email', 'mail'],
};

/** Columns that lists often have and this one has no use for; they are passed over without a word. */
const PASSED_OVER = ['序号', '备注', '地址', '单位地址', '说明', 'no', 'remark', 'remarks', 'note', 'notes', 'address'];

const FIELDS: ReadonlyMap<string, Field | 'passed-over'> = new Map([
  ...PASSED_OVER.map((name) => [foldWord(name), 'passed-over'] as const),
  ...entries(NAMES).flatMap(([field, names]) => [field, ...names].map((name) => [foldWord(name), field] as const)),
  // 电话 and 邮箱 alone stand in lists with one contact per unit: the filer's.
  ...OF_A_PERSON.phone.map((name) => [foldWord(name), 'filer.phone'] as const),
  ...OF_A_PERSON.email.map((name) => [foldWord(name), 'filer.email'] as const),
  ...entries(POSTS).flatMap(([post, posts]) =>
    entries(OF_A_PERSON).flatMap(([part, parts]) =>
      posts.flatMap((a) => parts.map((b) => [foldWord(a + b), `${post}.${part}`] as const)),
    ),
  ),
]);

/** One column of the file. `field` is absent for a header that is none of ours. */
export interface Column {
  /** From 0, as in the rows. */
  index: number;
  /** As written, tidied; empty where the header cell is empty. */
  header: string;
  field?: Field | 'passed-over';
}

/** The columns that a header row announces, one per cell. */
export function columnsOf(header: string[]): Column[] {
  return header.map((cell, index) => ({ index, header: tidy(cell), field: fieldOf(cell) }));
}

/** `填报员（B岗）` is a field with its bracket's words, `填报员邮箱（必填）` only without the bracket. */
function fieldOf(cell: string): Field | 'passed-over' | undefined {
  const word = foldWord(cell);
  return (
    FIELDS.get(word) ??
    FIELDS.get(word.replace(/[()[\]【】]/g, '')) ??
    FIELDS.get(word.replace(/[([【].*?[)\]】]/g, ''))
  );
}

function entries<Key extends string, Value>(record: Record<Key, Value>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][];
}
