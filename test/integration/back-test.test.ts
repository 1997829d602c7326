import { randomUUID } from 'node:crypto';
import { type BackTest, backTestSchema, type CreateBackTest, type Rule } from '@sc/contracts';
import { RuleStore } from '@sc/features/detection';
import { json } from '@sc/platform/database';
import { TimeSeriesUnavailableError } from '@sc/platform/time-series';
import { BackTestRunner } from '../../libs/features/back-test/back-test-runner.js';
import { type BackTestLimits, backTestLimits } from '../../libs/features/back-test/limits.js';
import { aDevice } from '../support/builders.js';
import { type Answer, startGateway, type TestGateway } from '../support/gateway.js';
import { waitUntil } from '../support/wait.js';

let gateway: TestGateway;
let runner: BackTestRunner;
let smoke: Rule;
const cookies: Record<string, string> = {};
const usual: BackTestLimits = { ...backTestLimits };
const minute = 60_000;
/** Within the time that readings are kept, on whole days of the clock the gateway goes by. */
let base = 0;
const inRange = () => ({ from: new Date(base).toISOString(), to: new Date(base + 3 * 1440 * minute).toISOString() });

beforeAll(async () => {
  gateway = await startGateway();
  runner = gateway.app.get(BackTestRunner, { strict: false });
  for (const [login, role, area] of [
    ['admin', 'admin', 'c1'],
    ['op', 'operator', 'g1'],
    ['officer', 'officer', 'c1'],
  ] as const) {
    await gateway.person(login, role, area);
    cookies[login] = await gateway.login(login);
  }
  const rules = gateway.app.get(RuleStore, { strict: false });
  await rules.seedDefaults();
  smoke = (await rules.load()).find(({ id }) => id === 'fire-smoke')!;
  base = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 10 * 1440 * minute;
  await aDevice(gateway.database.db, { id: 'c1/in-1', areaId: 'r1' });
  await aDevice(gateway.database.db, { id: 'c1/in-2', areaId: 'b1' });
  await aDevice(gateway.database.db, { id: 'c1/out', areaId: 'b2' });
  await aDevice(gateway.database.db, { id: 'c1/bin', areaId: 'b1', domain: 'sanitation' });
  // each quarter of an hour a value; two minutes of kitchen smoke at 1:00 on the first day, of fire at 2:00 on the second
  const quiet = Array.from({ length: 3 * 96 }, (_, index) => ({ at: index * 15, value: 0.1 }));
  const peaks = [60, 61, 62, 1440 + 120, 1440 + 121, 1440 + 122];
  const all = [
    ...quiet.filter(({ at }) => !peaks.includes(at)),
    ...peaks.map((at) => ({ at, value: at > 1440 ? 40 : 6 })),
  ];
  const after = [63, 64, 65, 1440 + 123, 1440 + 124, 1440 + 125].map((at) => ({ at, value: 0 }));
  await gateway.timeSeries.append(
    ['c1/in-1', 'c1/out'].flatMap((deviceId) =>
      [...all, ...after.filter(({ at }) => at % 15 !== 0)].map(({ at, value }) => ({
        deviceId,
        metric: 'smoke',
        ts: base + at * minute,
        value,
      })),
    ),
  );
}, 60_000);
afterEach(async () => {
  Object.assign(backTestLimits, usual);
  gateway.timeSeries.scan = Object.getPrototypeOf(gateway.timeSeries).scan;
  for (const table of ['backTests', 'alarmSteps', 'alarms'] as const)
    await gateway.database.db.deleteFrom(table).execute();
});
afterAll(() => gateway.stop(), 60_000);

const as = (who: string, method: string, path: string, body?: unknown): Promise<Answer> =>
  gateway.call(method, path, { cookie: cookies[who]!, ...(body === undefined ? {} : { body }) });
