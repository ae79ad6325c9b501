import { isLocalDate } from '../../domain/time';
import { z } from './z';

/** Fields that stand in more than one route. */
export const textSchema = z.object({ zh: z.string(), en: z.string() }).openapi('Text');
export const opaqueId = z.string().regex(/^[\w-]{1,120}$/);
export const day = z
  .string()
  .refine(isLocalDate, { error: 'input-date' })
  .openapi({ format: 'date', example: '2026-12-20' });
export const reason = z.string().trim().min(1).max(2000);
export const note = z.string().trim().max(2000);
export const seen = z
  .string()
  .regex(/^[0-9a-f]{64}$/, { error: 'input-digest' })
  .openapi({ description: 'Digest of the version that was looked at.' });
/** The authority's own code of a unit, e.g. `U001`. */
export const unitCode = z.string().trim().min(1).max(32);

export const idParams = z.object({ id: opaqueId });
/** A unit in an address: its id, or the authority's code of it. */
export const unitKey = z.string().min(1).max(64);
