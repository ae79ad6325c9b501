import type { Role } from '../../domain/case';
import type { SectorCode } from '../../domain/plan';
import type { Person } from '../../domain/policy';
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
  return {
    id: token._id,
    role: token.role as Role,
    sectors: token.sectors as SectorCode[],
    ...(token.unit !== undefined && { unit: token.unit }),
  };
}