async function ask(who: string, request: Partial<CreateBackTest>): Promise<BackTest> {
  const answer = await as(who, 'POST', 'back-tests', { ...inRange(), ...request });
  expect(answer).toMatchObject({ status: 202 });
  return backTestSchema.parse(answer.body);
}
async function ended(who: string, id: string): Promise<BackTest> {
  let latest: BackTest | undefined;
  await waitUntil(async () => {
    latest = backTestSchema.parse((await as(who, 'GET', `back-tests/${id}`)).body);
    return latest.state === 'done' || latest.state === 'failed';
  });
  return latest!;
}
const resultOf = async (who: string, request: Partial<CreateBackTest>) => {
  const { state, error, result } = await ended(who, (await ask(who, request)).id);
  expect({ state, error }).toEqual({ state: 'done', error: null });
  return result!;
};
/** A stored alarm with the times (minutes after base) at which its condition began and ended. */
async function raised(deviceId: string, ...times: number[]): Promise<void> {
  const { db } = gateway.database;
  const id = randomUUID();
  const at = (of: number) => new Date(base + of * minute);
  const last = at(times.at(-1)!);
  const { version, severity, urgency, certainty } = smoke;
  const facts = { ruleVersion: version, severity, urgency, certainty, domain: 'fire', areaId: 'r1', workOrder: true };
  const over = times.length % 2 === 0;
  await db
    .insertInto('alarms')
    .values({
      ...{
        id,
        deviceId,
        ruleId: smoke.id,
        ...facts,
        state: over ? 'normal' : 'unacknowledged',
        conditionActive: !over,
      },
      ...{ cause: json({}), raisedAt: at(times[0]!), lastSeenAt: last, lastTransitionAt: last, createdAt: last },
    })
    .execute();
  const [actorKind, actorId] = ['device' as const, deviceId];
  for (const [index, time] of times.entries()) {
    const action = index % 2 === 0 ? 'raise' : 'clear';
    await db
      .insertInto('alarmSteps')
      .values({
        ...{ id: randomUUID(), alarmId: id, at: at(time), recordedAt: at(time), action, toState: 'normal' },
        ...{ actorKind, actorId, data: json({}) },
      })
      .execute();
  }
}
/** The smoke rule at another level. */
const atLevel = (raiseAt: number) => ({ ...smoke, condition: { ...smoke.condition, raiseAt } });

describe('a back-test', () => {
  it('tells the alarms of a stored rule beside those that were raised, by day and device', async () => {
    await raised('c1/in-1', 60, 63, 1440 + 120, 1440 + 123);
    await raised('c1/in-2', 100, 110);
    const result = await resultOf('op', { ruleId: 'fire-smoke' });
    expect(result.totals).toMatchObject({ would: 2, was: 3, both: 2, onlyNew: 0, onlyOld: 1 });
    expect(result.byDevice).toEqual([
      { deviceId: 'c1/in-1', would: 2, was: 2 },
      { deviceId: 'c1/in-2', would: 0, was: 1 },
    ]);
    expect(result.days.map(({ would, was, wasIn10Minutes }) => [would, was, wasIn10Minutes])).toEqual([
      [1, 2, 1],
      [1, 1, 1],
    ]);
    expect(result.coveredFrom).toBe(inRange().from);
    const [first] = result.alarms;
    expect(first).toMatchObject({ found: 'only-old', deviceId: 'c1/in-2', would: null });
    expect(result.alarms[1]).toMatchObject({
      found: 'both',
      would: { begin: new Date(base + 60 * minute).toISOString() },
    });
  });

  it('of a change says which alarms would not have been', async () => {
    await raised('c1/in-1', 60, 63, 1440 + 120, 1440 + 123);
    const { totals, alarms } = await resultOf('admin', { rule: atLevel(20), deviceIds: ['c1/in-1'] });
    expect(totals).toMatchObject({ would: 1, was: 2, both: 1, onlyNew: 0, onlyOld: 1 });
    expect(alarms[0]).toMatchObject({ found: 'only-old', was: { begin: new Date(base + 60 * minute).toISOString() } });
  });

  it('knows what began before the range: a delay that runs and a device that is silent', async () => {
    const condition = { ...smoke.condition, onDelayMs: 2 * minute };
    const from = new Date(base + 61 * minute).toISOString();
    const { alarms } = await resultOf('op', { rule: { ...smoke, condition }, from });
    expect(alarms[0]).toMatchObject({ would: { begin: new Date(base + 62 * minute).toISOString() } });
    const silent = { ...smoke, id: 'away', condition: { kind: 'silence', afterMs: 20 * minute } };
    const { totals } = await resultOf('op', {
      rule: silent,
      from: new Date(base + 3 * 1440 * minute - minute).toISOString(),
      to: new Date(base + 4 * 1440 * minute).toISOString(),
    });
    expect(totals).toMatchObject({ would: 1, was: 0 });
  });

  it('says from when on readings are kept', async () => {
    const { coveredFrom } = await resultOf('op', {
      ruleId: 'fire-smoke',
      from: new Date(base - 370 * 1440 * minute).toISOString(),
    });
    expect(Date.parse(coveredFrom)).toBeGreaterThan(base - 366 * 1440 * minute);
  });

  it('does nothing to the alarms', async () => {
    await raised('c1/in-1', 60);
    const before = await gateway.database.db.selectFrom('alarms').selectAll().execute();
    await resultOf('op', { ruleId: 'fire-smoke' });
    expect(await gateway.database.db.selectFrom('alarms').selectAll().execute()).toEqual(before);
  });
});

