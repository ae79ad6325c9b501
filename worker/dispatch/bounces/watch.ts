import type { Store } from '../../../store/store';
import type { BounceMailbox } from './bounce-mailbox';
import { readBounceMailbox } from './read-mailbox';

/** How often the mailbox is looked into; reports take minutes to days to come. */
const EVERY_MS = 60_000;

export interface BounceWatch {
  store: Store;
  open(): Promise<BounceMailbox>;
  /** Wall clock between two looks; a minute when absent. */
  everyMs?: number;
  /** Told of a mailbox that could not be read; it is opened anew at the next look. */
  fault(error: unknown): void;
}

/** Looks into the bounce mailbox again and again until it is stopped. @returns what stops it and settles when it has. */
export function watchBounces({ store, open, fault, everyMs = EVERY_MS }: BounceWatch): () => Promise<void> {
  let stopped = false;
  let wake = () => {};
  let mailbox: BounceMailbox | undefined;

  const shut = async () => {
    const open = mailbox;
    mailbox = undefined;
    await open?.close().catch(() => {});
  };
  const look = async () => {
    try {
      mailbox ??= await open();
      await readBounceMailbox(store, mailbox);
    } catch (error) {
      fault(error);
      await shut();
    }
  };
  const watching = (async () => {
    while (!stopped) {
      await look();
      if (stopped) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    await shut();
  })();
  return async () => {
    stopped = true;
    wake();
    await watching;
  };
}
