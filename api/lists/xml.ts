import { UnreadableTable } from './trouble';

/** What a scanner tells of a document, in its order. Names come without their prefix (`x:row` is `row`). */
export interface XmlHandler {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  /** In as many pieces as it pleases. */
  text(text: string): void;
}

export type Attributes = Readonly<Record<string, string>>;

/** Longer tags and comments than this no spreadsheet program writes. */
const LONGEST_MARKUP = 256 * 1024;
const DEEPEST = 100;

/**
 * Reads the XML of a workbook as it is unpacked, piece by piece, so that no part ever has to be in memory as a whole.
 *
 * Ours, because read-excel-file, which is here, gives the stored value of a formula as if it were written, and puts
 * a million rows into memory where a file says that its only cell stands in row 1,048,576; its own parser comes as an
 * ES module that is none of our dependencies. Declarations of a document type are refused: no spreadsheet has one,
 * and entities defined in one may be bombs (CWE-776).
 *
 * @throws UnreadableTable for what is not well-formed as far as it is looked at
 */
export class XmlScanner {
  private rest = '';
  private readonly path: string[] = [];
  private seen = false;

  /** @param count is told of every tag that opens, and may throw when there are too many. */
  constructor(
    private readonly handler: XmlHandler,
    private readonly count: () => void = () => {},
  ) {}

  write(piece: string): void {
    this.rest += piece;
    let at = 0;
    for (;;) {
      const start = this.rest.indexOf('<', at);
      if (start < 0) {
        at = this.textUpTo(at, wholeTextEnd(this.rest, at));
        break;
      }
      at = this.textUpTo(at, start);
      const end = this.markup(start);
      if (end === undefined) break;
      at = end;
    }
    this.rest = this.rest.slice(at);
    if (this.rest.length > LONGEST_MARKUP) throw new UnreadableTable('workbook');
  }

  end(): void {
    if (this.path.length > 0 || this.rest.startsWith('<') || !this.seen) throw new UnreadableTable('workbook');
  }

  private textUpTo(from: number, to: number): number {
    if (to > from && this.path.length > 0) this.handler.text(decoded(this.rest.slice(from, to)));
    return to;
  }

  /** Reads what begins with `<` at `start`; where it ends, or nothing when its end has not come yet. */
  private markup(start: number): number | undefined {
    const { rest } = this;
    if (rest.startsWith('<?', start)) return after(rest, '?>', start);
    if (rest[start + 1] === '!') {
      // Which of the two it is may not have come yet.
      if (rest.length - start < '<![CDATA['.length) return undefined;
      if (rest.startsWith('<!--', start)) return after(rest, '-->', start + 4);
      if (!rest.startsWith('<![CDATA[', start)) throw new UnreadableTable('workbook');
      const end = after(rest, ']]>', start);
      if (end !== undefined) this.handler.text(rest.slice(start + '<![CDATA['.length, end - ']]>'.length));
      return end;
    }
    const end = tagEnd(rest, start);
    if (end !== undefined) this.tag(rest.slice(start + 1, end - 1));
    return end;
  }

  private tag(inside: string): void {
    const [, closing, full = '', rest = '', empty] = inside.match(/^(\/?)([^\s/"'=<]+)([\s\S]*?)(\/?)$/) ?? [];
    const name = local(full);
    if (!name) throw new UnreadableTable('workbook');
    if (closing) {
      if (this.path.pop() !== full) throw new UnreadableTable('workbook');
      this.handler.close(name);
      return;
    }
    this.seen = true;
    this.count();
    this.handler.open(name, attributesOf(rest));
    if (empty) this.handler.close(name);
    else this.path.push(full);
    if (this.path.length > DEEPEST) throw new UnreadableTable('workbook');
  }
}

function after(text: string, what: string, from: number): number | undefined {
  const found = text.indexOf(what, from);
  return found < 0 ? undefined : found + what.length;
}

/** A `>` between quotation marks does not end a tag. */
function tagEnd(text: string, start: number): number | undefined {
  let quote = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const sign = text[at]!;
    if (quote) quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return at + 1;
  }
  return undefined;
}

/** Up to an entity whose end has not come yet. */
function wholeTextEnd(text: string, from: number): number {
  const entity = text.lastIndexOf('&');
  return entity >= from && text.length - entity < 12 && text.indexOf(';', entity) < 0 ? entity : text.length;
}

function attributesOf(text: string): Attributes {
  const attributes: Record<string, string> = {};
  for (const [, name = '', , one, other] of text.matchAll(/([^\s=]+)\s*=\s*("([^"]*)"|'([^']*)')/g)) {
    attributes[local(name)] = decoded(one ?? other ?? '');
  }
  return attributes;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name) return NAMED[name] ?? whole;
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
