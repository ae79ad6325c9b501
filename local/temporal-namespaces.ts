import { Connection, isGrpcServiceError } from '@temporalio/client';
import { google, temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../engine/inspect';

const RETENTION_SECONDS = 400 * 86_400;
const CALL_MS = 5_000;
const NOT_FOUND = 5;
const KEYWORD = temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;

/** Throws unless a Temporal frontend answers at the address. */
export async function askTemporal(address: string): Promise<void> {
  await connected(address, ({ workflowService }) => workflowService.getSystemInfo({}));
}

/**
 * Registers the namespaces (closed histories are kept 400 days) and their search attributes, whichever are missing, and
 * tries each out. Throws while something cannot be used yet; to be repeated.
 */
export async function prepareNamespaces(address: string, namespaces: string[]): Promise<void> {
  for (const namespace of namespaces) {
    await connected(address, async (connection) => {
      await register(connection, namespace);
      await addSearchAttributes(connection, namespace);
      await tryOut(connection, namespace);
    });
  }
}

async function register({ workflowService }: Connection, namespace: string): Promise<void> {
  try {
    await workflowService.describeNamespace({ namespace });
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: google.protobuf.Duration.fromObject({ seconds: RETENTION_SECONDS }),
    });
  }
}

async function addSearchAttributes({ operatorService }: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing = SEARCH_ATTRIBUTES.filter((name) => !(name in customAttributes));
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(missing.map((name) => [name, KEYWORD]));
  await operatorService.addSearchAttributes({ namespace, searchAttributes });
}

// The frontend is up before the services behind it are: visibility, history and matching are asked for a trifle each.
async function tryOut({ workflowService }: Connection, namespace: string): Promise<void> {
  const query = SEARCH_ATTRIBUTES.map((name) => `${name} = 'none'`).join(' AND ');
  await workflowService.countWorkflowExecutions({ namespace, query });
  await workflowService.describeWorkflowExecution({ namespace, execution: { workflowId: 'none' } }).catch((error) => {
    if (!isNotFound(error)) throw error;
  });
  await workflowService.describeTaskQueue({ namespace, taskQueue: { name: 'none' } });
}

function isNotFound(error: unknown): boolean {
  return isGrpcServiceError(error) && Number(error.code) === NOT_FOUND;
}

async function connected<T>(address: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = Connection.lazy({ address });
  try {
    return await connection.withDeadline(Date.now() + CALL_MS, () => work(connection));
  } finally {
    await connection.close();
  }
}
