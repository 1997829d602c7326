import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { CaseLimits, Person, Severity } from '@sc/contracts';
import { Calendars } from '@sc/features/calendars';
import { Directory } from '@sc/features/directory';
import { systemIds } from '@sc/platform/clock';
import { json } from '@sc/platform/database';
import { CalendarReader } from '../../libs/features/calendars/calendar-reader.js';
import { CalendarsService } from '../../libs/features/calendars/calendars.service.js';
import { ImportDays } from '../../libs/features/calendars/import-days.js';
import { ClocklessOrders } from '../../libs/features/work-orders/clockless-orders.js';
import { OverdueDeadlines } from '../../libs/features/work-orders/overdue-deadlines.js';
import { aPerson, aShift } from '../support/builders.js';
import { startDispatch, type TestDispatch } from '../support/dispatch.js';

const minute = 60_000;
const hour = 60 * minute;
const office = [{ from: '09:00', to: '17:00' }];
const week = [office, office, office, office, office, [], []];
const limits: CaseLimits = {
  accept: { amount: 30, unit: 'minutes' },
  handle: { amount: 240, unit: 'working-minutes' },
  verify: { amount: 2, unit: 'working-days' },
};
/** A Monday, ten in the morning in Shanghai. */
const monday = Date.parse('2026-04-13T10:00+08:00');
const iso = (at: Date | null | undefined) => at && new Date(at.getTime() + 8 * hour).toISOString().slice(0, 16);

/** One database for all: each story has an order of its own in a room of its own incident. */
let d: TestDispatch;
let officer: Person;
let operator: Person;
let manager: Person;
let calendars: CalendarsService;
let reader: CalendarReader;
const asPerson = async (role: Person['role'], areaId: string): Promise<Person> =>
  d.personById(await aPerson(d.db, { role, areaId }));

beforeAll(async () => {
  d = await startDispatch({ TIME_ZONE: 'Asia/Shanghai' });
  officer = await asPerson('officer', 'g1');
  await aShift(d.db, officer.id, 'g1');
  operator = await asPerson('operator', 'c1');
  manager = await asPerson('manager', 'c1');
  const store = d.module.get(Calendars, { strict: false });
  calendars = new CalendarsService(d.unitOfWork, store, d.clock, systemIds);
  reader = new CalendarReader(store, d.module.get(Directory, { strict: false }), d.db);
});
afterAll(() => d.stop());

/** A fresh start: no orders, one calendar of the community. */
beforeEach(async () => {
  d.clock.set(monday);
  await d.db.deleteFrom('calendars').execute();
  await save([]);
  await d.db.updateTable('jobs').set({ state: 'cancelled' }).where('state', '=', 'pending').execute();
  await d.db
    .updateTable('workOrders')
    .set({ state: 'voided', dueAt: null, warnAt: null, clock: null, suspendedFrom: null, resumeAt: null })
    .execute();
  await d.db.updateTable('incidents').set({ state: 'closed' }).execute();
  await d.db.deleteFrom('notifications').execute();
  d.clock.set(monday);
});

const save = async (exceptions: { date: string; name: string; hours: typeof office }[], revision?: number) => {
  const now = await reader.of(manager, 'c1');
  const calendar = { timeZone: 'Asia/Shanghai', week, exceptions };
  await calendars.save(manager, 'c1', { name: 'Office', calendar, revision: revision ?? now.revision });
};

/** Accepted at this moment, with our limits. */
async function accepted(own: CaseLimits = limits, severity: Severity = 'severe') {
  await d.raise({ severity });
  await d.run();
  const { id } = await d.order();
  await d.db
    .updateTable('workOrders')
    .set({ limits: json(own) })
    .where('id', '=', id)
    .execute();
  expect(await d.act(officer, 'accept')).toMatchObject({ ok: true });
  return d.order();
}
const stepsOf = async (action: string) =>
  d.db
    .selectFrom('workOrderSteps')
    .selectAll()
    .where('action', '=', action)
    .where('workOrderId', '=', (await d.order()).id)
    .execute();
const told = async (kind: string) =>
  (await d.db.selectFrom('notifications').select('personId').where('kind', '=', kind).execute()).map(
    ({ personId }) => personId,
  );
