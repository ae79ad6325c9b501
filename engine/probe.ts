import type { Client, WorkflowService } from '@temporalio/client';
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
  const polling = await client.connection.withDeadline(Date.now() + DEADLINE_MS, () =>
    pollersOf(client.workflowService, client.options.namespace, taskQueue),
  );
  return polling.length;
}

/** Identities (pid@host) of the workers that have asked a task queue for work lately. */
export async function pollersOf(service: WorkflowService, namespace: string, taskQueue: string): Promise<string[]> {
  const { pollers } = await service.describeTaskQueue({
    namespace,
    taskQueue: { name: taskQueue },
    taskQueueType: TASK_QUEUE_TYPE_WORKFLOW,
  });
  const since = Date.now() - LATELY_MS;
  const lately = (pollers ?? []).filter((poller) => Number(poller.lastAccessTime?.seconds ?? 0) * 1000 > since);
  return lately.map(({ identity }) => identity ?? 'unknown');
}
