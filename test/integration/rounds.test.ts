import { randomUUID } from 'node:crypto';
import type { CheckPointInput, Person, RoundDetail, RoundPlan, WriteRoundPlan } from '@sc/contracts';
import { seedDefaultCatalogue } from '@sc/features/catalogue';
import { systemClock } from '@sc/platform/clock';
import { UnitOfWork } from '@sc/platform/database';
import { RoundMaker } from '../../libs/features/rounds/round-maker.js';
import { RoundMinder } from '../../libs/features/rounds/round-minder.js';
import { RoundsModule } from '../../libs/features/rounds/rounds.module.js';
import { aDevice, aShift } from '../support/builders.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Two hours before the round of the first night, at 22:00 in Shanghai. */
const begin = Date.UTC(2026, 5, 1, 12);
const night = begin + 2 * hour;

let now = begin;
const realNow = systemClock.now;
let gateway: TestGateway;
let maker: RoundMaker;
let minder: RoundMinder;
const people = new Map<string, Person>();
const cookies = new Map<string, string>();

beforeAll(async () => {
  systemClock.now = () => now;
  gateway = await startGateway({ module: { imports: [RoundsModule], providers: [RoundMaker, RoundMinder] } });
  maker = gateway.app.get(RoundMaker, { strict: false });
  minder = gateway.app.get(RoundMinder, { strict: false });
  for (const [login, role, areaId] of [
    ['boss', 'manager', 'c1'],
    ['operator', 'operator', 'c1'],
    ['guard', 'officer', 'g1'],
    ['second', 'officer', 'g1'],
    ['elsewhere', 'manager', 'g2'],
  ] as const) {
    people.set(login, await gateway.person(login, role, areaId));
    cookies.set(login, await gateway.login(login));
  }
  for (const login of ['guard', 'second']) await aShift(gateway.database.db, people.get(login)!.id);
  await aDevice(gateway.database.db);
  await gateway.app
    .get(UnitOfWork, { strict: false })
    .run((transaction) => seedDefaultCatalogue(transaction, new Date(begin)));
}, 60_000);
afterAll(async () => {
  systemClock.now = realNow;
  await gateway.stop();
}, 60_000);
beforeEach(async () => {
  await gateway.database.db.updateTable('roundPlans').set({ enabled: false }).execute();
  await gateway.database.db.deleteFrom('notifications').execute();
  now = begin;
});

/** The clock jumps by weeks: who was logged out by it logs in again. */
async function as(login: string, method: string, path: string, body?: object) {
  const ask = () => gateway.call(method, path, { cookie: cookies.get(login)!, ...(body ? { body } : {}) });
  const answer = await ask();
  if (answer.status !== 401) return answer;
  cookies.set(login, await gateway.login(login));
  return ask();
}
const text = (en: string) => ({ 'zh-CN': `中文 ${en}`, en });
const point = (key: string, more: Partial<CheckPointInput> = {}): CheckPointInput => ({
  key,
  name: text(key),
  areaId: null,
  placement: null,
  deviceId: null,
  position: null,
  checklist: [
    { key: 'clear', kind: 'check', title: text('Clear'), required: true },
    { key: 'bar', kind: 'number', title: text('Pressure'), required: true, unit: 'bar', min: 4, max: 6 },
    { key: 'other', kind: 'text', title: text('Other'), required: false },
  ],
  categories: { bar: 'water-device-maintenance' },
  ...more,
});
const aPlan = (more: Partial<WriteRoundPlan> = {}): WriteRoundPlan => ({
  title: text('Night round'),
  areaId: 'g1',
  recurrence: 'DTSTART;TZID=Asia/Shanghai:20260101T220000\nRRULE:FREQ=DAILY',
  windowMinutes: 120,
  assignee: { kind: 'grid' },
  category: 'fire-device-maintenance',
  enabled: true,
  checkPoints: [point('pump'), point('roof')],
  ...more,
});
const plan = async (more: Partial<WriteRoundPlan> = {}): Promise<RoundPlan> => {
  const answer = await as('boss', 'POST', 'round-plans', aPlan(more));
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body as RoundPlan;
};
const make = async () => {
  while (await maker.makeOnce());
};
const roundsOf = (planId: string) =>
  gateway.database.db.selectFrom('rounds').selectAll().where('planId', '=', planId).orderBy('startsAt').execute();
