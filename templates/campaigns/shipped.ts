import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageFile } from '../package-file';

const FOLDER = packageFile('templates/campaigns');

/** Path of a file shipped beside this one, e.g. `county-health.yaml`; undefined when there is none. */
export function shippedFile(name: string): string | undefined {
  // A code comes from people: it names a file of this folder and nothing else.
  if (!/^[a-z0-9-]+\.yaml$/.test(name)) return undefined;
  const file = path.join(FOLDER, name);
  return existsSync(file) ? file : undefined;
}

/**
 * Text of a shipped file.
 * @throws Error when it is not shipped.
 */
export function shippedText(name: string): string {
  const file = shippedFile(name);
  if (file === undefined) throw new Error(`no shipped file ${name}`);
  return readFileSync(file, 'utf8');
}
