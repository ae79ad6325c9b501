import {
  type Client,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import {
  ApplicationFailure,
  defineSearchAttributeKey,
  SearchAttributeType,
  TypedSearchAttributes,
} from '@temporalio/common';
import type { Data, Envelope, Opening } from '../domain/case';
import type { Answer } from '../domain/case-runner';
import { kindOf } from '../domain/kinds';
import { dateOf } from '../domain/time';
import { deliver, type Look, look, opened, refresh, tell } from '../workflows/messages';
import { fastForward } from './time-skipping';

/** The case would not: one of our codes, and what a person needs to understand it. Final. */
export class CaseRefusal extends Error {
  constructor(
    readonly code: string,
    readonly data: Data,
  ) {
    super(code);
  }
}

/** There is no such case in the engine, or it has ended. */
export class CaseNotOpen extends Error {}

/** Whether it was done is not known: nobody answered in time. To be repeated with the same id. */
export class OutcomeUnknown extends Error {}

/**
 * How long a person waits for a decision. `RESOURCE_EXHAUSTED` would otherwise be retried inside the client for up to
 * a minute.
 */
const DEADLINE_MS = 5_000;
/** A case whose worker died is asked of another after 5 s; nobody who looks at many waits much longer for one. */
const SIGHT_DEADLINE_MS = 7_000;

/** What the engine shows of a case, or why it does not. */
export type Sight = Look | 'absent' | 'silent';

const KIND = defineSearchAttributeKey('XiaohaoKind', SearchAttributeType.KEYWORD);
const CAMPAIGN = defineSearchAttributeKey('XiaohaoCampaign', SearchAttributeType.KEYWORD);
const UNIT = defineSearchAttributeKey('XiaohaoUnit', SearchAttributeType.KEYWORD);

/** The only place that starts cases and speaks to them. */
export class Cases {
  constructor(
    private readonly client: Client,
    private readonly taskQueue: string,
    /** In a rehearsal starting a case includes moving its clock to its opening. */
    private readonly rehearsal: boolean,
    /** Longer where no person waits. */
    private readonly deadlineMs = DEADLINE_MS,
  ) {}

  /** Opens a case and waits for its answer. Opening it again gives the same answer. */
  async open(opening: Opening): Promise<Answer> {
    const startWorkflowOperation = new WithStartWorkflowOperation(kindOf(opening.id), {
      ...this.startOptions(opening),
      args: [{ opening }],
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    const answer = await this.outcome(() =>
      this.client.workflow.executeUpdateWithStart(opened, { startWorkflowOperation, updateId: 'opened' }),
    );
    if (this.rehearsal) await fastForward(this.client, opening.id, opening.openedAt);
    return answer;
  }

  /** Starts a case without waiting for it. @returns false when it was there already. */
  async start(opening: Opening): Promise<boolean> {
    let fresh = true;
    try {
      await this.client.connection.withDeadline(Date.now() + this.deadlineMs, () =>
        this.client.workflow.start(kindOf(opening.id), { ...this.startOptions(opening), args: [{ opening }] }),
      );
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      fresh = false;
    }
    if (this.rehearsal) await fastForward(this.client, opening.id, opening.openedAt);
    return fresh;
  }

  /**
   * Gives a case a message and waits for its decision.
   * @throws CaseRefusal when the rules will not; CaseNotOpen when there is no such open case;
   *   OutcomeUnknown when nobody answered within 5 s: repeat with the same envelope.
   */
  async deliver(caseId: string, envelope: Envelope): Promise<Answer> {
    return this.outcome(() =>
      this.client.workflow.getHandle(caseId).executeUpdate(deliver, { args: [envelope], updateId: envelope.id }),
    );
  }

  /** Sends facts to a case; durable once this returns. @throws CaseNotOpen */
  async tell(caseId: string, envelope: Envelope): Promise<void> {
    try {
      await this.client.connection.withDeadline(Date.now() + this.deadlineMs, () =>
        this.client.workflow.getHandle(caseId).signal(tell, envelope),
      );
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) throw new CaseNotOpen(caseId);
      throw error;
    }
  }

  async look(caseId: string): Promise<Look> {
    return this.client.workflow.getHandle(caseId).query(look);
  }

  /** As `look`, of one that may not be there (`absent`), or for which no worker answers in time (`silent`). */
  async sight(caseId: string): Promise<Sight> {
    try {
      return await this.client.connection.withDeadline(Date.now() + SIGHT_DEADLINE_MS, () => this.look(caseId));
    } catch (error) {
      return error instanceof WorkflowNotFoundError ? 'absent' : 'silent';
    }
  }

  /** Has a case go on with a fresh run. @throws CaseNotOpen */
  async refresh(caseId: string): Promise<void> {
    try {
      await this.client.connection.withDeadline(Date.now() + this.deadlineMs, () =>
        this.client.workflow.getHandle(caseId).signal(refresh),
      );
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) throw new CaseNotOpen(caseId);
      throw error;
    }
  }

  private startOptions(opening: Opening) {
    return {
      workflowId: opening.id,
      taskQueue: this.taskQueue,
      workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
      typedSearchAttributes: new TypedSearchAttributes([
        { key: KIND, value: kindOf(opening.id) },
        { key: CAMPAIGN, value: opening.campaign },
        ...(opening.unit === undefined ? [] : [{ key: UNIT, value: opening.unit }]),
      ]),
      staticSummary: `${kindOf(opening.id)} opened ${dateOf(opening.openedAt, 'UTC')}`,
    };
  }

  private async outcome<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await this.client.connection.withDeadline(Date.now() + this.deadlineMs, ask);
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
        const { type, details } = error.cause;
        // Only our own codes are refusals; a case that ended meanwhile answers with Temporal's.
        if (type === 'AcceptedUpdateCompletedWorkflow') throw new OutcomeUnknown(type, { cause: error });
        if (type) throw new CaseRefusal(type, (details?.[0] ?? {}) as Data);
      }
      if (error instanceof WorkflowNotFoundError) throw new CaseNotOpen('no such open case', { cause: error });
      throw new OutcomeUnknown('no answer from the case', { cause: error });
    }
  }
}
