import type { Calendar } from './calendar';
import { at } from './calendar';
import { type Instant, type LocalDate, type LocalTime, MINUTE } from './time';

const SLOTS = 6;
const SLOT_MINUTES = 5;

/**
 * The five-minute slot of a unit, 0 to 5. What falls due for many at one instant is spread by a
 * hash of the unit, never by chance, so that a replay and a rehearsal see the same instants.
 */
export function slotOf(unit: string): number {
  // FNV-1a, 32 bit: even enough for six slots, and the workflow sandbox has no crypto.
  let hash = 0x811c9dc5;
  for (let i = 0; i < unit.length; i += 1) hash = Math.imul(hash ^ unit.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % SLOTS;
}

/**
 * When a unit's morning clock runs on a day: in its slot of the half hour that ends with the
 * digest, so that all that concerns a person lies ready when the one mail of the day is written.
 */
export function morningOf(calendar: Calendar, date: LocalDate, digestAt: LocalTime, slot: number): Instant {
  return at(calendar, date, digestAt) - (SLOTS - slot) * SLOT_MINUTES * MINUTE;
}
