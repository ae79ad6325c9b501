import { createToken } from '../../store/tokens';
import { speaker, testApi } from '../api/support';
import { TestPostOffice, testUnit } from '../support/post-office';
import { UnitCase } from '../support/unit-case';

/** Everybody is written to in their language: as the list has it, and before that as they chose. */
const english = testUnit('u-2');
english.filer.lang = 'en';
const units = [testUnit('u-1'), english, testUnit('u-3')];
let post: TestPostOffice;

beforeAll(async () => {
  post = await TestPostOffice.open('language', units);
});
afterAll(() => post?.close());

test('a letter is in its recipient’s language', async () => {
  const api = testApi(post.engine);
  const admin = speaker(api.app, (await createToken(post.store, { role: 'admin' })).secret);
  const chosen = await admin.post('/people/preferences', { email: 'Filer@U-3.test ', lang: 'en' });
  expect([chosen.status, chosen.body.lang]).toEqual([200, 'en']);
  expect((await admin.get(`/people/${chosen.body.person}`)).body).toEqual(chosen.body);
  expect((await admin.post('/people/preferences', { email: 'nobody', lang: 'en' })).status).toBe(422);
  expect((await (await api.as('auditor')).post('/people/preferences', { email: 'a@b', lang: 'en' })).status).toBe(403);
  await api.close();

  for (const { id } of units) await post.record(new UnitCase({ unit: { id } }));
  await post.workUntil('2024-12-09 12:00');
  const bodies = units.map((unit) => post.arrived(unit.filer.email).map(({ text }) => /Dear|您好/.exec(text)?.[0]));
  expect(bodies).toEqual([['您好'], ['Dear'], ['Dear']]);
  const [letter] = post.arrived('filer@u-3.test');
  expect(letter?.subject).toContain('please confirm receipt');
  expect(letter?.text).not.toContain('依据');
});
