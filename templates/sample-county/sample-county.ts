import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Contact, SECTOR_CODES } from '../../domain/plan';
import { packageFile } from '../package-file';

const contacts: z.ZodType<Contact[]> = z.array(
  z.strictObject({
    role: z.enum(['admin', 'reviewer', 'leader']),
    name: z.string().min(1),
    phone: z.string(),
    email: z.email(),
    sectors: z.array(z.enum(SECTOR_CODES)),
  }),
);

/**
 * 清源县, a county that does not exist: the demo, the rehearsal and the tests run on it.
 *
 * @returns `csv`, its unit list as an office would send it (46 units of all kinds, one of which nobody can reach by
 *   mail), and `contacts`, the people of its health commission.
 */
export function sampleCounty(): { csv: Buffer; contacts: Contact[] } {
  return {
    csv: readFileSync(packageFile('templates/sample-county/units.csv')),
    contacts: contacts.parse(parse(readFileSync(packageFile('templates/sample-county/staff.yaml'), 'utf8'))),
  };
}