const at = async (local: string) => {
  d.clock.set(Date.parse(`${local}+08:00`));
  await d.run();
};
const pendingChecks = async () => (await d.jobs('check-deadline')).filter(({ state }) => state === 'pending');

describe('the clock of an order', () => {
  it('begins with its registration, and the first escalation is its deadline', async () => {
    await d.raise();
    await d.run();
    const order = await d.order();
    expect(order.clock).toMatchObject({ now: { step: 'accept', startedAt: monday } });
    expect(order.acceptBy).toEqual(order.dueAt);
    expect(await pendingChecks()).toEqual([]);
  });

  it('runs step by step by the calendar of the place, warns the holder once and tells the manager once', async () => {
    const order = await accepted();
    expect([iso(order.stepStartedAt), iso(order.warnAt), iso(order.dueAt)]).toEqual([
      '2026-04-13T10:00',
      '2026-04-13T13:12',
      '2026-04-13T14:00',
    ]);
    await at('2026-04-13T13:11');
    expect(await told('work-order-due-soon')).toEqual([]);
    await at('2026-04-13T13:12');
    await at('2026-04-13T13:30');
    expect(await told('work-order-due-soon')).toEqual([officer.id]);
    await at('2026-04-13T14:00');
    await at('2026-04-13T20:00');
    expect(await told('work-order-overdue')).toEqual([manager.id]);
    expect(await stepsOf('overdue')).toMatchObject([{ data: { step: 'handle' }, actorKind: 'system' }]);
    expect(await stepsOf('warn')).toEqual([]);
    expect(await pendingChecks()).toEqual([]);
  });

  it('goes from step to step; a case that has ended has none, and its jobs do nothing', async () => {
    await accepted(limits, 'minor');
    await d.act(officer, 'start');
    await d.act(officer, 'report', { note: 'done' });
    expect(iso((await d.order()).dueAt)).toBe('2026-04-15T17:00');
    await d.act(operator, 'verify');
    await d.act(operator, 'close');
    expect(await d.order()).toMatchObject({ clock: null, dueAt: null, warnAt: null, stepStartedAt: null });
    await at('2026-04-20T10:00');
    expect(await told('work-order-overdue')).toEqual([]);
  });

  it('gives rework what was left of handling', async () => {
    await accepted(limits, 'minor');
    await d.act(officer, 'start');
    d.clock.set(monday + hour);
    await d.act(officer, 'report', { note: 'done' });
    d.clock.set(Date.parse('2026-04-14T09:00+08:00'));
    await d.act(operator, 'rework', { note: 'look again' });
    expect(iso((await d.order()).dueAt)).toBe('2026-04-14T12:00');
    await at('2026-04-14T12:00');
    expect(await stepsOf('overdue')).toHaveLength(1);
  });

  it('stands still while suspended and goes on with what was left', async () => {
    const { id } = await accepted(limits, 'minor');
    d.clock.set(monday + hour);
    const until = new Date(monday + 24 * hour).toISOString();
    const request = { requestId: randomUUID(), attachmentIds: [], note: 'waits for a part', until };
    expect(await d.orders.act(operator, id, 'suspend', request)).toMatchObject({ ok: true });
    const held = await d.order();
    expect(held).toMatchObject({ state: 'suspended', dueAt: null, warnAt: null, stepStartedAt: null });
    const [shown] = (await d.reader.list(manager, { state: 'open', assignee: 'anyone', limit: 1, sort: 'due' })).items;
    expect(shown?.clock).toMatchObject({ light: 'none', left: { amount: 180, unit: 'working-minutes' } });
    await at('2026-04-13T16:00');
    expect(await told('work-order-overdue')).toEqual([]);
    await at('2026-04-14T10:00');
    expect((await d.order()).state).toBe('accepted');
    expect(iso((await d.order()).dueAt)).toBe('2026-04-14T13:00');
    await at('2026-04-14T13:00');
    expect(await told('work-order-overdue')).toEqual([manager.id]);
  });

  it('lets a job of a deadline that moved do nothing, and looks at the new one', async () => {
    const before = await accepted();
    const [late] = await pendingChecks();
    await d.db
      .updateTable('workOrders')
      .set({
        extension: json({
          limit: { amount: 1, unit: 'working-days' },
          reason: 'rain',
          askedBy: officer.id,
          askedAt: new Date(monday).toISOString(),
        }),
      })
      .where('id', '=', before.id)
      .execute();
    expect(await d.act(manager, 'grant-extension')).toMatchObject({ ok: true });
    const after = await d.order();
    expect(iso(after.dueAt)).toBe('2026-04-14T17:00');
    d.clock.set(before.dueAt!.getTime());
    await d.handle(late!);
    await d.run();
    expect(await told('work-order-due-soon')).toEqual([]);
    await at('2026-04-14T17:00');
    expect(await stepsOf('overdue')).toHaveLength(1);
  });
});

