import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from '../../worker/bundle';
import { HISTORIES } from '../support/record-histories';

const files = readdirSync(HISTORIES).filter((file) => file.endsWith('.json'));

test('there are histories of both kinds to replay', () => {
  for (const kind of ['campaign', 'unit-campaign']) {
    expect(files.some((file) => file.startsWith(`${kind}.`))).toBe(true);
  }
});

// A failure here means that running campaigns of a released version would not survive this change.
test.each(files)('%s replays', async (file) => {
  const history = JSON.parse(readFileSync(path.join(HISTORIES, file), 'utf8'));
  await Worker.runReplayHistory({ workflowBundle: workflowBundle() }, history);
});

test('a history that does not fit the workflow is found out', async () => {
  const history = JSON.parse(readFileSync(path.join(HISTORIES, files[0]!), 'utf8'));
  const timer = history.events.find((event: { eventType: string }) => event.eventType === 'EVENT_TYPE_TIMER_STARTED');
  timer.eventType = 'EVENT_TYPE_MARKER_RECORDED';
  delete timer.timerStartedEventAttributes;
  timer.markerRecordedEventAttributes = { markerName: 'x', workflowTaskCompletedEventId: '4' };
  await expect(Worker.runReplayHistory({ workflowBundle: workflowBundle() }, history)).rejects.toThrow();
});
