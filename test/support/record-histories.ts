import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { TestEngine } from './engine';

/** Where histories of earlier versions are kept; every change of a workflow or a rule must still replay them. */
export const HISTORIES = path.resolve(__dirname, '../histories');

/** Writes down the history of a case as it stands, under a name that says what happened in it. */
export async function keepHistory(engine: TestEngine, workflowId: string, name: string): Promise<void> {
  const history = await engine.client.workflow.getHandle(workflowId).fetchHistory();
  mkdirSync(HISTORIES, { recursive: true });
  writeFileSync(path.join(HISTORIES, `${name}.json`), `${historyToJSON(history)}\n`);
}
