import { readFileSync } from 'node:fs';

/** CPU milliseconds used so far, by name of the process. */
export type CpuTimes = Record<string, number>;

/** Linux counts in hundredths of a second wherever Node runs. */
const MS_PER_TICK = 10;

/** What each process has used, all its threads together. Empty where there is no `/proc`. */
export function cpuTimes(pids: Record<string, number | undefined>): CpuTimes {
  return Object.fromEntries(
    Object.entries(pids).flatMap(([name, pid]) => {
      const used = pid === undefined ? undefined : usedBy(pid);
      return used === undefined ? [] : [[name, used]];
    }),
  );
}

export function cpuSince(before: CpuTimes, now: CpuTimes): CpuTimes {
  return Object.fromEntries(Object.entries(now).map(([name, used]) => [name, used - (before[name] ?? 0)]));
}

function usedBy(pid: number): number | undefined {
  try {
    // The name of the program, in brackets, may have spaces in it; utime and stime are fields 14 and 15 (proc(5)).
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  } catch {
    return undefined;
  }
}