const loginOf = (personId: string | null) => [...people].find(([, { id }]) => id === personId)![0];
const iso = (at: number) => new Date(at).toISOString();
const casesOf = (roundId: string) =>
  gateway.database.db
    .selectFrom('workOrders')
    .selectAll()
    .where('source', '=', 'round')
    .where('intakeKey', 'like', `${roundId}:%`)
    .orderBy('category')
    .execute();

/** A plan with its first round in the hands of somebody, and the codes of its places. */
async function aRound(more: Partial<WriteRoundPlan> = {}) {
  const made = await plan(more);
  await make();
  const [row] = await roundsOf(made.id);
  const ids = made.checkPoints.map(({ id }) => id);
  const codes = await as('boss', 'POST', `round-plans/${made.id}/codes`, { checkPointIds: ids });
  const tokens = (codes.body.items as { token: string }[]).map(({ token }) => token);
  return { plan: made, id: row!.id, by: loginOf(row!.assigneeId), points: ids, tokens };
}
type ARound = Awaited<ReturnType<typeof aRound>>;
const good = [
  { itemKey: 'clear', value: true },
  { itemKey: 'bar', value: 5 },
];
const request = (checkPointId: string, at: number, answers: object[] = good) => ({
  requestId: randomUUID(),
  checkPointId,
  at: iso(at),
  answers,
});
const send = ({ by, id }: ARound, body: object) => as(by, 'POST', `rounds/${id}/answers`, body);
const scan = (by: string, token: string, at: number) =>
  as(by, 'POST', 'rounds/scans', { requestId: randomUUID(), token, at: iso(at) });
const look = async ({ id }: Pick<ARound, 'id'>) => (await as('boss', 'GET', `rounds/${id}`)).body as RoundDetail;

describe('plans', () => {
  it('are refused with the place of every mistake, and what it is', async () => {
    const device = 'c1/none';
    const bad = aPlan({
      recurrence: 'DTSTART;TZID=Asia/Shanghai:20260101T220000\nRRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30',
      category: 'no-such-kind',
      assignee: { kind: 'team', teamId: randomUUID() },
      checkPoints: [point('pump'), point('pump', { deviceId: device, areaId: 'nowhere', categories: { none: 'x' } })],
    });
    const answer = await as('boss', 'POST', 'round-plans', bad);
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid-round-plan']);
    expect((answer.body.errors as object[]).map((one) => Object.values(one).join(' ')).toSorted()).toEqual([
      'assignee.teamId unknown-team',
      'category unknown-category',
      'checkPoints.1.areaId unknown-area',
      'checkPoints.1.categories.none unknown-category',
      'checkPoints.1.categories.none unknown-item',
      'checkPoints.1.deviceId unknown-device',
      'checkPoints.1.key check-point-repeated',
      'recurrence recurrence-never',
    ]);
    expect((await as('boss', 'POST', 'round-plans', aPlan({ areaId: 'd1' }))).status).toBe(422);
    const { recurrence } = bad;
    expect((await as('boss', 'POST', 'round-plans/recurrence-checks', { recurrence })).body.issues).toEqual([
      'recurrence-never',
    ]);
  });

  it('belong to their area, and make what is still to come anew when they are changed', async () => {
    const { id } = await plan({ checkPoints: [point('pump', { deviceId: 'c1/smoke-1' })] });
    expect((await as('elsewhere', 'GET', `round-plans/${id}`)).status).toBe(404);
    expect((await as('elsewhere', 'PUT', `round-plans/${id}`, aPlan())).status).toBe(404);
    await make();
    expect((await roundsOf(id)).map(({ startsAt }) => +startsAt)).toEqual([night]);
    const later = 'DTSTART;TZID=Asia/Shanghai:20260101T230000\nRRULE:FREQ=DAILY';
    expect((await as('boss', 'PUT', `round-plans/${id}`, aPlan({ recurrence: later }))).status).toBe(200);
    await make();
    expect((await roundsOf(id)).map(({ startsAt }) => +startsAt)).toEqual([night + hour]);
    expect((await as('boss', 'DELETE', `round-plans/${id}`)).status).toBe(204);
    expect(await roundsOf(id)).toEqual([]);
    expect((await as('boss', 'GET', `round-plans/${id}`)).status).toBe(404);
  });
});

