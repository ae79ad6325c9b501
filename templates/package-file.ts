import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Path of a file of this package, whether run from source or from `dist/`: the compiler copies no templates.
 * @throws Error when no folder above has a package.json.
 */
export function packageFile(relative: string): string {
  for (let up = __dirname; ; up = path.dirname(up)) {
    if (existsSync(path.join(up, 'package.json'))) return path.join(up, relative);
    if (up === path.dirname(up)) throw new Error(`no package.json above ${__dirname}`);
  }
}
