import { existsSync, readdirSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { packageFile } from '../templates/package-file';

/** Where `npm run build` leaves the workflows, so that a worker starts at once. */
const BUNDLE = packageFile('dist/worker/workflows.js');

/** What a worker runs: the prepared bundle. @throws Error when nothing was built. */
export function workflowBundle(): { codePath: string } {
  if (!existsSync(BUNDLE)) throw new Error('the workflows are not built: run "npm run build"');
  return { codePath: BUNDLE };
}

/** Makes the bundle, unless nothing it is made from has changed. */
export async function bundle(): Promise<void> {
  const sources = ['../workflows', '../domain'].map((folder) => path.join(__dirname, folder));
  if (existsSync(BUNDLE) && statSync(BUNDLE).mtimeMs > Math.max(...sources.map(newest))) return;
  const workflowsPath = path.join(__dirname, '../workflows/index.js');
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  await writeFile(BUNDLE, code);
}

/** When anything in a folder was last written. */
function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((file) => statSync(path.join(folder, file)).mtimeMs));
}

if (require.main === module) {
  bundle().catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
