/**
 * Chance that comes out the same every time: a number in [0, 1) for a seed and what it is about. No generator is
 * carried along, so that a decision does not depend on how many were made before it.
 */
export function dice(seed: number, ...about: (string | number)[]): number {
  return mulberry32(hash32(`${seed}|${about.join('|')}`));
}

/** One of some, evenly. */
export function oneOf<T>(choices: readonly T[], throwOf: number): T {
  return choices[Math.floor(throwOf * choices.length)]!;
}

/** One of some, by weight; the weights need not add up to one. */
export function weighted<T>(choices: readonly (readonly [T, number])[], throwOf: number): T {
  let left = throwOf * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    left -= weight;
    if (left < 0) return choice;
  }
  return choices.at(-1)![0];
}

/** 64 hex digits that look like a SHA-256 and stand for one, made from a text. */
export function fakeDigest(text: string): string {
  let digest = '';
  for (let i = 0; i < 8; i += 1)
    digest += mixed(hash32(`${i}|${text}`))
      .toString(16)
      .padStart(8, '0');
  return digest;
}

/** An opaque id of a person who does not exist. */
export function fakePerson(...of: (string | number)[]): string {
  const text = of.join('|');
  return `p-${[0, 1]
    .map((i) =>
      mixed(hash32(`${i}|${text}`))
        .toString(16)
        .padStart(8, '0'),
    )
    .join('')}`;
}

/** FNV-1a, 32 bits. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The first number of the generator mulberry32 (Tommy Ettinger, public domain) with this seed. */
function mulberry32(seed: number): number {
  return mixed(seed) / 4294967296;
}

function mixed(seed: number): number {
  const a = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(a ^ (a >>> 15), 1 | a);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return (t ^ (t >>> 14)) >>> 0;
}
