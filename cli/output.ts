import { type Command, Option } from 'commander';
import { type ApiClient, ApiProblem, type Lang } from './api-client';
import { openSession } from './session';
import { Trouble } from './trouble';

export interface OutputOptions {
  json?: boolean;
  lang: Lang;
}

/** Everything a command needs to answer its caller. */
export interface Talk<Options> {
  options: Options & OutputOptions;
  api: ApiClient;
  /** Prints what was found: as JSON where that was asked for, else the lines. */
  show(found: unknown, lines: () => string[]): void;
}

/**
 * Gives a command `--json`, `--lang` and its action. What goes wrong becomes one clear sentence and an exit code:
 * 1 refused, 2 not even tried.
 */
export function answering<Options>(
  command: Command,
  action: (talk: Talk<Options>, ...args: string[]) => Promise<void>,
): Command {
  return command
    .option('--json', 'machine-readable output')
    .addOption(new Option('--lang <lang>', 'language of the output').choices(['zh', 'en']).default('zh'))
    .action(async (...given: unknown[]) => {
      // commander gives the arguments, then the options, then the command.
      const args = given.slice(0, -2) as string[];
      const options = given.at(-2) as Options & OutputOptions;
      const show = (found: unknown, lines: () => string[]) =>
        write(options.json ? [JSON.stringify(found, null, 2)] : lines());
      let session: ApiClient | undefined;
      const talk: Talk<Options> = {
        options,
        show,
        get api() {
          session ??= openSession(options.lang);
          return session;
        },
      };
      await saying(options, () => action(talk, ...args));
    });
}

async function saying(options: OutputOptions, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ApiProblem) {
      if (options.json) write([JSON.stringify(error.problem, null, 2)]);
      else complain(sentences(error, options.lang));
      process.exitCode = error.problem.status >= 500 ? 2 : 1;
    } else if (error instanceof Trouble) {
      complain([error.message]);
      process.exitCode = error.exitCode;
    } else throw error;
  }
}

/** A problem for a terminal: its sentence, then every place it names. */
function sentences({ problem }: ApiProblem, lang: Lang): string[] {
  const open = problem.findings?.filter(({ severity, waived }) => severity === 'error' && waived === undefined) ?? [];
  return [
    problem.detail,
    ...(problem.errors ?? []).map(({ field, message }) => `  ${field}: ${message}`),
    ...(problem.troubles ?? []).map((trouble) => `  ${atItsPlace(trouble, lang)}`),
    ...open.map(({ code, place, message }) => `  ${code} ${place}: ${message}`),
  ];
}

/** What a list says about one of its rows; row 0 is the file as a whole. */
export function atItsPlace({ row, column, message }: { row: number; column: string; message: string }, lang: Lang) {
  if (row === 0) return message;
  const where = lang === 'zh' ? `第 ${row} 行` : `row ${row}`;
  return `${where}${column ? ` “${column}”` : ''}：${message}`;
}

export function write(lines: string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}

function complain(lines: string[]): void {
  process.stderr.write(lines.map((line) => `${line}\n`).join(''));
}

/** Rows in columns, each as wide as its widest cell; a Chinese character takes two places on a terminal. */
export function table(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? '')))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

function widthOf(text: string): number {
  return [...text].reduce((width, char) => width + (/[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]/.test(char) ? 2 : 1), 0);
}
