import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** Where `npm run build` leaves the workflows, so that a worker starts at once. */
export const BUNDLE = path.join(__dirname, 'workflows.js');

/** Bundles the workflows of a folder (compiled or source). */
export async function bundle(workflowsPath = require.resolve('../workflows')): Promise<string> {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  return code;
}

/** What a worker runs: the prepared bundle, or one made now. */
export async function workflowBundle(): Promise<{ codePath: string } | { code: string }> {
  return existsSync(BUNDLE) ? { codePath: BUNDLE } : { code: await bundle() };
}

if (require.main === module) {
  bundle()
    .then((code) => writeFile(BUNDLE, code))
    .catch((error) => {
      console.error(error);
      process.exitCode = 1;
    });
}
