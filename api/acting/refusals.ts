import type { Data } from '../../domain/case';
import { Refused } from '../http/problem';

/** Most refusals say that it cannot be done as things stand (409); these are about what was asked. */
const STATUS: Record<string, number> = {
  'unknown-obligation': 404,
  'precondition-failed': 412,
  'extension-too-late': 422,
  'date-passed': 422,
  'date-not-later': 422,
};

/** A case's refusal as the sender hears it. Of what would be possible, what only clocks do is nobody's to do. */
export function refusalProblem(code: string, data: Data): Refused {
  const { possible, ...rest } = data;
  const acts = Array.isArray(possible) ? possible.filter((one) => !String(one).startsWith('clock:')) : undefined;
  return new Refused(STATUS[code] ?? 409, code, { ...rest, ...(acts && { possible: acts }) });
}
