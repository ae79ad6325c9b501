import { Connection, isGrpcServiceError } from '@temporalio/client';
import type { Config } from './config';
import { connectionOptions } from './connect';
import { pollersOf } from './probe';

/** What a case can be found by in Temporal's own lists; without them none can be started. */
export const SEARCH_ATTRIBUTES = ['XiaohaoKind', 'XiaohaoCampaign', 'XiaohaoUnit'] as const;

/** What Temporal says to somebody who only looks. */
export interface EngineFacts {
  version: string;
  /** Absent where there is no such namespace. */
  namespace?: {
    retentionDays: number;
    missingAttributes: string[];
    /** Who has asked the task queue for work lately. */
    workers: string[];
  };
}

const DEADLINE_MS = 5_000;
const NOT_FOUND = 5;

/** Looks at Temporal without changing anything in it. @throws when it cannot be reached. */
export async function inspectEngine(config: Config): Promise<EngineFacts> {
  const connection = Connection.lazy(await connectionOptions(config));
  const { workflowService, operatorService } = connection;
  const { namespace } = config;
  try {
    return await connection.withDeadline(Date.now() + DEADLINE_MS, async () => {
      const { serverVersion } = await workflowService.getSystemInfo({});
      const found = await workflowService.describeNamespace({ namespace }).catch((error) => {
        if (isGrpcServiceError(error) && Number(error.code) === NOT_FOUND) return undefined;
        throw error;
      });
      if (!found) return { version: serverVersion };
      const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
      const retention = Number(found.config?.workflowExecutionRetentionTtl?.seconds ?? 0);
      return {
        version: serverVersion,
        namespace: {
          retentionDays: Math.floor(retention / 86_400),
          missingAttributes: SEARCH_ATTRIBUTES.filter((name) => !(name in customAttributes)),
          workers: await pollersOf(workflowService, namespace, config.taskQueue),
        },
      };
    });
  } finally {
    await connection.close();
  }
}
