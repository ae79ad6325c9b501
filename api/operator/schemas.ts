import { z } from '../http/z';

const count = z.int().min(0);

export const statusSchema = z
  .object({
    now: z.string().openapi({ description: 'By the clock of the campaigns.' }),
    rehearsal: z.string().optional(),
    engine: z.object({ answers: z.boolean(), workers: count }),
    processes: z.array(
      z.object({
        name: z.string(),
        host: z.string(),
        pid: z.int(),
        build: z.string().optional(),
        startedAt: z.string(),
        seenAt: z.string(),
        alive: z.boolean(),
      }),
    ),
    outbox: z
      .array(z.object({ type: z.string(), waiting: count, oldestSeconds: count }))
      .openapi({ description: 'What no dispatcher has carried out yet, by type.' }),
    oldestLetterSeconds: count.optional(),
    oldestRequestSeconds: count.optional().openapi({ description: 'Of an act whose outcome is not known.' }),
    deadLetters: z.object({ mails: count, orders: count, unreachable: count }),
    readModel: z
      .object({
        sampled: count,
        unanswered: count,
        behind: z.array(z.object({ case: z.string(), decided: count, shown: count })),
      })
      .openapi({ description: 'Open cases taken at random, and those whose decisions are not shown after a second.' }),
    stuck: z.array(z.object({ case: z.string(), nextAt: z.string(), lateSeconds: count })),
    clocksAtRisk: z
      .array(z.object({ case: z.string(), code: z.string(), due: z.string() }))
      .openapi({ description: 'Open clocks that run out within a day.' }),
    alarms: z.array(z.object({ id: z.string(), at: z.string(), code: z.string() })),
  })
  .openapi('OperatorStatus');

export const caseSchema = z
  .object({
    case: z.string().openapi({ description: 'Id of the process.' }),
    campaign: z.string().optional(),
    unit: z.string().optional(),
    status: z.string(),
    closed: z.boolean(),
    summary: z.array(z.string()),
    revision: z.object({ shown: count.optional(), decided: count.optional(), recorded: count.optional() }),
    engine: z.enum(['answers', 'absent', 'silent']),
    next: z.object({ type: z.string(), at: z.string(), about: z.string().optional() }).optional(),
    clocks: z.array(z.object({ code: z.string(), due: z.string(), basis: z.string() })),
    waiting: z
      .array(
        z.object({
          id: z.string(),
          type: z.string(),
          status: z.string(),
          attempts: count,
          lastError: z.string().optional(),
        }),
      )
      .openapi({ description: 'What has not left the case yet, or was given up.' }),
    timeline: z.array(
      z.object({
        n: z.int(),
        at: z.string(),
        type: z.string(),
        by: z.object({ id: z.string(), role: z.string() }),
        about: z.string().optional(),
        data: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
    history: z.string().optional().openapi({ description: 'Temporal’s page of it, where TEMPORAL_UI_URL is set.' }),
  })
  .openapi('OperatorCase');

export const redriveSchema = z
  .object({
    case: z.string(),
    refreshed: z.boolean().openapi({ description: 'False for a case that has ended.' }),
    resent: z.object({ effects: count, mails: count }),
  })
  .openapi('Redrive');
