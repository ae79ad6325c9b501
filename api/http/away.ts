/**
 * Errors by which driver and ODM say that the database cannot be reached just now. By name: the driver's classes come
 * from mongoose's own copy of it.
 */
const AWAY = new Set([
  'MongoServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoServerClosedError',
  'MongoStalePrimaryError',
  'MongoWriteConcernError',
  'MongooseServerSelectionError',
  'DisconnectedError',
]);

/** Codes of a replica set that has no primary, is electing one, starting or shutting down, or cannot be reached. */
const NO_PRIMARY = new Set([6, 7, 89, 91, 94, 134, 189, 9001, 10107, 11600, 11602, 13435, 13436]);

/** What the server or the driver puts on an error that is over once it is tried again. */
const PASSING = ['RetryableWriteError', 'TransientTransactionError', 'PoolRequestedRetry'];

/** Whether an error means that the database is away, and the request may be repeated later. */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, message } = error;
  const { code, errorLabels } = error as { code?: unknown; errorLabels?: unknown };
  return (
    AWAY.has(name) ||
    (Array.isArray(errorLabels) && PASSING.some((label) => errorLabels.includes(label))) ||
    (typeof code === 'number' && NO_PRIMARY.has(code)) ||
    // mongoose has no class of its own for this one.
    (name === 'MongooseError' && /bufferCommands|initial connection/.test(message))
  );
}