describe('rounds are made', () => {
  it('once, by whomever and however often, and shared out among those on shift', async () => {
    const [one, two] = [await plan(), await plan()];
    await Promise.all([make(), make(), make()]);
    now += 2 * hour;
    await Promise.all([make(), make()]);
    const rounds = [...(await roundsOf(one.id)), ...(await roundsOf(two.id))];
    expect(rounds.map(({ startsAt }) => +startsAt)).toEqual([night, night + day, night, night + day]);
    const tonight = rounds.filter(({ startsAt }) => +startsAt === night).map(({ assigneeId }) => loginOf(assigneeId));
    expect(tonight.toSorted()).toEqual(['guard', 'second']);
  });

  it('as missed after days away, as far back as a week, without a flood', async () => {
    const { id } = await plan();
    now = night + 20 * day + 3 * hour;
    await make();
    const rounds = await roundsOf(id);
    expect(rounds.filter(({ state }) => state === 'missed')).toHaveLength(7);
    expect(rounds.filter(({ state }) => state === 'planned')).toHaveLength(1);
    const lately = (await as('operator', 'GET', `round-plans/${id}`)).body.lately;
    expect(lately).toEqual({ done: 0, missed: 7, failedItems: 0 });
    expect(await gateway.database.db.selectFrom('notifications').select('id').execute()).toEqual([]);
  });

  it('also after a clock that ran ten years ahead', async () => {
    const { id } = await plan();
    now = begin + 3_650 * day;
    await make();
    while (await minder.missOnce());
    now = begin;
    await make();
    expect((await roundsOf(id)).map(({ startsAt, state }) => [+startsAt, state])).toEqual([[night, 'planned']]);
    now = night + 3 * hour;
    await minder.missOnce();
    now = night;
    await minder.reopenOnce();
    expect((await roundsOf(id))[0]).toMatchObject({ state: 'planned', endedAt: null });
  });

  it('reminded of, and told once when they are missed', async () => {
    const { id, by, plan: of } = await aRound();
    const told = async () =>
      (
        await gateway.database.db
          .selectFrom('notifications')
          .select(['kind', 'personId'])
          .where('roundId', '=', id)
          .orderBy('id')
          .execute()
      ).map(({ kind, personId }) => `${kind} ${loginOf(personId)}`);
    await minder.remindOnce();
    expect(await told()).toEqual([]);
    now = night - 10 * minute;
    await Promise.all([minder.remindOnce(), minder.remindOnce()]);
    expect(await told()).toEqual([`round-assigned ${by}`]);
    now = night + 100 * minute;
    await minder.remindOnce();
    await minder.remindOnce();
    now = night + 120 * minute;
    await Promise.all([minder.missOnce(), minder.missOnce()]);
    expect(await told()).toEqual([`round-assigned ${by}`, `round-due ${by}`, 'round-missed operator']);
    expect((await as('operator', 'GET', 'rounds?state=missed')).body.items).toContainEqual(
      expect.objectContaining({ id, planId: of.id, state: 'missed' }),
    );
  });
});

