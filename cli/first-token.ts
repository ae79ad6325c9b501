import { unitId } from '../domain/id';
import { readConfig } from '../engine/config';
import { openStore } from '../store/store';
import { createToken, type NewToken } from '../store/tokens';
import { Trouble } from './trouble';

/**
 * Makes a token straight in the database of `MONGODB_URI`.
 * @param code of the unit, for filers and heads. @throws Trouble where there is no such database or unit.
 */
export async function makeFirstToken(token: NewToken, code?: string): Promise<{ id: string; secret: string }> {
  const config = readConfig();
  const opened = openStore({ uri: config.MONGODB_URI, database: config.database, rehearsal: config.rehearsal });
  const store = await opened.catch((error: Error) => {
    throw new Trouble(`the database cannot be opened: ${error.message}`);
  });
  try {
    const unit = code === undefined ? undefined : unitId(code);
    if (unit !== undefined && !(await store.units.exists({ _id: unit })))
      throw new Trouble(`no unit has the code ${code}`, 1);
    const { role, sectors, label, days } = token;
    return await createToken(store, { role, sectors, label, days, ...(unit !== undefined && { unit }) });
  } finally {
    await store.close();
  }
}
