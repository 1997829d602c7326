import { type StaffingPlan, staffingPlanSchema, type StaffingResult } from '@sc/contracts';
import { lifeOf, writeLives } from '../support/case-lives.js';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { waitUntil } from '../support/wait.js';

const hour = 3_600_000;
const day = 24 * hour;
/** A Monday, midnight in Shanghai. */
const begin = Date.UTC(2026, 2, 1, 16);
const iso = (ms: number) => new Date(ms).toISOString();
const everyDay = [1, 2, 3, 4, 5, 6, 7];

let gateway: TestGateway;
const ids: Record<string, string> = {};
const cookies: Record<string, string> = {};

const ask = (login: string, body: object) =>
  gateway.call('POST', 'staffing-plans', {
    cookie: cookies[login]!,
    body: { from: iso(begin), to: iso(begin + 7 * day), variants: [{ name: 'as it was', keepShifts: true }], ...body },
  });

async function resultOf(login: string, body: object): Promise<StaffingResult> {
  const asked = await ask(login, body);
  expect([asked.status, asked.body.code]).toEqual([202, undefined]);
  const { id } = staffingPlanSchema.parse(asked.body);
  let plan: StaffingPlan | undefined;
  await waitUntil(async () => {
    plan = staffingPlanSchema.parse(
      (await gateway.call('GET', `staffing-plans/${id}`, { cookie: cookies[login]! })).body,
    );
    return plan.state === 'done' || plan.state === 'failed';
  });
  expect([plan!.state, plan!.error, plan!.progress]).toEqual(['done', null, 1]);
  expect((await gateway.call('DELETE', `staffing-plans/${id}`, { cookie: cookies[login]! })).status).toBe(204);
  return plan!.result!;
}

const onTime = (result: StaffingResult, name: string, step: string) =>
  result.variants
    .find((variant) => variant.name === name)!
    .outcome.steps.find((one) => one.step === step && one.category === null)!.onTime!.median;

beforeAll(async () => {
  gateway = await startGateway();
  for (const [login, role, areaId] of [
    ['ann', 'officer', 'g1'],
    ['bob', 'officer', 'g1'],
    ['meg', 'manager', 'c1'],
    ['gus', 'manager', 'g2'],
  ] as const) {
    ids[login] = (await gateway.person(login, role, areaId)).id;
    cookies[login] = await gateway.login(login);
  }
  const { db } = gateway.database;
  // Ann by day, all week; Bob is planned as well and on leave.
  for (const [n, login] of ['ann', 'bob'].entries())
    await db
      .insertInto('shifts')
      .values(
        everyDay.map((number) => ({
          id: `00000000-0000-4000-8000-${String(n * 100 + number).padStart(12, '0')}`,
          personId: ids[login]!,
          areaId: 'g1',
          startsAt: new Date(begin + (number - 1) * day + 8 * hour),
          endsAt: new Date(begin + (number - 1) * day + 20 * hour),
        })),
      )
      .execute();
  await db
    .insertInto('leave')
    .values({
      id: '00000000-0000-4000-8000-000000000999',
      personId: ids['bob']!,
      startsAt: new Date(begin - day),
      endsAt: new Date(begin + 30 * day),
      kind: 'holiday',
      createdBy: ids['meg']!,
      createdAt: new Date(begin - day),
    })
    .execute();
  // Every 40 minutes by day: given at once, accepted after 2 minutes, done after 25, verified after 5.
  const lives = everyDay.flatMap((number) =>
    Array.from({ length: 18 }, (_, n) =>
      lifeOf(
        {
          createdAt: begin + (number - 1) * day + 8 * hour + n * 40 * 60_000,
          areaId: 'g1',
          category: 'lift',
          source: 'person',
          handlerId: ids['ann']!,
          score: null,
        },
        [
          [0, 0],
          [0, 2],
          [0, 1],
          [0, 25],
          [0, 5],
          [0, 0],
        ],
        60,
      ),
    ),
  );
  await writeLives(db, lives);
  const limits = { accept: { amount: 60, unit: 'minutes' }, handle: { amount: 60, unit: 'minutes' }, verify: null };
  await db
    .updateTable('workOrders')
    .set({ limits: JSON.stringify(limits) })
    .execute();
}, 60_000);
afterAll(() => gateway.stop(), 60_000);

it('says for the staff as it was nearly what really was, and that both stand beside each other', async () => {
  const result = await resultOf('meg', { runs: 3 });
  expect(result.cases).toBe(7 * 18);
  expect(result.categories).toMatchObject([{ category: 'lift', cases: 126 }]);
  const [variant] = result.variants;
  // Bob is on leave: one officer, twelve hours a day.
  expect(variant).toMatchObject({ officers: 1, shiftHours: 84, uncoveredHours: 84, uncoveredCases: 0 });
  expect(variant!.people).toMatchObject([{ personId: ids['ann'], name: 'Name of ann' }]);
  const { actual } = result;
  expect(actual!.closed.median).toBe(126);
  const outcome = variant!.outcome;
  expect(outcome.closed.low).toBeGreaterThanOrEqual(125);
  expect(Math.abs(outcome.acceptMedian!.median - actual!.acceptMedian!.median)).toBeLessThan(0.5);
  // Not accepted before the one in hand is done, and ten minutes on the way: slower than it really was, and it says so.
  expect(outcome.handleMedian!.median).toBeGreaterThanOrEqual(actual!.handleMedian!.median);
  expect(outcome.handleMedian!.median).toBeLessThan(actual!.handleMedian!.median + 15);
  expect(variant!.hours).toHaveLength(24);
  expect(variant!.hours[9]!.onShift).toBe(1);
  expect(variant!.hours[3]!.onShift).toBe(0);
  expect(result.premises.map(({ code }) => code)).toContain('travel');
  expect(result.premises.find(({ code }) => code === 'handle')!.text.en).toContain('126 real cases');
});

