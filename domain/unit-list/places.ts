import type { Place } from '../unit';
import { saysNothing, tidy } from './cells';
import { placeKindNamed } from './words';

/** The places of a cell, and the entries that could not be read, each with the code of its trouble. */
export interface PlacesRead {
  places: Place[];
  wrong: { code: 'place-malformed' | 'place-twice'; entry: string }[];
}

/**
 * Reads `名称（类型；施工单位；监理）` entries separated by `；`, `;` or line breaks. An entry without a bracket is a
 * room. The same `；` separates entries and parts of a bracket, so entries end only outside brackets.
 */
export function readPlaces(cell: string): PlacesRead {
  const read: PlacesRead = { places: [], wrong: [] };
  for (const entry of entriesOf(cell)) {
    const place = readPlace(entry);
    if (!place) read.wrong.push({ code: 'place-malformed', entry });
    // Hazards, checklists and stop-work attach to a place by its name.
    else if (read.places.some(({ name }) => name === place.name))
      read.wrong.push({ code: 'place-twice', entry: place.name });
    else read.places.push(place);
  }
  return read;
}

function entriesOf(cell: string): string[] {
  const entries = [''];
  let depth = 0;
  for (const character of cell) {
    if (/[(（]/.test(character)) depth += 1;
    else if (/[)）]/.test(character)) depth -= 1;
    if (depth === 0 && /[;；\r\n]/.test(character)) entries.push('');
    else entries[entries.length - 1] += character;
  }
  return entries.map(tidy).filter((entry) => !saysNothing(entry));
}

/** The last bracket holds the details; one before it belongs to the name: `门诊楼（一期）（建设项目；甲公司；乙监理）`. */
function readPlace(entry: string): Place | undefined {
  const [, before, details] = entry.match(/^(.*?)(?:[(（]([^(（]*)[)）])?$/u) ?? [];
  const name = tidy(before ?? '');
  if (!name || name.length > 100) return undefined;
  if (details === undefined) return /[()（）]/.test(name) ? undefined : { name, kind: 'room' };
  const [kindWord = '', contractor, supervisor, ...more] = details.split(/[;；]/).map(tidy);
  const kind = placeKindNamed(kindWord);
  if (!kind || more.length > 0 || (kind !== 'construction-project' && (contractor || supervisor))) return undefined;
  return {
    name,
    kind,
    ...(contractor && !saysNothing(contractor) && { contractor }),
    ...(supervisor && !saysNothing(supervisor) && { supervisor }),
  };
}
