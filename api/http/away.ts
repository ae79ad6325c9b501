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
  'MongoPoolClosedError',
  'MongoWriteConcernError',
  'MongooseServerSelectionError',
  'DisconnectedError',
]);

/** Codes of a replica set that has no primary, is electing one, or is shutting down. */
const NO_PRIMARY = new Set([91, 189, 10107, 11600, 11602, 13435, 13436]);

/** Whether an error means that the database is away, and the request may be repeated later. */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, message } = error;
  const code = (error as { code?: unknown }).code;
  return (
    AWAY.has(name) ||
    (typeof code === 'number' && NO_PRIMARY.has(code)) ||
    // mongoose has no class of its own for this one.
    (name === 'MongooseError' && /bufferCommands|initial connection/.test(message))
  );
}
