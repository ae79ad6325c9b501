import { parseArgs } from 'node:util';

/** How large a measurement is. */
export interface Options {
  /** Units the campaign is launched for. */
  units: number;
  /** Senders that file at the same time, each waiting for its answer before it files again. */
  clients: number;
  /** Filing ends after so long, or when `filings` have been settled. */
  seconds: number;
  filings: number;
  workers: number;
}

const USAGE = 'npm run bench -- [--units 300] [--clients 16] [--seconds 20] [--filings 1500] [--workers 1]';

/** Reads the command line. @throws Error that says how it is used. */
export function readOptions(args: string[]): Options {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      args,
      options: { units: text, clients: text, seconds: text, filings: text, workers: text },
    });
    return {
      units: count(values.units, 300),
      clients: count(values.clients, 16),
      seconds: count(values.seconds, 20),
      filings: count(values.filings, 1500),
      workers: count(values.workers, 1),
    };
  } catch (error) {
    throw new Error(`${(error as Error).message}\nusage: ${USAGE}`);
  }
}

function count(given: string | undefined, usual: number): number {
  if (given === undefined) return usual;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1) throw new Error(`"${given}" is not a whole number of at least 1`);
  return value;
}
