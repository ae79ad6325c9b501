import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Batch } from '../domain/ports';

/**
 * What a case has had written down after its batch number `after`, out of its history: the batches as they were given
 * to the activity, in order, those of runs before the present one as well.
 * @throws WorkflowNotFoundError where a run that is needed is past its retention.
 */
export async function batchesOf(client: Client, caseId: string, after: number): Promise<Batch[]> {
  const found: Batch[] = [];
  let runId: string | undefined;
  for (;;) {
    const { events } = await client.workflow.getHandle(caseId, runId).fetchHistory();
    const ofRun = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => {
      const payload = scheduled?.activityType?.name === 'record' ? scheduled.input?.payloads?.[0] : undefined;
      return payload ? [defaultPayloadConverter.fromPayload<Batch>(payload)] : [];
    });
    found.unshift(...ofRun);
    const first = found[0];
    if (first !== undefined && first.seq <= after + 1) break;
    runId = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
    if (runId === undefined) break;
  }
  return found.filter(({ seq }) => seq > after);
}
