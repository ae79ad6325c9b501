import type { Client } from '@temporalio/client';
import type { google } from '@temporalio/proto';
import type { Instant } from '../domain/time';

/** A rehearsal of years is still far from it; the server's default of 200 skips is not. */
const MOST_SKIPS = 1_000_000;
/**
 * Has the clock of one case in the rehearsal namespace go on to an instant, passing its timers on the way. Does
 * nothing when its clock is there already. Returns at once; what the case then does shows in the read model.
 */
export async function fastForward(client: Client, workflowId: string, to: Instant): Promise<void> {
  const { workflowService } = client;
  const execution = { workflowId };
  const namespace = client.options.namespace;
  const now = await virtualNow(client, workflowId);
  const left = to - now;
  if (left <= 0) return;
  const id = `to-${to}-${now}`;
  await workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: execution,
    workflowExecutionOptions: {
      timeSkippingConfig: {
        enabled: true,
        maxSessionSkipCount: MOST_SKIPS,
        fastForwardConfig: { id, duration: durationOf(left) },
      },
    },
    updateMask: { paths: ['time_skipping_config'] },
  });
}

/** The clock of a case: the wall clock until it was first moved. */
export async function virtualNow(client: Client, workflowId: string): Promise<Instant> {
  const described = await client.workflowService.describeWorkflowExecution({
    namespace: client.options.namespace,
    execution: { workflowId },
  });
  const current = described.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
  return current ? Number(current.seconds) * 1000 + Math.floor((current.nanos ?? 0) / 1e6) : Date.now();
}

function durationOf(ms: number): google.protobuf.IDuration {
  return { seconds: Math.floor(ms / 1000) as never, nanos: (ms % 1000) * 1e6 };
}
