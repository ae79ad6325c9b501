#!/usr/bin/env node
import { Command } from 'commander';
import { registerCalendarCommands } from './calendar';
import { registerCampaignCommands } from './campaigns';
import { registerConfig } from './config';
import { registerDemoCommands } from './demo';
import { registerDev } from './dev';
import { registerDocs } from './diagrams';
import { registerDoctor } from './doctor';
import { registerMailCommands } from './mails';
import { registerOperatorCommands } from './operate';
import { registerPlanCommands } from './plan';
import { registerReconcile } from './reconcile';
import { registerRehearse } from './rehearse';
import { registerTokenCommands } from './tokens';
import { registerUnitCommands } from './units';

/** What cannot be understood is told like what cannot be tried: with exit code 2. */
const USAGE = 2;

const program = new Command('xiaohao')
  .description('销号: safety-rectification campaigns of a health authority')
  .exitOverride((stop) => {
    process.exit(stop.exitCode === 0 ? 0 : USAGE);
  });

program
  .command('start')
  .description('the whole product on this machine, for real campaigns')
  .action(async () => (await import('./serve.js')).serve('campaign', undefined));
registerDev(program);
registerDemoCommands(program);
registerRehearse(program);
registerPlanCommands(program);
registerCalendarCommands(program);
registerUnitCommands(program);
registerCampaignCommands(program);
registerTokenCommands(program);
registerMailCommands(program);
registerOperatorCommands(program);
registerReconcile(program);
registerConfig(program);
registerDoctor(program);
registerDocs(program);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = USAGE;
});
