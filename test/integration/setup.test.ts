import { decideSiteKind } from '@sc/features/setup';
import { systemClock } from '@sc/platform/clock';
import { UnitOfWork } from '@sc/platform/database';
import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startGateway({ seed: false });
}, 60_000);
afterEach(() => gateway.stop(), 60_000);

const start = (options: { empty?: boolean; hasDemoFile?: boolean } = {}) =>
  decideSiteKind({
    unitOfWork: gateway.app.get(UnitOfWork, { strict: false }),
    clock: systemClock,
    empty: false,
    hasDemoFile: false,
    ...options,
  });
const body = (code: string, login = 'chief') => ({
  code,
  login,
  name: '赵主任',
  password: 'a long enough password',
  locale: 'zh-CN',
  area: { id: 'lakeside', name: { 'zh-CN': '湖畔社区', en: 'Lakeside' } },
});
const setUp = (code: string, login?: string) => gateway.call('POST', 'setup', { body: body(code, login) });
const isOpen = async () => (await gateway.call('GET', 'setup')).body.open as boolean;
const count = async (table: 'people' | 'areas' | 'auditTrail') =>
  (await gateway.database.db.selectFrom(table).selectAll().execute()).length;

it('makes the first administrator and the top area with the code of the terminal, once', async () => {
  expect(await isOpen()).toBe(false);
  const { kind, setupCode } = await start({ empty: true });
  expect([kind, await isOpen()]).toEqual(['own', true]);

  const done = await setUp(setupCode!.toLowerCase().replaceAll('-', ' '));
  expect(done.status).toBe(201);
  expect(done.body.person).toMatchObject({ login: 'chief', role: 'admin', areaId: 'lakeside', locale: 'zh-CN' });
  const cookie = done.headers.getSetCookie()[0]!.split(';')[0]!;
  const areas = await gateway.call('GET', 'areas', { cookie });
  expect(areas.body.items).toEqual([
    expect.objectContaining({ id: 'lakeside', kind: 'community', parentId: null, path: ['lakeside'] }),
  ]);
  expect((await gateway.call('GET', 'audit/verification', { cookie })).body).toMatchObject({
    entries: 2,
    intact: true,
  });

  expect(await isOpen()).toBe(false);
  const again = await setUp(setupCode!, 'second');
  expect([again.status, again.body.code]).toEqual([409, 'conflict']);
  // A later start opens nothing and never brings the demo.
  expect(await start()).toEqual({ kind: 'own' });
  expect(await start({ empty: true })).toEqual({ kind: 'own' });
  expect(await isOpen()).toBe(false);
});

it('of two at once lets one win and tells the other clearly; nothing is half done', async () => {
  const { setupCode } = await start({ empty: true });
  const answers = await Promise.all(['one', 'two', 'three'].map((login) => setUp(setupCode!, login)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409]);
  expect([await count('people'), await count('areas'), await count('auditTrail')]).toEqual([1, 1, 2]);
});

it('makes a new code at each start until it was used; the old one is worth nothing', async () => {
  const first = await start({ empty: true });
  const second = await start();
  expect(second.kind).toBe('own');
  expect(second.setupCode).not.toBe(first.setupCode);
  const old = await setUp(first.setupCode!);
  expect([old.status, old.body.code]).toEqual([401, 'wrong-credentials']);
  expect((await setUp(second.setupCode!)).status).toBe(201);
});

it('stops guessing, also at once, and keeps neither code nor guess', async () => {
  const { setupCode } = await start({ empty: true });
  const answers = await Promise.all(Array.from({ length: 9 }, (_, i) => setUp(`GUESS-${i}`)));
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(4);
  expect((await setUp(setupCode!)).status).toBe(429);
  const rows = await gateway.database.db.selectFrom('securityLog').selectAll().execute();
  expect(rows.filter(({ kind }) => kind === 'setup-failed')).toHaveLength(5);
  const kept = JSON.stringify([rows, await gateway.database.db.selectFrom('siteSetup').selectAll().execute()]);
  expect(kept).not.toContain('GUESS');
  expect(kept).not.toContain(setupCode);
});

it('refuses what is too weak to be the key to everything, without using up the code', async () => {
  const { setupCode } = await start({ empty: true });
  for (const wrong of [{ password: 'short' }, { login: 'Two Words' }, { name: ' ' }, { area: { id: 'Lake Side' } }]) {
    const answer = await gateway.call('POST', 'setup', { body: { ...body(setupCode!), ...wrong } });
    expect([answer.status, answer.body.errors.length > 0]).toEqual([400, true]);
  }
  expect(await isOpen()).toBe(true);
});

it('keeps demo and own site apart', async () => {
  expect(await start()).toEqual({ kind: 'demo' });
  expect((await setUp('ANY')).status).toBe(409);
  await expect(start({ empty: true, hasDemoFile: true })).rejects.toThrow(/DATA_DIR holds the demo/);
  expect(await start()).toEqual({ kind: 'demo' });
});