describe('a round', () => {
  it('is done when every required item has its answer, and shows what was answered without a scan', async () => {
    const round = await aRound();
    now = night + 10 * minute;
    expect((await scan(round.by, round.tokens[0]!, now)).body).toEqual({
      roundId: round.id,
      checkPointId: round.points[0],
    });
    expect((await look(round)).state).toBe('started');
    expect((await send(round, request(round.points[0]!, now))).status).toBe(200);
    const skip = [
      { itemKey: 'clear', skipped: 'locked' },
      { itemKey: 'bar', value: 5 },
    ];
    const done = (await send(round, request(round.points[1]!, now + minute, skip))).body as RoundDetail;
    expect(done).toMatchObject({ state: 'done', endedAt: iso(now + minute), endedByName: `Name of ${round.by}` });
    expect(done.progress).toEqual({ required: 4, answered: 4, failed: 0, skipped: 1, withoutScan: 1 });
    expect(done.checkPoints.map(({ items }) => items[1]!.answer!.scanned)).toEqual([true, false]);
    expect(done.steps.map(({ action }) => action)).toEqual(['plan', 'start', 'complete']);
  });

  it('refuses codes that are unknown, replaced or of another time, and hands that do not have it', async () => {
    const round = await aRound();
    now = night;
    const other = round.by === 'guard' ? 'second' : 'guard';
    expect((await scan(round.by, 'made-up', now)).body.code).toBe('code-not-valid');
    expect((await scan(other, round.tokens[0]!, now)).body.code).toBe('not-in-time');
    expect((await scan(round.by, round.tokens[0]!, night - hour)).body.code).toBe('not-in-time');
    expect((await as(other, 'POST', `rounds/${round.id}/answers`, request(round.points[0]!, now))).status).toBe(404);
    await as('boss', 'POST', `round-plans/${round.plan.id}/codes`, { checkPointIds: [round.points[0]] });
    expect((await scan(round.by, round.tokens[0]!, now)).body.code).toBe('code-not-valid');
    expect((await scan(round.by, round.tokens[1]!, now)).status).toBe(200);
    const kept = await gateway.database.db.selectFrom('checkPoints').select('codeHash').execute();
    expect(JSON.stringify(kept)).not.toContain(round.tokens[1]);
  });

  it('takes answers late, twice and in any order, to the same end', async () => {
    const [prompt, late] = [await aRound(), await aRound()];
    const act = (round: ARound) => [
      () => scan(round.by, round.tokens[0]!, night + 5 * minute),
      () => send(round, request(round.points[0]!, night + 6 * minute)),
      () => send(round, request(round.points[1]!, night + 20 * minute)),
      () => send(round, request(round.points[0]!, night + 30 * minute, [{ itemKey: 'bar', value: 6 }])),
    ];
    now = night + 40 * minute;
    for (const one of act(prompt)) expect((await one()).status).toBe(200);
    // the same acts, after the end, the last one first
    now = night + 3 * hour;
    await minder.missOnce();
    expect((await look(late)).state).toBe('missed');
    now = night + 60 * hour;
    for (const one of act(late).reverse()) expect((await one()).status).toBe(200);
    const [a, b] = [await look(prompt), await look(late)];
    expect([b.state, b.startedAt, b.endedAt, b.progress]).toEqual([a.state, a.startedAt, a.endedAt, a.progress]);
    expect(b.checkPoints[0]!.items[1]!.answer).toMatchObject({
      value: 6,
      at: iso(night + 30 * minute),
      receivedAt: iso(now),
    });

    const again = request(late.points[0]!, night + 6 * minute);
    const both = await Promise.all([send(late, again), send(late, again), send(late, again)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await send(late, { ...again, checkPointId: late.points[1] })).body.code).toBe('conflict');
    expect((await send(late, request(late.points[0]!, night + 2 * hour + 1))).body.code).toBe('not-in-time');
    expect((await send(late, request(late.points[0]!, night, [{ itemKey: 'bar', value: 'five' }]))).status).toBe(400);
    now = night + 80 * hour;
    expect((await send(late, request(late.points[0]!, night))).body.code).toBe('not-in-time');
  });

  it('opens one case for each failed item, however often it is reported', async () => {
    const round = await aRound();
    now = night + minute;
    const bad = [
      { itemKey: 'clear', value: false, note: 'boxes' },
      { itemKey: 'bar', value: 2.5 },
    ];
    const one = request(round.points[0]!, now, bad);
    await Promise.all([send(round, one), send(round, one), send(round, request(round.points[0]!, now, bad))]);
    const cases = await casesOf(round.id);
    expect(cases.map(({ category, areaId }) => [category, areaId])).toEqual([
      ['fire-device-maintenance', 'g1'],
      ['water-device-maintenance', 'g1'],
    ]);
    expect(cases[1]!.description).toContain('2.5 bar');
    await send(round, request(round.points[0]!, now + minute));
    const { checkPoints, progress } = await look(round);
    expect(checkPoints[0]!.items.map(({ workOrder }) => workOrder?.id)).toEqual([
      ...cases.map(({ id }) => id),
      undefined,
    ]);
    expect(progress.failed).toBe(2);
    expect(await casesOf(round.id)).toHaveLength(2);
  });

  it('changes hands and is cancelled by those who may', async () => {
    const round = await aRound();
    const other = round.by === 'guard' ? 'second' : 'guard';
    now = night;
    expect((await as(round.by, 'POST', `rounds/${round.id}/assign`, { personId: people.get(other)!.id })).status).toBe(
      403,
    );
    expect((await as(other, 'POST', `rounds/${round.id}/assign`, {})).body.assigneeName).toBe(`Name of ${other}`);
    // what the first one did without a network still counts
    expect((await send(round, request(round.points[0]!, now))).status).toBe(200);
    expect((await as('elsewhere', 'POST', `rounds/${round.id}/cancel`, { reason: 'storm' })).status).toBe(404);
    expect((await as('operator', 'POST', `rounds/${round.id}/cancel`, { reason: 'storm' })).body.state).toBe(
      'cancelled',
    );
    expect((await send({ ...round, by: other }, request(round.points[1]!, now))).body.code).toBe('not-in-time');
    expect((await as('operator', 'POST', `rounds/${round.id}/cancel`, { reason: 'storm' })).status).toBe(409);
  });
});
