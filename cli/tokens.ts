import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Role } from '../domain/case';
import { SECTOR_CODES } from '../domain/plan';
import { isBoundToUnit } from '../domain/policy';
import { answering, type Talk } from './output';
import { Trouble } from './trouble';

const ROLES: Role[] = ['admin', 'reviewer', 'leader', 'filer', 'head', 'investigator', 'auditor'];

interface TokenOptions {
  role: Role;
  unit?: string;
  sectors: string[];
  days?: number;
  label: string;
}

/**
 * `xiaohao token create`: straight into the database where `MONGODB_URI` is set, because the first token cannot come
 * from the API; else through the API.
 */
export function registerTokenCommands(program: Command): void {
  const token = program.command('token').description('令牌 tokens for the API');
  answering<TokenOptions>(
    token
      .command('create')
      .description('makes a token and shows its secret this once')
      .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory())
      .option('--unit <code>', 'the unit of a filer or head')
      .option('--sectors <codes>', 'sectors of a reviewer, separated by commas; all when absent', sectorsOf, [])
      .option('--days <n>', 'valid for so many days; without end when absent', wholeNumber)
      .option('--label <text>', 'what it is for', 'made on the command line'),
    async (talk) => {
      const { options } = talk;
      if (isBoundToUnit(options.role) && options.unit === undefined) {
        throw new Trouble(`a token for the role ${options.role} needs --unit CODE`);
      }
      const made = process.env.MONGODB_URI ? await inStore(options) : await overApi(talk);
      talk.show(made, () => [made.secret]);
    },
  );
}

type Made = { id: string; secret: string };

async function overApi({ api, options }: Talk<TokenOptions>): Promise<Made> {
  const { role, unit, sectors, days, label } = options;
  const { id, secret } = await api.post<Made>('/tokens', { role, unit, sectors, days, label });
  return { id, secret };
}

/** Database and its libraries are loaded only for this. */
async function inStore({ unit, ...token }: TokenOptions): Promise<Made> {
  const { makeFirstToken } = await import('./first-token.js');
  return makeFirstToken(token, unit);
}

function sectorsOf(text: string): string[] {
  const sectors = text.split(',').map((one) => one.trim());
  const unknown = sectors.find((one) => !(SECTOR_CODES as readonly string[]).includes(one));
  if (unknown !== undefined) throw new InvalidArgumentError(`no sector ${unknown}; one of ${SECTOR_CODES.join(', ')}`);
  return sectors;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('not a number of days');
  return Number(text);
}
