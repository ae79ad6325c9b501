import type { Command } from 'commander';
import { answering, table } from './output';

/** `xiaohao doctor`: looks at everything the product needs, and changes nothing. Needs no API. */
export function registerDoctor(program: Command): void {
  answering(
    program
      .command('doctor')
      .description('体检 checks settings, servers and database; exit code 1 where something is wrong'),
    async ({ show }) => {
      // Engine and database are loaded only for this.
      const { examine } = await import('./examine.js');
      const checks = await examine();
      show(checks, () => table(checks.map(({ what, state, text }) => [state, what, text])));
      if (checks.some(({ state }) => state === 'wrong')) process.exitCode = 1;
    },
  );
}
