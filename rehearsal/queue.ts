import type { Instant } from '../domain/time';

/** What comes at one instant, in this order: clocks run out, people act, mail goes out. */
export type Phase = 'clock' | 'act' | 'mail';

export interface Entry {
  at: Instant;
  phase: Phase;
  /** Case, or person of a mail; decides between two in the same phase of the same instant. */
  id: string;
  /** What the owner was at when it was entered; one that has moved on since leaves the entry behind. */
  stamp: number;
}

/** A binary heap of everything to come, earliest first. */
export class Queue {
  private readonly heap: Entry[] = [];

  push(entry: Entry): void {
    const { heap } = this;
    let place = heap.push(entry) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!comesFirst(entry, heap[parent]!)) break;
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = entry;
  }

  pop(): Entry | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && comesFirst(heap[child + 1]!, heap[child]!)) child += 1;
      if (!comesFirst(heap[child]!, last)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = last;
    return first;
  }
}

const RANK: Record<Phase, number> = { clock: 0, act: 1, mail: 2 };

function comesFirst(a: Entry, b: Entry): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.phase !== b.phase) return RANK[a.phase] < RANK[b.phase];
  return a.id < b.id;
}
