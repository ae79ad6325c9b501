import { foldWord } from './cells';

export type Post = 'filer' | 'deputyFiler' | 'head';
export type PersonPart = 'name' | 'phone' | 'email' | 'lang';
export type PersonField = `${Post}.${PersonPart}`;
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

/** What headers are called; the first of each is the one to recommend. */
const NAMES: Record<Exclude<Field, PersonField>, string[]> = {
  code: [
    ...['单位编码', '编码', '单位代码', '代码', '编号', '单位编号', '机构编码', '机构代码', '机构编号', '单位简码'],
    ...['内部编码', 'unit code', 'unit id'],
  ],
  name: [
    ...['单位名称', '名称', '单位', '机构名称', '单位全称', '机构全称', '机构', '医疗机构名称', '医疗卫生机构名称'],
    ...['单位（机构）名称', 'unit name', 'unit'],
  ],
  kind: [
    ...['单位类型', '类型', '类别', '单位类别', '机构类型', '机构类别', '单位种类', '单位性质类别', '单位分类'],
    ...['unit kind', 'type', 'unit type'],
  ],
  town: [
    ...['乡镇', '所在乡镇', '乡镇街道', '乡镇（街道）', '所属乡镇', '镇街', '所属镇街', '所在镇街', '镇（街道）'],
    ...['街道（乡镇）', '乡（镇）', '镇', '街道乡镇', 'township'],
  ],
  sectors: [
    ...['重点领域', '领域', '涉及领域', '涉及重点领域', '整治领域', '所涉领域', '所属领域', '整治重点领域'],
    ...['重点整治领域', 'sector'],
  ],
  supervisingUnit: [
    ...['监管单位', '监管单位编码', '监管单位名称', '主管单位', '主管单位编码', '上级单位', '上级单位编码', '代管单位'],
    ...['代报单位', '隶属单位', '上级主管单位', '管理单位', 'supervising unit', 'supervisor'],
  ],
  onePerson: [
    '一人单位',
    '是否一人单位',
    '单人单位',
    '是否单人单位',
    '是否为一人单位',
    'one-person',
    'one person unit',
  ],
  places: ['部位/项目', '部位、项目', '部位', '项目', '部位项目', '重点部位', '部位及项目', '重点部位/项目', 'place'],
};

const POSTS: Record<Post, string[]> = {
  filer: [
    ...['填报员', '填报员A', '填报员A岗', 'A岗填报员', '填报人', '填报人A', '填报人员', '联系人', '信息员', '联络员'],
    ...['经办人', 'A岗', 'A角', 'A岗人员', '填报员A角', 'filer', 'filer A'],
  ],
  deputyFiler: [
    ...['填报员B', '填报员B岗', 'B岗填报员', '填报人B', '副填报员', '备用填报员', '备用联系人', 'B岗', 'B角'],
    ...['B岗人员', '填报员B角', '填报员（备用）', 'deputyFiler', 'deputy', 'filer B'],
  ],
  head: ['负责人', '单位负责人', '主要负责人', '安全负责人', '机构负责人', '单位主要负责人', 'head', 'head of unit'],
};
const OF_A_PERSON: Record<PersonPart, string[]> = {
  name: ['姓名', '名字', 'name'],
  phone: [
    ...['电话', '手机', '手机号', '手机号码', '联系电话', '联系方式', '电话号码', '联系手机', '移动电话', '手机电话'],
    ...['phone', 'mobile', 'tel', 'phone number', 'telephone'],
  ],
  email: [
    ...['邮箱', '电子邮箱', '邮件', '电子邮件', '邮箱地址', '电子邮箱地址', '电子邮件地址', '电子信箱', '邮箱号'],
    ...['email', 'mail', 'email address'],
  ],
  lang: ['语言', '邮件语言', '语种', 'lang', 'language'],
};

/** Columns that lists often have and this one has no use for; they are passed over without a word. */
const PASSED_OVER = [
  ...['序号', '序', '顺序号', '备注', '地址', '单位地址', '详细地址', '说明', 'no', 'remark', 'remarks', 'note'],
  ...['notes', 'address'],
];

/** What a column is for; `passed-over` for nothing here. */
export type ColumnUse = Field | 'passed-over';

const USES: ReadonlyMap<string, ColumnUse> = new Map([
  ...PASSED_OVER.map((name) => [foldWord(name), 'passed-over'] as const),
  ...entries(NAMES).flatMap(([field, names]) => [field, ...names].map((name) => [foldWord(name), field] as const)),
  ...entries(POSTS).flatMap(([post, posts]) =>
    posts.flatMap((a) => [
      [foldWord(a), `${post}.name`] as const,
      ...entries(OF_A_PERSON).flatMap(([part, parts]) =>
        // 填报员电话, but also 电话（填报员）.
        parts.flatMap((b) => [a + b, b + a].map((name) => [foldWord(name), `${post}.${part}`] as const)),
      ),
    ]),
  ),
]);
const PARTS = new Map(entries(OF_A_PERSON).flatMap(([part, names]) => names.map((name) => [foldWord(name), part])));
const PLAIN_POSTS = new Map(entries(POSTS).flatMap(([post, names]) => names.map((name) => [foldWord(name), post])));

/** All fields, in the order of the recommended list. */
export const FIELDS: readonly Field[] = [
  ...(['code', 'name', 'kind', 'town', 'sectors'] as const),
  ...(['filer', 'deputyFiler', 'head'] as const).flatMap((post): Field[] => [
    `${post}.name`,
    `${post}.phone`,
    `${post}.email`,
    `${post}.lang`,
  ]),
  ...(['supervisingUnit', 'onePerson', 'places'] as const),
];

/** The field that a header names by itself. */
export const useNamed = lookUp(USES);
/** 姓名, 电话, 邮箱 or 语言 without the person they are of. */
export const partNamed = lookUp(PARTS as ReadonlyMap<string, PersonPart>);
/** The person that a header over several columns names. */
export const postNamed = lookUp(PLAIN_POSTS as ReadonlyMap<string, Post>);

/** What a mapping says that a column is for: a field by its code or by any header it is known by, or nothing here. */
export function useMeant(words: string): ColumnUse | undefined {
  return ['passed-over', 'ignore', '不读取', '忽略'].includes(words.trim()) ? 'passed-over' : useNamed(words);
}

/**
 * `填报员（B岗）` is a field with its bracket's words, `填报员邮箱（必填）` only without the bracket, `3、单位名称 Name` only
 * without its number and the other language.
 */
function lookUp<Found>(known: ReadonlyMap<string, Found>): (words: string) => Found | undefined {
  return (words) => {
    const word = foldWord(words).replaceAll('的', '');
    const bare = word.replace(/[([【].*?[)\]】]/g, '');
    return (
      known.get(word) ??
      known.get(word.replace(/[()[\]【】]/g, '')) ??
      known.get(bare) ??
      known.get(bare.replace(/^\d+[、)]?/, '').replace(/\/?[a-z]{3,}/g, ''))
    );
  };
}

function entries<Key extends string, Value>(record: Record<Key, Value>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][];
}
