import { existsSync } from 'node:fs';
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

async function build(): Promise<void> {
  const workflowsPath = path.join(__dirname, '../workflows/index.js');
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  await writeFile(BUNDLE, code);
}

if (require.main === module) {
  build().catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
