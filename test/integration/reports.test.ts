import { randomUUID } from 'node:crypto';
import { type Report, reportSchema, reportTables } from '@sc/contracts';
import { json } from '@sc/platform/database';
import { aDevice } from '../support/builders.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
const cookies: Record<string, string> = {};
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A Monday, midnight on the wall of the site. */
const monday = Date.parse('2026-03-01T16:00:00Z');
const text = json({ 'zh-CN': '核查', en: 'Check' });

interface Wish {
  device?: string;
  rule?: string;
  at: number;
  judgement?: 'true' | 'false' | 'test';
  seenAfter?: number;
}

async function anAlarm({ device = 'c1/smoke-1', rule = 'smoke-high', at, judgement, seenAfter }: Wish): Promise<void> {
  const { db } = gateway.database;
  const id = randomUUID();
  const area = device === 'c1/bin-2' ? 'b2' : 'r1';
  await db
    .insertInto('alarms')
    .values({
      id,
      deviceId: device,
      ruleId: rule,
      ruleVersion: 1,
      domain: device.includes('smoke') ? 'fire' : 'sanitation',
      areaId: area,
      state: 'normal',
      conditionActive: false,
      severity: 'severe',
      urgency: 'immediate',
      certainty: 'likely',
      workOrder: false,
      cause: json({}),
      raisedAt: new Date(at),
      lastSeenAt: new Date(at),
      lastTransitionAt: new Date(at),
      createdAt: new Date(at),
      judgement: judgement ?? null,
    })
    .execute();
  if (seenAfter === undefined) return;
  // The second time it is seen says nothing of how long the first took.
  for (const after of [seenAfter, seenAfter + day])
    await db
      .insertInto('alarmSteps')
      .values({
        id: randomUUID(),
        alarmId: id,
        at: new Date(at + after),
        recordedAt: new Date(at + after),
        action: 'acknowledge',
        fromState: 'unacknowledged',
        toState: 'acknowledged',
        actorKind: 'person',
        actorId: randomUUID(),
        data: json({}),
      })
      .execute();
}

type Step = [after: number, action: string, from: string | null, to: string];

async function aCase(at: number, steps: Step[], area = 'r1', state: 'closed' | 'voided' = 'closed'): Promise<void> {
  const { db } = gateway.database;
  const id = randomUUID();
  await db
    .insertInto('workOrders')
    .values({
      id,
      category: 'fire-alarm',
      title: text,
      instructions: text,
      photoRequired: false,
      acceptWithinSeconds: 60,
      state,
      severity: 'minor',
      areaId: area,
      createdAt: new Date(at),
      updatedAt: new Date(at),
    })
    .execute();
  for (const [after, action, fromState, toState] of steps)
    await db
      .insertInto('workOrderSteps')
      .values({
        id: randomUUID(),
        workOrderId: id,
        at: new Date(at + after),
        action,
        fromState,
        toState,
        actorKind: 'system',
        actorId: 'test',
        data: json({}),
      })
      .execute();
}

const handled = (accept: number, start: number, report: number): Step[] => [
  [0, 'dispatch', 'registered', 'dispatched'],
  [accept, 'accept', 'dispatched', 'accepted'],
  [accept + start, 'start', 'accepted', 'in-hand'],
  [report, 'report', 'in-hand', 'reported'],
];

