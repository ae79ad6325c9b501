import { Command } from 'commander';

/** What a command printed, and its exit code. */
export interface Ran {
  out: string;
  err: string;
  code: number;
}

/** Runs one command line as it is typed, with the commands that `registers` put in; the process stays as it was. */
export async function runCommand(registers: ((program: Command) => void)[], args: string[]): Promise<Ran> {
  const printed = { out: '', err: '' };
  const catching = (kind: 'out' | 'err') => (text: string | Uint8Array) => {
    printed[kind] += text;
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(catching('out')),
    jest.spyOn(process.stderr, 'write').mockImplementation(catching('err')),
  ];
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    const program = new Command().exitOverride();
    for (const register of registers) register(program);
    await program.parseAsync(args, { from: 'user' });
    return { ...printed, code: Number(process.exitCode) };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}
