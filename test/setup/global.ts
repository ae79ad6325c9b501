import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startStack } from '../../local/stack';

const ROOT = path.resolve(__dirname, '../..');

/** Starts the real servers once for all suites; they find them in the environment. */
export default async function setUp(): Promise<void> {
  for (const built of ['dist/worker/workflows.js', 'dist/local/mailbox-main.js']) {
    if (!existsSync(path.join(ROOT, built))) throw new Error(`${built} is missing: run "npm run build" first`);
  }
  // What the developer's shell says about servers must not reach the tests.
  for (const name of ['TEMPORAL_ADDRESS', 'MONGODB_URI', 'SMTP_URL', 'XIAOHAO_MODE']) delete process.env[name];
  const dataDir = mkdtempSync(path.join(tmpdir(), 'xiaohao-test-'));
  const stack = await startStack({
    dataDir,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  Object.assign(globalThis, { xiaohaoTestStack: stack, xiaohaoTestData: dataDir });
  const servers = {
    TEST_TEMPORAL_ADDRESS: stack.temporalAddress,
    TEST_MONGODB_URI: stack.mongoUri,
    TEST_SMTP_URL: stack.smtpUrl,
    TEST_MAILBOX_URL: stack.mailbox?.url ?? '',
  };
  Object.assign(process.env, servers);
}
