import type { Role } from '../../domain/case';
import type { SectorCode } from '../../domain/plan';
import type { Person } from '../../domain/policy';
import type { TokenDoc } from '../../store/documents';
import type { Store } from '../../store/store';
import { findToken } from '../../store/tokens';
import { Problem } from '../http/problem';

/**
 * Who sends a request, by its bearer token. The id is the token's: cases and journals never hold a name.
 * @throws Problem 401 without a token that is valid now.
 */
export async function authenticate(store: Store, authorization: string | undefined): Promise<Person> {
  const secret = /^Bearer +(\S{1,200})$/i.exec(authorization ?? '')?.[1];
  const token = secret === undefined ? undefined : await findToken(store, secret);
  if (!token) throw new Problem(401, 'unauthenticated');
  return holderOf(token);
}

/** Whoever a token is for. */
export function holderOf({ _id, role, sectors, unit }: TokenDoc): Person {
  return {
    id: _id,
    role: role as Role,
    sectors: sectors as SectorCode[],
    ...(unit !== undefined && { unit }),
  };
}