beforeAll(async () => {
  gateway = await startGateway();
  const { db } = gateway.database;
  for (const [login, role, area] of [
    ['manager', 'manager', 'c1'],
    ['neighbour', 'manager', 'g2'],
    ['operator', 'operator', 'c1'],
  ] as const) {
    await gateway.person(login, role, area);
    cookies[login] = await gateway.login(login);
  }
  await aDevice(db, { id: 'c1/smoke-1', name: 'Kitchen' });
  await aDevice(db, { id: 'c1/smoke-2', name: '=HYPERLINK("x")' });
  await aDevice(db, { id: 'c1/bin-2', domain: 'sanitation', areaId: 'b2' });
  const stored = { version: 1, enabled: true, updatedAt: new Date(0) };
  for (const [id, domain] of [
    ['smoke-high', 'fire'],
    ['bin-full', 'sanitation'],
  ] as const)
    await db
      .insertInto('rules')
      .values({ ...stored, id, domain, definition: json({ title: { 'zh-CN': '规则', en: id } }) })
      .execute();
  // Monday 08:00 three times, Sunday 23:59 once: the last minute of the period.
  await anAlarm({ at: monday + 8 * hour, judgement: 'true', seenAfter: 30_000 });
  await anAlarm({ at: monday + 8 * hour + 5 * minute, judgement: 'false', seenAfter: 90_000 });
  await anAlarm({ device: 'c1/smoke-2', at: monday + 8 * hour + 59 * minute, judgement: 'false' });
  await anAlarm({ device: 'c1/smoke-2', at: monday + 7 * day - minute, judgement: 'false', seenAfter: 10 * minute });
  await anAlarm({ device: 'c1/bin-2', rule: 'bin-full', at: monday + 2 * day + 20 * hour, judgement: 'test' });
  // Just outside on both sides.
  await anAlarm({ at: monday - 1, judgement: 'false' });
  await anAlarm({ at: monday + 7 * day, judgement: 'false' });
  await aCase(monday + 9 * hour, handled(minute, 10 * minute, hour));
  await aCase(monday + 9 * hour + minute, handled(3 * minute, 20 * minute, 2 * hour));
  await aCase(monday + 3 * day, [
    ...handled(5 * minute, 30 * minute, 30 * hour),
    [hour, 'suspend', 'in-hand', 'suspended'],
    [25 * hour, 'resume', 'suspended', 'in-hand'],
  ]);
  // Suspended and given up: never solved, though it was reported once.
  await aCase(monday + 4 * day, [
    ...handled(7 * minute, minute, hour),
    [2 * hour, 'rework', 'reported', 'in-hand'],
    [3 * hour, 'suspend', 'in-hand', 'suspended'],
  ]);
  await aCase(monday + 9 * hour, handled(9 * hour, hour, 20 * hour), 'r1', 'voided');
});
afterAll(() => gateway.stop());

const at = (ms: number) => new Date(ms).toISOString();
const week = `from=${at(monday)}&to=${at(monday + 7 * day)}`;
const get = (path: string, login = 'manager') => gateway.call('GET', path, { cookie: cookies[login]! });
async function reportOf(query = week, login = 'manager'): Promise<Report> {
  const { status, body } = await get(`reports?${query}`, login);
  expect(status).toBe(200);
  return reportSchema.parse(body);
}

