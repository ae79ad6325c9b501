import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MAIL_KINDS, mailKind } from '../../../templates/mail/kinds';
import { renderLetter } from '../../../templates/mail/letter';
import { forUnits, letterOf, realReason, realReasons } from './letters';

const ROOT = path.resolve(__dirname, '../../..');
const LANGS = ['zh', 'en'] as const;

describe('kinds of mail', () => {
  it('are exactly those that real cases write', () => {
    expect([...new Set(realReasons().map(({ kind }) => kind))].sort()).toEqual([...MAIL_KINDS].sort());
  });

  it('include every kind named in the rules', () => {
    const folders = ['domain/unit-campaign', 'domain/campaign'].map((folder) => path.join(ROOT, folder));
    const sources = folders.flatMap((folder) =>
      readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8')),
    );
    const named = sources.flatMap((text) => [
      ...text.matchAll(/\b(?:mail\(turn, |deskMail\([^)]*, |kind: )'([a-z-]+)'/g),
    ]);
    // A case names its own kind in the same way.
    const kinds = new Set(named.map((match) => match[1]!).filter((kind) => !kind.endsWith('campaign')));
    expect(kinds.size).toBeGreaterThan(10);
    for (const kind of kinds) expect(mailKind(kind)).toBe(kind);
  });

  it('have a template in each language and no other file', () => {
    const files = MAIL_KINDS.flatMap((kind) => LANGS.map((lang) => `${kind}.${lang}.hbs`));
    expect(readdirSync(path.join(ROOT, 'templates/mail/kinds')).sort()).toEqual(files.sort());
  });

  it('are refused when there is no such mail', () => {
    expect(() => renderLetter(letterOf('zh', [{ ...realReason('urged'), kind: 'toString' }]))).toThrow(
      'no mail is called',
    );
  });
});

describe.each(LANGS)('in %s', (lang) => {
  it('every real mail renders', () => {
    for (const reason of realReasons()) wholesome(renderLetter(letterOf(lang, [reason])), lang);
  });

  it.each(MAIL_KINDS)('%s is one mail, one table for many units, and part of a digest', (kind) => {
    const one = realReason(kind);
    const alone = renderLetter(letterOf(lang, [one]));
    wholesome(alone, lang);
    if (one.unit) {
      const many = renderLetter(letterOf(lang, forUnits(one, 10)));
      wholesome(many, lang);
      expect(many.html.match(/<h2/g)).toHaveLength(1);
      for (const n of [1, 10]) expect(many.text).toContain(`柳河镇第${n}村卫生室`);
    }
    const other = realReason(kind === 'accepted' ? 'returned' : 'accepted');
    const digest = renderLetter(letterOf(lang, [other, one]));
    wholesome(digest, lang);
    expect(digest.html.match(/<h2/g)).toHaveLength(2);
    expect(digest.subject).toContain('2');
  });
});

/** Nothing left open, nothing of a language that it is not in, whom to call and where to go. */
function wholesome({ subject, html, text }: ReturnType<typeof renderLetter>, lang: 'zh' | 'en') {
  for (const said of [subject, html, text]) expect(said).not.toMatch(/undefined|null|NaN|\[object|\{\{|Invalid/);
  expect(subject).not.toMatch(/\p{Cc}/u);
  expect(text).not.toMatch(/&(?:[a-z]+|#x?\w+);|<\w/i);
  expect(html).toContain(`<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}">`);
  for (const said of [html, text]) {
    expect(said).toContain('0000-8800000');
    expect(said).toContain('https://xiaohao.example/');
  }
  expect(text).not.toMatch(/\n{3,}|[ \t]\n/);
  if (lang === 'en') expect(subject).not.toMatch(/[：（）]/);
}
