import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { makeActivities } from '../activities/record';
import type { Activities } from '../domain/ports';
import type { Config } from '../engine/config';
import { connectionOptions } from '../engine/connect';
import type { Log } from '../engine/log';
import type { Store } from '../store/store';
import { workflowBundle } from './bundle';
import { logged } from './logged';

/** What a container platform usually gives a process between SIGTERM and SIGKILL is 30 s; a batch takes at most 10. */
const SHUTDOWN_GRACE = '15s';

/** A worker on the task queue of the configuration; as many as wanted may run side by side. */
export async function makeWorker(config: Config, store: Store, log: Log): Promise<Worker> {
  installLogger(log);
  return createWorker(config, logged(makeActivities(store), log));
}

/** The worker itself, on activities of the caller's choice. */
export async function createWorker(config: Config, activities: Activities): Promise<Worker> {
  return Worker.create({
    connection: await NativeConnection.connect(await connectionOptions(config)),
    namespace: config.namespace,
    taskQueue: config.taskQueue,
    workflowBundle: await workflowBundle(),
    activities,
    maxCachedWorkflows: config.MAX_CACHED_WORKFLOWS,
    maxConcurrentWorkflowTaskExecutions: 40,
    maxConcurrentActivityTaskExecutions: 40,
    shutdownGraceTime: SHUTDOWN_GRACE,
    // A worker that died keeps its cases for so long; must be less than the 5 s an Update waits for its answer.
    stickyQueueScheduleToStartTimeout: '2s',
    ...(config.XIAOHAO_BUILD_ID !== undefined && {
      workerDeploymentOptions: {
        version: { deploymentName: 'xiaohao', buildId: config.XIAOHAO_BUILD_ID },
        useWorkerVersioning: true,
        defaultVersioningBehavior: 'PINNED' as const,
      },
    }),
  });
}

let installed = false;

/** Temporal's own messages go the same way as ours. The runtime is one per process. */
function installLogger(log: Log): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      const { workflowId, runId, activityType, error } = (meta ?? {}) as Record<string, unknown>;
      log[level === 'ERROR' ? 'error' : 'warn']({ case: workflowId, run: runId, activityType, err: error }, message);
    }),
    shutdownSignals: [],
  });
}
