import * as wf from '@temporalio/workflow';
import type { CaseState, Envelope, Message, Opening, Rules } from '../domain/case';
import type { Activities } from '../domain/ports';
import { AlarmClock } from './alarm-clock';
import { type CaseInput, Desk } from './desk';
import { deliver, look, opened, refresh, tell } from './messages';

export type { CaseInput };

const { record } = wf.proxyActivities<Activities>({
  startToCloseTimeout: '10s',
  // Without end: a database that is away for a day must not lose a decision that has been answered.
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' },
});

/**
 * Runs any kind of case: opens it, then waits for messages and for the one timer of what comes next, and has
 * whatever was decided written down. All handlers are synchronous; nothing but this loop awaits.
 */
export async function runCase<S extends CaseState, M extends Message, O extends Opening>(
  rules: Rules<S, M, O>,
  input: CaseInput<O>,
): Promise<void> {
  const desk = new Desk(rules, input);

  wf.setHandler(deliver, (envelope) => desk.take(envelope as Envelope<M>), {
    validator: (envelope) => desk.check(envelope as Envelope<M>),
  });
  wf.setHandler(opened, () => desk.answerOpened());
  wf.setHandler(tell, (envelope) => desk.hear(envelope as Envelope<M>));
  let freshRunWanted = false;
  wf.setHandler(refresh, () => {
    freshRunWanted = true;
  });
  wf.setHandler(look, () => desk.look());

  const { openedAt } = input.opening;
  if (openedAt > Date.now()) await wf.sleep(openedAt - Date.now());

  const alarm = new AlarmClock();
  while (true) {
    desk.passUntil(Math.max(Date.now(), alarm.rangFor));
    if (freshRunWanted || wf.workflowInfo().continueAsNewSuggested) {
      // Before writing, not after: under a stream of messages there is always something left to write.
      alarm.stop();
      await freshRun<O>()({ ...input, carried: desk.carry() });
    } else if (desk.hasUnwritten) {
      wf.setCurrentDetails(rules.describe(desk.state));
      const batch = desk.nextBatch(Date.now());
      await record(batch);
      desk.written(batch);
    } else if (desk.state.closed) {
      break;
    } else {
      alarm.set(rules.next(desk.state)?.at);
      await wf.condition(() => desk.hasUnwritten || alarm.rang || freshRunWanted);
    }
  }
  alarm.stop();
}

/** Where workers are versioned a case stays with its version until its next run, which takes the newest. */
function freshRun<O extends Opening>() {
  const versioned = wf.workflowInfo().currentDeploymentVersion !== undefined;
  return wf.makeContinueAsNewFunc<(input: CaseInput<O>) => Promise<void>>(
    versioned ? { initialVersioningBehavior: 'AUTO_UPGRADE' } : {},
  );
}
