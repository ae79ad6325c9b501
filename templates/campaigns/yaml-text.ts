import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type ParsedNode,
  parseDocument,
  visit,
} from 'yaml';
import type { Text } from '../../domain/plan';

/** Something that keeps a file from being read: where, on which line (from 1), and why. */
export interface Trouble {
  /** Path into the file, e.g. `obligations/2/due`; empty for the file as a whole. */
  place: string;
  line?: number;
  message: Text;
}

/** YAML read as data, with the line of every place in it. */
export interface YamlData {
  data: unknown;
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

/** A plan with all its checklists is about 100 KB; more than this is not a plan. */
const MAX_BYTES = 1_000_000;

/**
 * Reads one YAML document. Anchors and aliases are refused altogether: a plan needs none, and a few
 * lines of them unfold into gigabytes.
 */
export function readYaml(text: string): YamlData | { troubles: Trouble[] } {
  if (Buffer.byteLength(text) > MAX_BYTES) {
    return failed({ place: '', message: { zh: '文件超过 1 MB', en: 'the file is larger than 1 MB' } });
  }
  try {
    return read(text);
  } catch (error) {
    // The parser recurses: thousands of opening brackets end in a RangeError.
    const reason = error instanceof Error ? error.message : String(error);
    return failed({ place: '', message: { zh: `无法读取：${reason}`, en: `cannot be read: ${reason}` } });
  }
}

function read(text: string): YamlData | { troubles: Trouble[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const line = (offset: number | undefined) => (offset === undefined ? undefined : lines.linePos(offset).line);
  const troubles: Trouble[] = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    place: '',
    line: line(pos[0]),
    message: { zh: `YAML 语法：${message}`, en: `YAML syntax: ${message}` },
  }));
  visit(document, {
    Node(_key, node) {
      if (!isAlias(node) && !node.anchor) return;
      troubles.push({
        place: '',
        line: line(node.range?.[0]),
        message: { zh: '不允许使用锚点和别名', en: 'anchors and aliases are not allowed' },
      });
    },
  });
  if (troubles.length > 0) return { troubles };
  return { data: document.toJS({ maxAliasCount: 0 }), lineOf: (path) => line(offsetOf(document, path)) };
}

/** Where a path begins in the text: its key, or the nearest thing around it that is there. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0];
  for (const step of path) {
    if (!isNode(node)) break;
    const key = isMap(node)
      ? node.items.map((pair) => pair.key).find((k) => isScalar(k) && String(k.value) === String(step))
      : undefined;
    node = (node as ParsedNode & { get?: (k: unknown, keep: boolean) => unknown }).get?.(step, true);
    const range = isNode(key) ? key.range : isNode(node) ? node.range : undefined;
    if (!range) break;
    offset = range[0];
  }
  return offset;
}

function failed(trouble: Trouble): { troubles: Trouble[] } {
  return { troubles: [trouble] };
}