describe('who may', () => {
  it('sees devices of the own area only, and only what is the own', async () => {
    const { id, devices } = await ask('op', { ruleId: 'fire-smoke' });
    expect(devices).toBe(2);
    expect((await as('admin', 'GET', `back-tests/${id}`)).status).toBe(404);
    expect((await as('admin', 'DELETE', `back-tests/${id}`)).status).toBe(404);
    await ended('op', id);
    const out = await as('op', 'POST', 'back-tests', { ...inRange(), ruleId: 'fire-smoke', deviceIds: ['c1/out'] });
    expect(out.status).toBe(404);
    const other = await as('op', 'POST', 'back-tests', { ...inRange(), ruleId: 'fire-smoke', deviceIds: ['c1/bin'] });
    expect(other.status).toBe(404);
    expect((await as('officer', 'POST', 'back-tests', { ...inRange(), ruleId: 'fire-smoke' })).status).toBe(403);
  });

  it('may not read a result any more whose devices are elsewhere now', async () => {
    const { id } = await ask('op', { ruleId: 'fire-smoke' });
    await ended('op', id);
    const move = (areaId: string) =>
      gateway.database.db.updateTable('devices').set({ areaId }).where('id', '=', 'c1/in-2').execute();
    await move('b2');
    expect((await as('op', 'GET', `back-tests/${id}`)).status).toBe(403);
    await move('b1');
  });

  it('asks for no more than is bearable, and for what can be', async () => {
    Object.assign(backTestLimits, { running: 0, openPerPerson: 1 });
    await ask('op', { ruleId: 'fire-smoke' });
    const second = await as('op', 'POST', 'back-tests', { ...inRange(), ruleId: 'fire-smoke' });
    expect(second).toMatchObject({ status: 429, body: { code: 'too-many-back-tests' } });
    const refused = async (body: object) => (await as('admin', 'POST', 'back-tests', { ...inRange(), ...body })).status;
    expect(await refused({})).toBe(400);
    expect(await refused({ ruleId: 'fire-smoke', rule: smoke })).toBe(400);
    expect(await refused({ ruleId: 'no-such-rule' })).toBe(404);
    expect(await refused({ ruleId: 'fire-smoke', from: inRange().to })).toBe(400);
    expect(await refused({ ruleId: 'fire-smoke', from: '2999-01-01T00:00:00Z', to: '2999-01-02T00:00:00Z' })).toBe(400);
    expect(await refused({ ruleId: 'fire-smoke', from: '2001-01-01T00:00:00Z' })).toBe(400);
    const bad = { ...smoke, condition: { ...smoke.condition, clearAt: 99 } };
    const answer = await as('admin', 'POST', 'back-tests', { ...inRange(), rule: bad });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'invalid-rule', issues: [{ path: 'condition.clearAt' }] },
    });
  });
});

describe('while it runs', () => {
  /** A scan that stops after its first chunk until it is let go on. */
  function gatedScan() {
    const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const scan = gateway.timeSeries.scan.bind(gateway.timeSeries);
    gateway.timeSeries.scan = async function* (...range) {
      for await (const chunk of scan(...range)) {
        yield chunk;
        reached.resolve();
        await gate.promise;
      }
    };
    return { reached: reached.promise, open: gate.resolve };
  }

  it('tells how far it is, and ends when it is cancelled', async () => {
    const gate = gatedScan();
    const { id } = await ask('op', { ruleId: 'fire-smoke' });
    await gate.reached;
    await waitUntil(async () => {
      const { state, readings, progress } = (await as('op', 'GET', `back-tests/${id}`)).body as BackTest;
      return state === 'running' && readings > 0 && progress > 0;
    });
    expect((await as('op', 'DELETE', `back-tests/${id}`)).status).toBe(204);
    gate.open();
    expect((await as('op', 'GET', `back-tests/${id}`)).status).toBe(404);
    // and the next one has its turn
    await resultOf('op', { ruleId: 'fire-smoke' });
  });

  it('says that the store of readings is away', async () => {
    gateway.timeSeries.scan = () => {
      throw new TimeSeriesUnavailableError('away');
    };
    const { id } = await ask('op', { ruleId: 'fire-smoke' });
    expect(await ended('op', id)).toMatchObject({ state: 'failed', error: 'store-unavailable', result: null });
  });

  it('is begun again when its process was killed, and given up after some times', async () => {
    const { db } = gateway.database;
    Object.assign(backTestLimits, { running: 0 });
    const { id } = await ask('op', { ruleId: 'fire-smoke' });
    const killed = (attempts: number) =>
      db
        .updateTable('backTests')
        .set({ state: 'running', runner: randomUUID(), beatAt: new Date(0), attempts })
        .where('id', '=', id)
        .execute();
    await killed(1);
    await runner.tidy();
    Object.assign(backTestLimits, usual);
    runner.wake();
    expect((await ended('op', id)).state).toBe('done');
    await killed(usual.attempts);
    await runner.tidy();
    expect(await ended('op', id)).toMatchObject({ state: 'failed', error: 'interrupted' });
  });

  it('is removed when its time is over', async () => {
    const { id } = await ask('op', { ruleId: 'fire-smoke' });
    await ended('op', id);
    await gateway.database.db
      .updateTable('backTests')
      .set({ expiresAt: new Date(0) })
      .execute();
    await runner.tidy();
    expect((await as('op', 'GET', 'back-tests')).body.items).toEqual([]);
    expect((await as('op', 'GET', `back-tests/${id}`)).status).toBe(404);
  });
});
