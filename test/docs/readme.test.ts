import { existsSync, readFileSync } from 'node:fs';
import { SETTING_NAMES } from '../../engine/settings';
import { packageFile } from '../../templates/package-file';

const read = (file: string) => readFileSync(packageFile(file), 'utf8');
const blocks = (text: string) => [...text.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, code = '']) => code);

describe.each(['README.md', 'README.zh-CN.md'])('%s', (file) => {
  const text = read(file);

  test('begins with the two commands', () => {
    expect(text).toContain('```\nnpm ci && npm run demo\nnpm ci && npm test\n```');
  });

  test('has every setting in its table', () => {
    for (const name of SETTING_NAMES) expect(text).toContain(`\`${name}\``);
  });

  test('names only scripts and files that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const [, name = ''] of text.matchAll(/npm run (?:-s )?([a-z]+)/g)) expect(scripts).toHaveProperty(name);
    for (const [, name = ''] of text.matchAll(/(?:\]\(|src=")([a-z][\w./-]+)/gi)) {
      expect([name, existsSync(packageFile(name))]).toEqual([name, true]);
    }
    for (const [, folder = ''] of text.matchAll(/^\| `([a-z]+\/)`/gm))
      expect(existsSync(packageFile(folder))).toBe(true);
  });
});

test('both twins have the same commands to type', () => {
  const same = (code: string) => code.replaceAll(' --lang en', '').replace(/--label ".*?"/g, '--label');
  expect(blocks(read('README.zh-CN.md')).map(same)).toEqual(blocks(read('README.md')).map(same));
});