it('puts other shifts beside it: the same each time, and more officers are not worse', async () => {
  const csv = [
    'at,area,category,severity,handling_minutes',
    ...Array.from(
      { length: 120 },
      (_, n) =>
        `2026-03-0${2 + (n % 7)} ${String(8 + (n % 12)).padStart(2, '0')}:${String((n * 7) % 60).padStart(2, '0')},g1,lift,moderate,45`,
    ),
  ].join('\n');
  const added = (officers: number) => [{ areaId: 'g1', officers, weekdays: everyDay, from: '08:00', to: '20:00' }];
  const variants = [
    { name: 'now', keepShifts: true },
    { name: 'plus one', keepShifts: true, blocks: added(1) },
    { name: 'plus four', keepShifts: true, blocks: added(4) },
    { name: 'nights', keepShifts: false, blocks: [{ ...added(1)[0], from: '22:00', to: '06:00' }] },
    { name: 'nobody', keepShifts: true, without: [ids['ann']] },
  ];
  const result = await resultOf('meg', { csv, variants, runs: 3, seed: 7 });
  const again = await resultOf('meg', { csv, variants, runs: 3, seed: 7 });
  expect({ ...again, tookMs: 0 }).toEqual({ ...result, tookMs: 0 });
  expect(result.actual).toBeNull();
  expect(result.variants.map(({ officers }) => officers)).toEqual([1, 2, 5, 1, 0]);
  const handled = ['now', 'plus one', 'plus four'].map((name) => onTime(result, name, 'handle'));
  expect(handled).toEqual(handled.toSorted((a, b) => a - b));
  expect(handled[2]).toBeGreaterThan(handled[0]!);
  // With nobody on shift all goes up to the manager.
  const nobody = result.variants.at(-1)!;
  expect(nobody).toMatchObject({ shiftHours: 0, utilisation: null, uncoveredCases: 120 });
  expect(nobody.outcome.upTheChain.median).toBe(120);
  expect(nobody.outcome.withManager.median).toBeGreaterThan(0);
  expect(result.variants[3]!.hours[23]!.onShift).toBe(1);
  expect(result.variants[3]!.hours[12]!.onShift).toBe(0);
});

it('names each line of a table that cannot be read', async () => {
  const csv =
    'at,area,category,severity\nyesterday,g1,lift,\n2026-03-02 08:00,g9,lift,\n2026-03-02 08:00,g1,lift,huge\n';
  const { status, body } = await ask('meg', { csv });
  expect(status).toBe(400);
  expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(['csv.2.at', 'csv.3.area', 'csv.4.severity']);
});

it('is for who answers for the area: not for others, not beyond it, not someone else’s', async () => {
  expect((await ask('ann', {})).status).toBe(403);
  expect((await ask('gus', { areaId: 'g1' })).status).toBe(404);
  const blocks = [{ areaId: 'g1', officers: 1, weekdays: [1], from: '08:00', to: '16:00' }];
  expect((await ask('gus', { variants: [{ name: 'a', keepShifts: true, blocks }] })).status).toBe(404);
  const asked = await ask('meg', {});
  const path = `staffing-plans/${asked.body.id}`;
  expect((await gateway.call('GET', path, { cookie: cookies['gus']! })).status).toBe(404);
  expect((await gateway.call('DELETE', path, { cookie: cookies['gus']! })).status).toBe(404);
  expect((await gateway.call('DELETE', path, { cookie: cookies['meg']! })).status).toBe(204);
});

it('ends without cases as that, and a month nobody could simulate in time is not taken in', async () => {
  const asked = await ask('meg', { from: iso(begin - 60 * day), to: iso(begin - 50 * day) });
  await waitUntil(async () => {
    const { body } = await gateway.call('GET', `staffing-plans/${asked.body.id}`, { cookie: cookies['meg']! });
    return body.state === 'failed' && body.error === 'no-cases';
  });
  expect((await ask('meg', { to: iso(begin + 90 * day) })).status).toBe(400);
  expect((await ask('meg', { runs: 1000 })).status).toBe(400);
  const block = { areaId: 'g1', officers: 100, weekdays: [1], from: '08:00', to: '16:00' };
  const tooMany = { name: 'a', keepShifts: true, blocks: Array.from({ length: 6 }, () => block) };
  expect((await ask('meg', { variants: [tooMany] })).status).toBe(400);
});
