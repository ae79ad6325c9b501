import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Handlebars from 'handlebars';
import { packageFile } from '../package-file';
import type { MailKind } from './kinds';
import type { Lang } from './letter';

/** What a kind's template may have to say; each is plain text, a line a paragraph. Only the first four are a must. */
export const PARTS = ['title', 'what', 'why', 'todo', 'byWhen', 'button', 'note', 'side'] as const;
export type Part = (typeof PARTS)[number];
const MUST: readonly Part[] = ['title', 'what', 'why', 'todo'];

export type Render = (view: object) => string;
export type KindTemplate = Partial<Record<Part, Render>>;

/** No prototype access, and a field that is not there is an error instead of a gap in somebody's mail. */
const RUN = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false } as const;

const FOLDER = packageFile('templates/mail');

function source(name: string): string {
  return readFileSync(path.join(FOLDER, name), 'utf8');
}

/** Compiled once: `make` runs at the first call for a key. */
function cached<K extends string[], T>(make: (...key: K) => T): (...key: K) => T {
  const made = new Map<string, T>();
  return (...key) => {
    const name = key.join('.');
    const known = made.get(name);
    if (known !== undefined) return known;
    const value = make(...key);
    made.set(name, value);
    return value;
  };
}

/**
 * Handlebars' strict mode looks at what is printed, not at what `#if` and `#each` ask for: a slip there would leave
 * half a mail out and nobody would know. This view answers only for fields it has.
 */
function demanding<T extends object>(view: T): T {
  return new Proxy(view, {
    get(target, field) {
      const value = Reflect.get(target, field);
      if (typeof field === 'string' && !(field in target)) throw new Error(`"${field}" not defined in the view`);
      return typeof value === 'object' && value !== null ? demanding(value) : value;
    },
  });
}

/**
 * A kind's template: a file of inline blocks, one per part. It knows no markup, so that one wording serves HTML and
 * text; the HTML layout is the one place that escapes.
 */
export const kindTemplate = cached((kind: MailKind, lang: Lang): KindTemplate => {
  const name = `kinds/${kind}.${lang}.hbs`;
  const own = Handlebars.create();
  const parts: KindTemplate = {};
  for (const statement of own.parse(source(name)).body) {
    if (statement.type === 'CommentStatement') continue;
    if (statement.type === 'ContentStatement' && !(statement as hbs.AST.ContentStatement).value.trim()) continue;
    const block = statement as hbs.AST.DecoratorBlock;
    const part = (block.params?.[0] as hbs.AST.StringLiteral | undefined)?.value as Part;
    if (statement.type !== 'DecoratorBlock' || !PARTS.includes(part)) throw new Error(`${name}: not a known block`);
    const render = own.compile(block.program, { strict: true, noEscape: true });
    parts[part] = (view) => render(demanding(view), RUN).trim();
  }
  const missing = MUST.filter((part) => !parts[part]);
  if (missing.length > 0) throw new Error(`${name}: without ${missing.join(', ')}`);
  return parts;
});

/** The letter around the sections, in HTML (escaping) or plain text, with the partials of the same ending. */
export const layout = cached((as: 'html' | 'txt'): Render => {
  const own = Handlebars.create();
  const options = { strict: true, noEscape: as === 'txt' };
  const ending = `.${as}.hbs`;
  for (const file of readdirSync(path.join(FOLDER, 'partials'))) {
    if (!file.endsWith(ending)) continue;
    own.registerPartial(file.slice(0, -ending.length), own.compile(source(`partials/${file}`), options));
  }
  const render = own.compile(source(`layout${ending}`), options);
  return (view) => render(view, RUN);
});
