const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;

/**
 * FNV-1a, 64 bits, of the UTF-8 bytes of a text, as 16 hex digits.
 *
 * Not cryptographic, and not meant to be: the rules run inside the workflow sandbox, which has no `node:crypto`, and
 * an id has to come out the same there, in the API and in a rehearsal. It hides nothing; it only keeps people's own
 * codes out of places that should not depend on them. With 100,000 texts two alike are expected once in 3 billion lists.
 *
 * Source: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv (constants and test vectors).
 */
export function fnv1a64(text: string): string {
  let hash = FNV_OFFSET;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * FNV_PRIME);
  return hash.toString(16).padStart(16, '0');
}

/**
 * The id of a unit, `u-` and 16 hex digits, made from the authority's code of it. Spellings that people take for one
 * code (`u001`, `Ｕ００１`, ` U001 `) give one id, so that a list sent again never makes a second unit.
 */
export function unitId(code: string): string {
  return `u-${fnv1a64(foldCode(code))}`;
}

/** A code as it is compared: full-width and half-width, capitals and small letters, and spaces around it are one. */
export function foldCode(code: string): string {
  return code.normalize('NFKC').trim().toUpperCase();
}
