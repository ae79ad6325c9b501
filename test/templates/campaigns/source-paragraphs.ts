import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The paragraphs of the source document by their citation, e.g. `附件2三（一）1`, with their headings' text. */
export function sourceParagraphs(): Map<string, string> {
  const paragraphs = new Map<string, string>();
  let [annex, chapter, section] = ['', '', ''];
  let current = '';
  for (const line of readFileSync(path.join(__dirname, 'source.zh.txt'), 'utf8').split('\n').slice(1)) {
    const text = line.trim();
    const [, annexNumber] = /^附件(\d)$/.exec(text) ?? [];
    const [, chapterNumber] = /^([一二三四五])、/.exec(text) ?? [];
    // The one heading that lost its number.
    const [, sectionNumber] = /^（([一二三四五])）/.exec(text === '综合整治重点' ? '（一）' : text) ?? [];
    const [, itemNumber] = /^(\d)[.、]/.exec(text) ?? [];
    if (annexNumber) [annex, chapter, section] = [`附件${annexNumber}`, '', ''];
    else if (chapterNumber) [chapter, section] = [chapterNumber, ''];
    else if (sectionNumber) section = `（${sectionNumber}）`;
    if (annexNumber || chapterNumber || sectionNumber) current = annex + chapter + section;
    if (itemNumber) current = annex + chapter + section + itemNumber;
    if (current) paragraphs.set(current, (paragraphs.get(current) ?? '') + text);
  }
  return paragraphs;
}
