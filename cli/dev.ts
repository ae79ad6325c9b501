import { execFile, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { promisify } from 'node:util';
import type { Command } from 'commander';
import type { Supervised } from '../local/supervise';
import { packageFile } from '../templates/package-file';
import { DEMO } from './session';

/** The compiler writes many files for one change; they are taken together. */
const TOGETHER_MS = 600;

/** `xiaohao dev`: the demo, with our processes started anew whenever the code or a template changes. */
export function registerDev(program: Command): void {
  program
    .command('dev')
    .description('the demo, restarted on every change of the code')
    .action(async () => {
      const compiler = spawn(
        process.execPath,
        [packageFile('node_modules/typescript/bin/tsc'), '--watch', '--preserveWatchOutput'],
        {
          cwd: packageFile('.'),
          stdio: ['ignore', 'inherit', 'inherit'],
        },
      );
      try {
        const { serve } = await import('./serve.js');
        await serve(DEMO, DEMO, restartOnChange);
      } finally {
        compiler.kill();
      }
    });
}

function restartOnChange(supervised: Supervised): void {
  let soon: NodeJS.Timeout | undefined;
  const changed = () => {
    clearTimeout(soon);
    soon = setTimeout(() => {
      restart(supervised).catch((error) => console.error(error instanceof Error ? error.message : error));
    }, TOGETHER_MS);
  };
  for (const folder of ['dist', 'templates']) {
    watch(packageFile(folder), { recursive: true }, (_event, file) => {
      // What a restart itself writes is no change.
      if (file && /\.(js|hbs|yaml|csv)$/.test(file) && !file.endsWith('workflows.js')) changed();
    }).unref();
  }
}

/** Whoever keeps them running starts them again. */
async function restart({ pids }: Supervised): Promise<void> {
  await promisify(execFile)(process.execPath, [packageFile('dist/worker/bundle.js')]);
  console.log('changed: starting anew');
  for (const pid of Object.values(pids)) if (pid !== undefined) process.kill(pid, 'SIGTERM');
}
