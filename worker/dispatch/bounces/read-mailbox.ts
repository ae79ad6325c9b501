import { takeReport } from '../../../store/addresses';
import type { Store } from '../../../store/store';
import type { BounceMailbox } from './bounce-mailbox';
import { type ReadReport, readReport } from './read-report';

/**
 * Takes what has come back since the last look. A message is marked as read after what it says is kept, so that a
 * crash in between repeats it, which changes nothing.
 * @returns how many messages were reports about letters of ours; the others are left for people, and marked as read.
 */
export async function readBounceMailbox(store: Store, mailbox: BounceMailbox): Promise<number> {
  let taken = 0;
  for (const { id, source } of await mailbox.unread()) {
    // What cannot be read is no report.
    const report: ReadReport | undefined = await readReport(source).catch(() => undefined);
    if (report && (await takeReport(store, { ...report, source: 'mailbox' })).mail !== undefined) taken += 1;
    await mailbox.done(id);
  }
  return taken;
}
