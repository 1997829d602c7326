import { randomUUID } from 'node:crypto';
import {
  mostSavedFilters,
  pageOf,
  roundCalendarSchema,
  savedFilterSchema,
  workOrderBoardSchema,
  workOrderSchema,
  type WorkOrderState,
} from '@sc/contracts';
import { json } from '@sc/platform/database';
import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
const cookies: Record<string, string> = {};
const ids: Record<string, string> = {};
const hour = 3_600_000;
const day = 24 * hour;
const now = Date.now();
const text = json({ 'zh-CN': '核查', en: 'Check' });

beforeAll(async () => {
  gateway = await startGateway();
  const people = [
    ['operator', 'operator', 'c1'],
    ['neighbour', 'manager', 'g2'],
    ['officer', 'officer', 'g1'],
  ] as const;
  for (const [login, role, area] of people) {
    ids[login] = (await gateway.person(login, role, area)).id;
    cookies[login] = await gateway.login(login);
  }
});
afterAll(() => gateway.stop());

const call = (login: string, method: string, path: string, body?: unknown) =>
  gateway.call(method, path, { cookie: cookies[login]!, ...(body === undefined ? {} : { body }) });
const get = (path: string, login = 'operator') => call(login, 'GET', path);

interface Wish {
  state?: WorkOrderState;
  severity?: 'extreme' | 'minor';
  areaId?: string;
  assigneeId?: string | null;
  dueAt?: number;
  closedAt?: number;
}

async function anOrder(wish: Wish = {}): Promise<string> {
  const { state = 'dispatched', severity = 'minor', areaId = 'r1', assigneeId = null, dueAt, closedAt } = wish;
  const id = randomUUID();
  const at = new Date(now - 3 * day);
  await gateway.database.db
    .insertInto('workOrders')
    .values({
      id,
      category: 'fire-alarm',
      title: text,
      instructions: text,
      photoRequired: false,
      acceptWithinSeconds: 60,
      state,
      severity,
      areaId,
      dutyGridId: 'g1',
      assigneeId,
      createdAt: at,
      updatedAt: at,
      dueAt: dueAt ? new Date(dueAt) : null,
      closedAt: closedAt ? new Date(closedAt) : null,
    })
    .execute();
  return id;
}

const boardOf = async (query = '', login = 'operator') => {
  const { status, body } = await get(`work-orders/board${query}`, login);
  expect(status).toBe(200);
  const { columns } = workOrderBoardSchema.parse(body);
  return Object.fromEntries(columns.map(({ step, count, items }) => [step, { count, ids: items.map(({ id }) => id) }]));
};

describe('the board of orders', () => {
  const made: Record<string, string> = {};
  beforeAll(async () => {
    made['late'] = await anOrder({ dueAt: now - hour, severity: 'extreme' });
    made['timeless'] = await anOrder();
    made['soon'] = await anOrder({ dueAt: now + hour, assigneeId: ids['officer']! });
    made['waiting'] = await anOrder({ state: 'registered', areaId: 'b2' });
    made['today'] = await anOrder({ state: 'closed', closedAt: now - hour });
    made['scored'] = await anOrder({ state: 'evaluated', closedAt: now - 2 * hour });
    await anOrder({ state: 'closed', closedAt: now - 25 * hour });
    await anOrder({ state: 'voided', closedAt: now - hour });
  });

  it('counts by step, the next deadline first; what ended stays a day', async () => {
    const board = await boardOf();
    expect(board['dispatched']).toEqual({ count: 3, ids: [made['late'], made['soon'], made['timeless']] });
    expect(board['registered']).toEqual({ count: 1, ids: [made['waiting']] });
    expect(board['closed']).toEqual({ count: 2, ids: [made['today'], made['scored']] });
    expect(board['verified']).toEqual({ count: 0, ids: [] });
  });

  it('says how many there are, also of those without a card', async () => {
    expect((await boardOf('?limit=1'))['dispatched']).toEqual({ count: 3, ids: [made['late']] });
    expect((await get('work-orders/board?limit=51')).status).toBe(400);
  });

  it.each([
    ['light=overdue', ['late']],
    ['severity=extreme', ['late']],
    ['areaId=g2', []],
    ['assigneeId=nobody', ['late', 'timeless']],
  ])('leaves out what is filtered away: %s', async (query, left) => {
    const expected = left.map((name) => made[name]);
    expect((await boardOf(`?${query}`))['dispatched']).toEqual({ count: expected.length, ids: expected });
    const list = pageOf(workOrderSchema).parse((await get(`work-orders?step=dispatched&sort=due&${query}`)).body);
    expect(list.items.map(({ id }) => id)).toEqual(expected);
  });

  it('shows nobody more than the list does', async () => {
    const board = await boardOf('', 'neighbour');
    expect(Object.values(board).flatMap((column) => column.ids)).toEqual([made['waiting']]);
    expect(board['closed']!.count).toBe(0);
  });

  it('has a list behind each column, page by page', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await get(`work-orders?step=dispatched&limit=2${cursor}`);
      const page = pageOf(workOrderSchema).parse(body);
      seen.push(...page.items.map(({ id }) => id));
      if (!page.nextCursor) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen.toSorted()).toEqual([made['late']!, made['soon']!, made['timeless']!].toSorted());
    const closed = pageOf(workOrderSchema).parse((await get('work-orders?step=closed')).body);
    expect(closed.items).toHaveLength(2);
  });
});

