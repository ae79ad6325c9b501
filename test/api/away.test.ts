import { Pulse } from '../../api/health/pulse';
import { isStoreAway } from '../../api/http/away';
import { problemOf } from '../../api/http/errors';
import { presentProblem } from '../../api/http/problem';
import { OutcomeUnknown } from '../../engine/cases';
import { openStore, type Store } from '../../store/store';

const named = (name: string, message = '', code?: number) => Object.assign(new Error(message), { name, code });
const forever = () => new Promise<never>(() => {});

describe('which errors mean that the database is away', () => {
  test.each([
    named('MongoServerSelectionError'),
    named('MongoNetworkTimeoutError'),
    named('MongoNotConnectedError'),
    named('PoolClearedOnNetworkError'),
    named('MongoServerError', 'not primary', 10107),
    named('MongoServerError', 'majority reads are not available yet', 134),
    Object.assign(named('MongoServerError', 'interrupted', 1), { errorLabels: ['RetryableWriteError'] }),
    named(
      'MongooseError',
      'Cannot call `tokens.findOne()` before initial connection is complete if `bufferCommands = false`.',
    ),
  ])('%s', (error) => {
    expect(isStoreAway(error)).toBe(true);
    expect(problemOf(error)).toMatchObject({ status: 503, code: 'store-away', details: { retryAfter: 5 } });
  });

  test.each([named('MongoServerError', 'duplicate key', 11000), named('TypeError'), 'text', undefined])(
    'not %s',
    (error) => {
      expect(isStoreAway(error)).toBe(false);
      expect(problemOf(error ?? {})).toMatchObject({ status: 500, code: 'internal' });
    },
  );

  test('nor those of the real driver where nobody listens, but by its own name', async () => {
    const opening = openStore({ uri: 'mongodb://127.0.0.1:9/?directConnection=true', database: 'x' });
    const error = await opening.catch((caught) => caught);
    expect(isStoreAway(error)).toBe(true);
  });
});

test('a fault of ours tells the reader nothing but that it was one', () => {
  const shown = presentProblem(problemOf(new Error('secret of mongodb://user:password@host')), 'en', 'r-1');
  expect(shown).toEqual({
    type: 'urn:xiaohao:problem:internal',
    title: 'Internal error',
    status: 500,
    code: 'internal',
    detail: 'something went wrong here; it has been logged',
    requestId: 'r-1',
  });
  expect(problemOf(new OutcomeUnknown('x')).code).toBe('outcome-unknown');
});

describe('the pulse', () => {
  const beating = (ping: () => Promise<void>) => new Pulse({ ping } as Store);

  test('lets work through while the database answers', async () => {
    const pulse = beating(async () => {});
    expect(await pulse.during(async () => 7)).toBe(7);
    await expect(pulse.during(() => Promise.reject(new Error('of the work')))).rejects.toThrow('of the work');
    pulse.stop();
  });

  test('ends what waits for a database that says nothing, and comes back with it', async () => {
    let answers: () => void = () => {};
    let silent = true;
    const pulse = beating(() => (silent ? new Promise((resolve) => (answers = resolve)) : Promise.resolve()));
    const began = Date.now();
    await expect(pulse.during(forever)).rejects.toMatchObject({ status: 503, code: 'store-away' });
    expect(Date.now() - began).toBeLessThan(5_000);
    await expect(pulse.during(async () => 1)).rejects.toMatchObject({ code: 'store-away' });
    silent = false;
    answers();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await pulse.during(async () => 1)).toBe(1);
    pulse.stop();
  });

  test('a ping that fails ends it at once', async () => {
    const pulse = beating(() => Promise.reject(named('MongoServerSelectionError')));
    await expect(pulse.during(forever)).rejects.toMatchObject({ code: 'store-away' });
    pulse.stop();
  });
});
