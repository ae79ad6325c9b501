import type { Command } from 'commander';
import type { z } from 'zod';
import type { caseSchema, redriveSchema, statusSchema } from '../api/operator/schemas';
import { answering, table } from './output';

type Status = z.output<typeof statusSchema>;
type Case = z.output<typeof caseSchema>;
type Redrive = z.output<typeof redriveSchema>;

/** `xiaohao status`, `xiaohao case show` and `xiaohao case redrive`: over the API, as administrator. */
export function registerOperatorCommands(program: Command): void {
  answering(
    program.command('status').description('运行 what runs, what waits, what is late; exit code 1 where help is needed'),
    async ({ api, show }) => {
      const status = await api.get<Status>('/operator/status');
      const troubles = troublesIn(status);
      show(status, () => [...statusLines(status), ...(troubles.length > 0 ? ['', ...troubles] : ['', 'all is well'])]);
      if (troubles.length > 0) process.exitCode = 1;
    },
  );
  const one = program.command('case').description('案件 one case, by the id of its process or of the case');
  answering(
    one.command('show <id>').description('state, next step, clocks, what waits, timeline'),
    async ({ api, show }, id) => {
      const found = await api.get<Case>(`/operator/cases/${encodeURIComponent(id!)}`);
      show(found, () => caseLines(found));
    },
  );
  answering(
    one.command('redrive <id>').description('goes on with a fresh run, and what it sent is tried again'),
    async ({ api, show }, id) => {
      const done = await api.post<Redrive>(`/operator/cases/${encodeURIComponent(id!)}/redrive`);
      show(done, () => [
        `${done.case}: ${done.refreshed ? 'goes on with a fresh run' : 'has ended'}; ` +
          `tried again: ${done.resent.effects} effects, ${done.resent.mails} mails`,
      ]);
    },
  );
}

function statusLines(status: Status): string[] {
  const { engine, processes, outbox, deadLetters: dead, readModel, oldestLetterSeconds: letter } = status;
  return [
    `${status.now}${status.rehearsal === undefined ? '' : `  rehearsal ${status.rehearsal}`}`,
    `temporal   ${engine.answers ? `answers, ${engine.workers} workers polling` : 'does not answer'}`,
    ...table(
      processes.map(({ name, host, pid, build, seenAt, alive }) => [
        name.padEnd(9),
        alive ? 'runs' : 'GONE',
        `${host} ${pid}`,
        `seen ${seenAt}`,
        build ?? '',
      ]),
    ),
    ...table([
      ...outbox.map(({ type, waiting, oldestSeconds }) => [
        'outbox   ',
        type,
        `${waiting}`,
        `oldest ${oldestSeconds} s`,
      ]),
      ...(letter === undefined ? [] : [['letters  ', 'queued', '', `oldest ${letter} s`]]),
      ...(status.oldestRequestSeconds === undefined
        ? []
        : [['journal  ', 'open', '', `oldest ${status.oldestRequestSeconds} s`]]),
    ]),
    `dead       ${dead.mails} mails, ${dead.orders} orders; ${dead.unreachable} reasons without an address`,
    `read model ${readModel.sampled} open cases asked: ${readModel.behind.length} behind, ${readModel.unanswered} without an answer`,
    ...table(status.clocksAtRisk.map(({ case: id, code, due }) => ['due', due, code, id])),
  ];
}

/** What somebody has to look into, each with the command to begin with. */
function troublesIn(status: Status): string[] {
  const { engine, processes, deadLetters: dead, readModel } = status;
  // One that died and was started again on its machine needs nobody.
  const gone = processes.filter(
    (lost) =>
      !lost.alive &&
      !processes.some((one) => one.name === lost.name && one.host === lost.host && one.startedAt > lost.seenAt),
  );
  const missing = ['api', 'worker', 'dispatch'].filter(
    (name) => !processes.some((process) => process.name === name && process.alive),
  );
  return [
    ...(engine.answers && engine.workers === 0 ? ['! no worker asks for work'] : []),
    ...(engine.answers ? [] : ['! temporal does not answer: xiaohao doctor']),
    ...missing.map((name) => `! no ${name} runs`),
    ...gone
      .filter(({ name }) => !missing.includes(name))
      .map(({ name, host, pid }) => `! ${name} ${host} ${pid} is gone`),
    ...(dead.mails + dead.orders > 0 ? ['! dead letters: xiaohao dead-letters'] : []),
    ...readModel.behind.map(
      ({ case: id, decided, shown }) => `! ${id} shows ${shown} of ${decided}: xiaohao reconcile`,
    ),
    ...status.stuck.map(({ case: id, lateSeconds }) => `! ${id} is ${lateSeconds} s late: xiaohao case redrive ${id}`),
    ...status.alarms.map(({ id, code, at }) => `! alarm ${code} ${id} ${at}`),
  ];
}

function caseLines(found: Case): string[] {
  const { revision, next } = found;
  return [
    `${found.case}  ${found.status}${found.closed ? ' (closed)' : ''}`,
    ...found.summary.map((line) => `  ${line}`),
    `revision   decided ${revision.decided ?? '?'}, recorded ${revision.recorded ?? '?'}, shown ${revision.shown ?? '-'}`,
    `engine     ${found.engine}`,
    ...(next ? [`next       ${next.at}  ${next.type} ${next.about ?? ''}`.trimEnd()] : []),
    ...(found.history === undefined ? [] : [`history    ${found.history}`]),
    ...table(found.clocks.map(({ code, due, basis }) => ['clock     ', due, code, basis])),
    ...table(
      found.waiting.map(({ id, type, status, attempts, lastError }) => [
        'waiting   ',
        type,
        status,
        `${attempts} tries`,
        id,
        lastError ?? '',
      ]),
    ),
    ...table(
      found.timeline.map(({ n, at, type, about, by }) => [String(n).padStart(4), at, type, about ?? '', by.role]),
    ),
  ];
}
