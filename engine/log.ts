import pino from 'pino';

/** JSON lines with ids only: no names, no addresses, no secrets ever go in. */
export function makeLog(name: string, level: string) {
  return pino({ name, level, base: { name, pid: process.pid } });
}

export type Log = ReturnType<typeof makeLog>;
