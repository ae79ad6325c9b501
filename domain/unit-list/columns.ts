import { foldWord } from './cells';
import { type ColumnUse, type Field, type PersonField, partNamed, postNamed, useNamed } from './fields';

/** What people say that headers mean, against or beyond what is known here: `{header: field}`. */
export type Mapping = Readonly<Record<string, ColumnUse>>;

/** The header of one column, tidied: of two lines, where one stands over several columns. */
export interface Header {
  /** Above: the group (填报员), or the only line. */
  top: string;
  /** Below: what of it (电话); empty where there is one line. */
  sub: string;
}

/** One column of the file. `field` is absent for a header that is none of ours. */
export interface Column {
  /** From 0, as in the rows. */
  index: number;
  /** As written, tidied; both lines with `/` between them; empty where the header cell is empty. */
  header: string;
  /** The name by which a mapping means this column: the header, with `#2` where it stands for the second time. */
  key: string;
  field?: ColumnUse;
  /** Said by the mapping, not known by the header's words. */
  mapped?: boolean;
}

/** The columns that a header announces, one per cell; a mapping goes before what is known of the words. */
export function columnsOf(headers: Header[], mapping: Mapping = {}): Column[] {
  const meant = new Map(Object.entries(mapping).map(([key, use]) => [foldKey(key), use]));
  const columns = labelled(headers).map((column): Column => {
    const field = meant.get(foldKey(column.key));
    return field === undefined ? column : { ...column, field, mapped: true };
  });
  const taken = new Set(columns.map(({ field }) => field));
  // What the mapping has given away is not guessed again for another column.
  const free = (field: ColumnUse | undefined) => (field === 'passed-over' || !taken.has(field) ? field : undefined);
  const known = columns.map((column) =>
    column.mapped ? column : withField(column, free(ownField(headers[column.index]!))),
  );
  const ours = new Set(known.map(({ field }) => field));
  return known.map((column) => {
    if (column.field) return column;
    const field = fieldByNeighbours(column.index, headers, known);
    return withField(column, field && ours.has(field) ? undefined : field);
  });
}

/** How two lines of a header, and a key of a mapping, are compared. */
export function foldKey(key: string): string {
  return foldWord(key).replaceAll('/', '');
}

function labelled(headers: Header[]): Column[] {
  const times = new Map<string, number>();
  return headers.map((cell, index) => {
    const header = twoLines(cell) ? `${cell.top}/${cell.sub}` : cell.top || cell.sub;
    const time = (times.get(foldKey(header)) ?? 0) + 1;
    times.set(foldKey(header), time);
    return { index, header, key: time > 1 ? `${header}#${time}` : header };
  });
}

/** What a header says without its neighbours. */
function ownField({ top, sub }: Header): ColumnUse | undefined {
  if (!twoLines({ top, sub })) return useNamed(top || sub);
  // 电话 under a group that is none of ours is somebody else's telephone.
  return groupPart({ top, sub }) ? undefined : (useNamed(top + sub) ?? (partNamed(sub) ? undefined : useNamed(sub)));
}

function twoLines({ top, sub }: Header): boolean {
  return top !== '' && sub !== '' && top !== sub;
}

/** 电话 or 邮箱 under 填报员: of whom exactly, its neighbours say. */
function groupPart({ top, sub }: Header) {
  const part = partNamed(sub);
  const post = postNamed(top);
  return part && post && part !== 'name' ? { part, post } : undefined;
}

/**
 * Of whom a column without a person is. Under a group: of the last person named in it (填报员 over A岗, 电话, B岗,
 * 电话). Else of the only person of the list, of the one named last to the left, or of the filer.
 */
function fieldByNeighbours(index: number, headers: Header[], columns: Column[]): PersonField | undefined {
  const header = headers[index]!;
  const inGroup = twoLines(header) ? groupPart(header) : undefined;
  const left = columns.slice(0, index).toReversed();
  if (inGroup) {
    const end = left.findIndex((column) => headers[column.index]!.top !== header.top);
    const post = (end < 0 ? left : left.slice(0, end)).map(postOfName).find(Boolean);
    return `${post ?? inGroup.post}.${inGroup.part}`;
  }
  const part = twoLines(header) ? undefined : partNamed(header.top || header.sub);
  if (!part) return undefined;
  if (part === 'name') return 'filer.name';
  const posts = new Set(columns.map(postOfName).filter((post) => post !== undefined));
  const [only] = posts;
  return `${(posts.size === 1 ? only : left.map(postOfName).find(Boolean)) ?? 'filer'}.${part}`;
}

function postOfName({ field }: Column) {
  const [post, part] = field?.split('.') ?? [];
  return part === 'name' ? (post as 'filer' | 'deputyFiler' | 'head') : undefined;
}

function withField(column: Column, field: ColumnUse | undefined): Column {
  return field === undefined ? column : { ...column, field };
}

/** The fields that columns hold. */
export function fieldsOf(columns: Column[]): Set<Field> {
  return new Set(columns.flatMap(({ field }) => (field && field !== 'passed-over' ? [field] : [])));
}