describe('a calendar that changes', () => {
  it('moves the open deadlines of its area, once however often the job comes', async () => {
    await accepted();
    await save([{ date: '2026-04-13', name: 'closed', hours: [] }]);
    await d.run();
    expect(iso((await d.order()).dueAt)).toBe('2026-04-14T13:00');
    for (const job of await d.jobs('move-deadlines')) {
      await d.db.updateTable('jobs').set({ state: 'pending' }).where('id', '=', job.id).execute();
      await d.handle(job);
    }
    expect(iso((await d.order()).dueAt)).toBe('2026-04-14T13:00');
    await at('2026-04-13T18:00');
    expect(await told('work-order-overdue')).toEqual([]);
    await at('2026-04-14T13:00');
    expect(await told('work-order-overdue')).toEqual([manager.id]);
  });

  it('leaves plain minutes alone, and what another area has of its own', async () => {
    const own = { ...limits, handle: { amount: 240, unit: 'minutes' } as const };
    const order = await accepted(own);
    await save([{ date: '2026-04-13', name: 'closed', hours: [] }]);
    await d.run();
    expect((await d.order()).dueAt).toEqual(order.dueAt);
  });

  it('is refused to who saw an older one, and to people of another area', async () => {
    await expect(save([], 7)).rejects.toMatchObject({ code: 'conflict' });
    const other = await asPerson('manager', 'g2');
    const calendar = { timeZone: 'UTC', week, exceptions: [] };
    await expect(calendars.save(other, 'c1', { name: 'x', calendar, revision: 0 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('takes the public holidays of 2026 as they are published', async () => {
    const file = await readFile('docs/calendars/public-holidays-cn-2026.csv');
    const days = new ImportDays(calendars);
    expect((await days.run(manager, 'c1', file, true)).rows).toHaveLength(39);
    expect(await days.run(manager, 'c1', file, false)).toMatchObject({ applied: true, errors: [] });
    const calendar = await (await d.module.get(Calendars, { strict: false }).book()).of('r1');
    const worked = (date: string) => calendar.isWorked(Date.parse(date) / (24 * hour));
    expect(['2026-02-13', '2026-02-14', '2026-02-15', '2026-02-23', '2026-02-24'].map(worked)).toEqual([
      true,
      true,
      false,
      false,
      true,
    ]);
    // Every make-up day lies on a weekend.
    const { exceptions } = await reader.of(manager, 'c1');
    const madeUp = exceptions.filter((day) => day.hours.length);
    expect(madeUp.every(({ date }) => [0, 6].includes(new Date(date).getUTCDay()))).toBe(true);
    expect([madeUp.length, exceptions.length]).toEqual([6, 39]);
  });

  it('takes holidays from a table, all lines or none, and says which cell is wrong', async () => {
    const days = new ImportDays(calendars);
    const bytes = (text: string) => new TextEncoder().encode(text);
    const bad = await days.run(manager, 'c1', bytes('date,name,hours\n2026-02-30,x,\n2026-10-10,y,9-25\n'), true);
    expect(bad.errors).toMatchObject([
      { line: 2, column: 'date', code: 'bad-date' },
      { line: 3, column: 'hours', code: 'bad-hours' },
    ]);
    const good = 'date,name,hours\n2026/10/1,国庆节,off\n2026-10-10,国庆节调休,周一\n';
    expect(await days.run(manager, 'c1', bytes(good), false)).toMatchObject({ applied: true, errors: [] });
    expect((await reader.of(manager, 'r1')).exceptions).toEqual([
      { date: '2026-10-01', name: '国庆节', hours: [] },
      { date: '2026-10-10', name: '国庆节调休', hours: office },
    ]);
  });
});

describe('a deadline that nobody would look at', () => {
  it('is given to orders from before there were clocks, once, and counts from then on', async () => {
    const sweep = d.module.get(ClocklessOrders, { strict: false });
    const { id } = await accepted();
    const none = { clock: null, stepStartedAt: null, warnAt: null, dueAt: null };
    await d.db.updateTable('workOrders').set(none).where('id', '=', id).execute();
    d.clock.set(Date.parse('2026-04-14T10:00+08:00'));
    expect(await sweep.sweepOnce()).toBe(false);
    const given = await d.order();
    expect(given.clock).toMatchObject({ now: { step: 'handle', startedAt: d.clock.now() } });
    expect([iso(given.warnAt), iso(given.dueAt)]).toEqual(['2026-04-14T13:12', '2026-04-14T14:00']);
    d.clock.advance(minute);
    await Promise.all([sweep.sweepOnce(), sweep.sweepOnce()]);
    expect(await d.order()).toEqual(given);
    // and it is looked after like every other
    await at('2026-04-14T13:12');
    expect(await told('work-order-due-soon')).toEqual([officer.id]);
    // what stands still, or has ended, has none
    await d.db
      .updateTable('workOrders')
      .set({ ...none, state: 'closed' })
      .where('id', '=', id)
      .execute();
    await sweep.sweepOnce();
    expect((await d.order()).clock).toBeNull();
  });

  it('is found by the sweep within seconds: its job died, its row was lost, the clock was set back', async () => {
    const sweep = d.module.get(OverdueDeadlines, { strict: false });
    await accepted();
    await d.db.deleteFrom('jobs').where('name', '=', 'check-deadline').execute();
    d.clock.set(monday + 3.5 * hour);
    await sweep.sweepOnce();
    await d.run();
    expect(await told('work-order-due-soon')).toEqual([officer.id]);
    // It fires while the clock stands an hour back, so it finds nothing to tell.
    const [job] = await pendingChecks();
    d.clock.set(monday + hour);
    await d.handle(job!);
    expect(await told('work-order-overdue')).toEqual([]);
    d.clock.set(monday + 5 * hour);
    await sweep.sweepOnce();
    await sweep.sweepOnce();
    await d.run();
    expect(await told('work-order-overdue')).toEqual([manager.id]);
    expect(await sweep.sweepOnce()).toBe(false);
    expect(await pendingChecks()).toEqual([]);
  });
});

describe('lists', () => {
  it('say the light and what is left, filter by it and go by deadline, page by page', async () => {
    const first = await accepted();
    const wish = { state: 'open', assignee: 'anyone', limit: 1, sort: 'due' } as const;
    const shown = await d.reader.list(manager, wish);
    expect(shown.items[0]).toMatchObject({
      id: first.id,
      clock: { step: 'handle', light: 'normal', left: { amount: 240, unit: 'working-minutes' } },
    });
    for (const [time, light, left] of [
      ['2026-04-13T13:30', 'warning', 30],
      ['2026-04-13T14:00', 'overdue', 0],
      ['2026-04-14T10:00', 'overdue', -240],
    ] as const) {
      d.clock.set(Date.parse(`${time}+08:00`));
      const [order] = (await d.reader.list(manager, { ...wish, light })).items;
      expect(order?.clock).toMatchObject({ light, left: { amount: left, unit: 'working-minutes' } });
      expect((await d.reader.list(manager, { ...wish, light: 'normal' })).items).toEqual([]);
    }
    await d.raise({ areaId: 'b2' });
    await d.run();
    const pages: string[] = [];
    for (let cursor: string | undefined, n = 0; n < 3; n += 1) {
      const page = await d.reader.list(manager, { ...wish, ...(cursor ? { cursor } : {}) });
      pages.push(...page.items.map(({ id }) => id));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(pages).toEqual([first.id, (await d.order()).id]);
  });

  it('ask the calendars once for however many orders', async () => {
    expect(await (await d.module.get(Calendars, { strict: false }).book()).of('r1')).toBe(
      await (await d.module.get(Calendars, { strict: false }).book()).of('c1'),
    );
  });
});
