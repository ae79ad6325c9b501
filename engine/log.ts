import pino, { type DestinationStream } from 'pino';

/** JSON lines with ids only: no names, no addresses, no secrets ever go in. */
export function makeLog(name: string, level: string, destination?: DestinationStream) {
  const options = { name, level, base: { name, pid: process.pid }, serializers: { err: faultOf } };
  return destination ? pino(options, destination) : pino(options);
}

export type Log = ReturnType<typeof makeLog>;

/** Where it happened, without the sentence: servers and drivers put addresses and values into theirs. */
export function faultOf(error: unknown) {
  if (typeof error === 'string') return error.replace(/\/\/[^\s/]*@/g, '//***@');
  if (!(error instanceof Error)) return { name: 'unknown' };
  const frames = error.stack?.split('\n').filter((line) => line.trim().startsWith('at ')) ?? [];
  return {
    name: error.name,
    code: (error as { code?: unknown }).code,
    at: frames.slice(0, 8).map((line) => line.trim()),
  };
}

/** The kind of error and its code, in one word or three; see `faultOf` for why not its sentence. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, responseCode } = error as Error & { code?: unknown; responseCode?: unknown };
  return [error.name, code, responseCode].filter((part) => part !== undefined).join(' ');
}
