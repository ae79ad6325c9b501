import { Context } from '@temporalio/activity';
import type { Activities } from '../domain/ports';
import { errorText, type Log } from '../engine/log';

/** Activities that leave a line for each batch: which case, which run, which number, and whether it was written. */
export function logged({ record }: Activities, log: Log): Activities {
  return {
    async record(batch) {
      const { workflowExecution, attempt } = Context.current().info;
      const began = Date.now();
      const line = () => ({
        case: batch.case,
        run: workflowExecution?.runId,
        batch: batch.seq,
        revision: batch.revision,
        facts: batch.facts.length,
        effects: batch.mails.length + batch.orders.length,
        attempt,
        ms: Date.now() - began,
      });
      try {
        await record(batch);
        log.info(line(), 'recorded');
      } catch (error) {
        log.warn({ ...line(), error: errorText(error) }, 'not recorded, will try again');
        throw error;
      }
    },
  };
}
