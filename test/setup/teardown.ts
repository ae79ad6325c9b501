import { rmSync } from 'node:fs';
import type { Stack } from '../../local/stack';

/** Stops what `global.ts` started and leaves nothing behind. */
export default async function tearDown(): Promise<void> {
  const { xiaohaoTestStack, xiaohaoTestData } = globalThis as unknown as {
    xiaohaoTestStack?: Stack;
    xiaohaoTestData?: string;
  };
  await xiaohaoTestStack?.stop();
  if (xiaohaoTestData) rmSync(xiaohaoTestData, { recursive: true, force: true });
}