describe('a report', () => {
  it('counts alarms and cases by hour and weekday of the site', async () => {
    const { alarmHours, caseHours, timeZone } = await reportOf();
    expect(timeZone).toBe('Asia/Shanghai');
    expect(alarmHours).toEqual([
      { weekday: 1, hour: 8, count: 3 },
      { weekday: 3, hour: 20, count: 1 },
      { weekday: 7, hour: 23, count: 1 },
    ]);
    expect(caseHours).toEqual([
      { weekday: 1, hour: 9, count: 3 },
      { weekday: 4, hour: 0, count: 1 },
      { weekday: 5, hour: 0, count: 1 },
    ]);
  });

  it('says how good the alarms were: of all, by kind, by rule, and what was wrong most', async () => {
    const { quality } = await reportOf();
    const fire = { alarms: 4, judgedTrue: 1, judgedFalse: 3, judgedTest: 0, precision: 0.25 };
    const bin = { alarms: 1, judgedTrue: 0, judgedFalse: 0, judgedTest: 1, precision: null };
    expect(quality.total).toEqual({ alarms: 5, judgedTrue: 1, judgedFalse: 3, judgedTest: 1, precision: 0.25 });
    expect(quality.kinds).toEqual([
      { domain: 'fire', ...fire },
      { domain: 'sanitation', ...bin },
    ]);
    expect(quality.rules.map(({ ruleId, alarms }) => [ruleId, alarms])).toEqual([
      ['smoke-high', 4],
      ['bin-full', 1],
    ]);
    expect(quality.worst.map(({ deviceId, judgedFalse }) => [deviceId, judgedFalse])).toEqual([
      ['c1/smoke-2', 2],
      ['c1/smoke-1', 1],
    ]);
  });

  it('measures what people took, first times and whole ways, without what was suspended', async () => {
    const { responses } = await reportOf(`${week}&every=week`);
    const of = (wanted: string) => responses.find(({ measure }) => measure === wanted)!;
    expect(of('acknowledge').total).toEqual({ count: 3, median: 90, p90: 600 });
    expect(of('accept').total).toEqual({ count: 4, median: 180, p90: 420 });
    expect(of('arrive').total).toEqual({ count: 4, median: 600, p90: 1800 });
    // 1 h, 2 h, and 30 h of which 24 were suspended; the one that still is does not count.
    expect(of('solve').total).toEqual({ count: 3, median: 7200, p90: 21_600 });
    expect(of('accept').pieces).toEqual([{ day: '2026-03-02', count: 4, median: 180, p90: 420 }]);
    const daily = await reportOf(`${week}&every=day`);
    expect(daily.responses[1]!.pieces.map(({ day: on, count }) => [on, count])).toEqual([
      ['2026-03-02', 2],
      ['2026-03-05', 1],
      ['2026-03-06', 1],
    ]);
  });

  it('measures the first answer to a resident from the report, or from what was asked of a case that nobody reported', async () => {
    const { db } = gateway.database;
    const { id: personId } = await db
      .selectFrom('people')
      .select('id')
      .where('login', '=', 'manager')
      .executeTakeFirstOrThrow();
    const orders = await db
      .selectFrom('workOrders')
      .select(['id', 'createdAt'])
      .where('state', '=', 'closed')
      .orderBy('createdAt')
      .limit(2)
      .execute();
    const [reported, asked] = [orders[0]!, orders[1]!];
    const linkId = randomUUID();
    await db
      .insertInto('residentLinks')
      .values({ id: linkId, workOrderId: asked.id, areaId: 'r1', kind: 'follow', locale: 'en', createdAt: new Date(0) })
      .execute();
    await db.updateTable('workOrders').set({ source: 'resident' }).where('id', '=', reported.id).execute();
    const says = (order: typeof asked, after: number, who: { linkId: string } | { personId: string }) =>
      db
        .insertInto('residentMessages')
        .values({
          id: randomUUID(),
          workOrderId: order.id,
          kind: 'linkId' in who ? 'reply' : 'answer',
          at: new Date(order.createdAt.getTime() + after),
          requestId: randomUUID(),
          ...who,
        })
        .execute();
    await says(reported, 30 * minute, { personId });
    await says(reported, hour, { personId });
    // Said before anybody asked: no answer.
    await says(asked, minute, { personId });
    await says(asked, hour, { linkId });
    await says(asked, 3 * hour, { personId });
    const { responses } = await reportOf(`${week}&every=week`);
    const total = { count: 2, median: 1800, p90: 7200 };
    expect(responses.find(({ measure }) => measure === 'answer')).toEqual({
      measure: 'answer',
      total,
      pieces: [{ day: '2026-03-02', ...total }],
    });
    expect((await get(`reports/csv?${week}&table=responses`)).body).toContain('answer,*,2,1800,7200');
  });

  it('tells nobody more than their area', async () => {
    const { quality, caseHours, areaId } = await reportOf(week, 'neighbour');
    expect(areaId).toBe('g2');
    expect([quality.total.alarms, caseHours]).toEqual([1, []]);
    expect((await get(`reports?${week}&areaId=g1`, 'neighbour')).status).toBe(404);
    expect((await get(`reports?${week}`, 'operator')).status).toBe(403);
  });

  it('is calm where there is nothing', async () => {
    const { quality, responses, alarmHours } = await reportOf(`from=${at(0)}&to=${at(day)}`);
    expect(alarmHours).toEqual([]);
    expect(quality).toMatchObject({ total: { alarms: 0, precision: null }, kinds: [], rules: [], worst: [], left: 0 });
    expect(responses.map(({ total }) => total)).toEqual(Array(5).fill({ count: 0, median: null, p90: null }));
  });

  it('refuses a time that is none, or too long', async () => {
    for (const query of [
      `from=${at(monday)}&to=${at(monday)}`,
      `from=${at(monday)}&to=${at(monday + 368 * day)}`,
      `${week}&every=hour`,
    ])
      expect((await get(`reports?${query}`)).status).toBe(400);
  });

  it('comes as CSV, a table each, and no cell is a formula', async () => {
    for (const table of reportTables) {
      const { status, headers, body } = await get(`reports/csv?${week}&table=${table}`);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toContain('text/csv');
      expect((body as string).split('\r\n').length).toBeGreaterThan(2);
    }
    expect((await get(`reports/csv?${week}&table=worst`)).body).toContain(`"'=HYPERLINK(""x"")"`);
    expect((await get(`reports/csv?${week}&table=people`)).status).toBe(400);
  });
});