describe('kept filters', () => {
  const save = (name: string, query = 'view=board&light=overdue', login = 'operator') =>
    call(login, 'POST', 'saved-filters', { page: 'work-orders', name, query });
  const names = async (login: string) =>
    pageOf(savedFilterSchema)
      .parse((await get('saved-filters?page=work-orders', login)).body)
      .items.map(({ name }) => name);

  it('are of one person, and the same name is the same filter', async () => {
    const first = savedFilterSchema.parse((await save('Late')).body);
    const again = savedFilterSchema.parse((await save('Late', 'light=warning')).body);
    expect(again).toMatchObject({ id: first.id, query: 'light=warning' });
    expect(await names('operator')).toEqual(['Late']);
    expect(await names('neighbour')).toEqual([]);
    expect((await call('neighbour', 'DELETE', `saved-filters/${first.id}`)).status).toBe(204);
    expect(await names('operator')).toEqual(['Late']);
    expect((await call('operator', 'DELETE', `saved-filters/${first.id}`)).status).toBe(204);
    expect(await names('operator')).toEqual([]);
  });

  it('refuse what is no query of an address', async () => {
    for (const query of ['https://elsewhere.example/', 'a=1"><script>', 'a=1 b', `a=${'x'.repeat(500)}`])
      expect((await save('Bad', query)).status).toBe(400);
  });

  it('have an end, also for those who save at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: mostSavedFilters + 3 }, (_, i) => save(`Filter ${i}`, `light=overdue&area=g${i}`)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(mostSavedFilters);
    expect(answers.find(({ status }) => status !== 201)?.body.code).toBe('beyond-limit');
    expect(await names('operator')).toHaveLength(mostSavedFilters);
    // one that is there can be changed all the same
    expect((await save((await names('operator'))[0]!, '')).status).toBe(201);
  });
});

describe('the calendar of rounds', () => {
  const planId = randomUUID();
  const from = new Date(now - day).toISOString();
  const between = async (query = '', login = 'operator', to = new Date(now + 10 * day).toISOString()) => {
    const { status, body } = await get(`rounds/calendar?from=${from}&to=${to}${query}`, login);
    return { status, ...(status === 200 ? roundCalendarSchema.parse(body) : { rounds: [], planned: [] }) };
  };

  beforeAll(async () => {
    const { db } = gateway.database;
    const start = new Date(now - 2 * day).toISOString().replace(/[-:]/g, '').slice(0, 13);
    const plan = {
      title: text,
      areaId: 'g1',
      recurrence: `DTSTART;TZID=Asia/Shanghai:${start}00\nRRULE:FREQ=DAILY`,
      windowMinutes: 60,
      assignee: json({ kind: 'person' as const, personId: ids['officer']! }),
      category: 'patrol',
      enabled: true,
      madeUntil: new Date(now + day),
      createdAt: new Date(now),
      updatedAt: new Date(now),
    };
    await db
      .insertInto('roundPlans')
      .values({ id: planId, ...plan })
      .execute();
    await db
      .insertInto('roundPlans')
      .values({ id: randomUUID(), ...plan, enabled: false })
      .execute();
    for (const [state, startsAt] of [
      ['done', now - hour],
      ['planned', now + 20 * hour],
      ['missed', now - 5 * day],
    ] as const)
      await db
        .insertInto('rounds')
        .values({
          id: randomUUID(),
          planId,
          startsAt: new Date(startsAt),
          dueAt: new Date(startsAt + hour),
          state,
          title: text,
          areaId: 'g1',
          category: 'patrol',
          points: json([]),
          assigneeId: ids['officer']!,
          required: 1,
          createdAt: new Date(now),
          updatedAt: new Date(now),
        })
        .execute();
  });

  it('has the rounds of the time, and the starts of plans beyond them', async () => {
    const { rounds, planned } = await between();
    expect(rounds.map(({ state }) => state)).toEqual(['done', 'planned']);
    // A start every day from tomorrow, where rounds are made up to, until the end.
    expect(planned.length).toBeGreaterThanOrEqual(8);
    expect(planned.every(({ startsAt }) => Date.parse(startsAt) > now + day)).toBe(true);
    expect(planned.every(({ personId }) => personId === ids['officer'])).toBe(true);
    expect(new Set(planned.map(({ startsAt }) => startsAt)).size).toBe(planned.length);
  });

  it('shows what lies in an area, and only to those of it', async () => {
    expect((await between('&areaId=g2')).planned).toEqual([]);
    expect(await between('', 'neighbour')).toMatchObject({ rounds: [], planned: [] });
  });

  it('refuses a time that no calendar shows', async () => {
    expect((await between('', 'operator', new Date(now + 60 * day).toISOString())).status).toBe(400);
    expect((await between('', 'operator', new Date(now - 2 * day).toISOString())).status).toBe(400);
  });
});
