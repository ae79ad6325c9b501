import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

const { TASK_QUEUE_TYPE_WORKFLOW } = temporal.api.enums.v1.TaskQueueType;

/** A worker polls for a minute at most before it asks again; the server remembers pollers for five. */
const LATELY_MS = 75_000;
const DEADLINE_MS = 2_000;

/**
 * How many workers have asked the task queue for work lately.
 * @throws when Temporal does not answer within two seconds.
 */
export async function workersPolling(client: Client, taskQueue: string): Promise<number> {
  const { pollers } = await client.connection.withDeadline(Date.now() + DEADLINE_MS, () =>
    client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: TASK_QUEUE_TYPE_WORKFLOW,
    }),
  );
  const since = Date.now() - LATELY_MS;
  return (pollers ?? []).filter((poller) => Number(poller.lastAccessTime?.seconds ?? 0) * 1000 > since).length;
}
