import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The path of one of this folder's modules as JavaScript, for a process of its own. Tests run these files as TypeScript,
 * which plain Node cannot; their processes run what was last compiled to `dist`.
 */
export function compiled(name: string): string {
  const dir = __filename.endsWith('.ts') ? join(__dirname, '..', 'dist', 'local') : __dirname;
  const path = join(dir, `${name}.js`);
  if (!existsSync(path)) throw new Error(`${path} is missing; compile first: npx tsc -p tsconfig.json`);
  return path;
}
