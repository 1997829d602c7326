import { randomUUID } from 'node:crypto';
import { alarmLoadSchema, foldedAlarmsSchema, listedIncidentSchema, pageOf, type Severity } from '@sc/contracts';
import { domainByName } from '@sc/domains';
import { json } from '@sc/platform/database';
import { sql } from 'kysely';
import { aDevice } from '../support/builders.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

const minute = 60_000;
const hour = 60 * minute;
/** The late shift of a Saturday, Shanghai time: a power cut at 18:00 makes thirty devices silent; a fire is in the middle of it. */
const shiftBegins = Date.UTC(2026, 0, 10, 8);
const cut = shiftBegins + 2 * hour;
const { rules } = domainByName('fire')!;
const silent = rules.find(({ condition }) => condition.kind === 'silence')!;
const smoke = rules.find(({ severity }) => severity === 'extreme')!;

let gateway: TestGateway;
const cookies: Record<string, string> = {};
const shiftId = randomUUID();
let fire: string;

const get = (login: string, path: string) => gateway.call('GET', path, { cookie: cookies[login]! });
const step = (alarmId: string, at: number, action: string, from: string | null, to: string) =>
  gateway.database.db
    .insertInto('alarmSteps')
    .values({
      id: randomUUID(),
      alarmId,
      at: new Date(at),
      recordedAt: new Date(at),
      action,
      fromState: from,
      toState: to,
      actorKind: 'system',
      actorId: 'detection',
      data: json({}),
    })
    .execute();

async function raise(
  ruleId: string,
  at: number,
  more: { areaId?: string; severity?: Severity; deviceId?: string; judgement?: 'true' | 'false'; over?: number } = {},
): Promise<string> {
  const { db } = gateway.database;
  const id = randomUUID();
  const areaId = more.areaId ?? 'r1';
  const deviceId = more.deviceId ?? (await aDevice(db, { id: `c1/d-${id.slice(0, 8)}`, areaId }));
  await db
    .insertInto('alarms')
    .values({
      id,
      deviceId,
      ruleId,
      ruleVersion: 1,
      domain: 'fire',
      areaId,
      state: more.over ? 'normal' : 'unacknowledged',
      conditionActive: !more.over,
      clearedAt: more.over ? new Date(more.over) : null,
      severity: more.severity ?? 'moderate',
      urgency: 'immediate',
      certainty: 'likely',
      workOrder: true,
      cause: json({ kind: 'silence' }),
      raisedAt: new Date(at),
      lastSeenAt: new Date(at),
      lastTransitionAt: new Date(at),
      createdAt: new Date(at),
      judgement: more.judgement ?? null,
    })
    .execute();
  await step(id, at, 'raise', null, 'unacknowledged');
  if (more.over) await step(id, more.over, 'clear', 'unacknowledged', 'normal');
  return id;
}

beforeAll(async () => {
  gateway = await startGateway();
  const { db } = gateway.database;
  const stored = { version: 1, domain: 'fire', enabled: true, updatedAt: new Date(0) };
  await db
    .insertInto('rules')
    .values(rules.map((one) => ({ ...stored, id: one.id, definition: json(one) })))
    .execute();
  await gateway.person('operator', 'operator', 'c1');
  await gateway.person('neighbour', 'operator', 'g2');
  const officer = await gateway.person('officer', 'officer', 'g1');
  for (const login of ['operator', 'neighbour', 'officer']) cookies[login] = await gateway.login(login);
  const times = { startsAt: new Date(shiftBegins), endsAt: new Date(shiftBegins + 8 * hour) };
  await db
    .insertInto('shifts')
    .values({ id: shiftId, personId: officer.id, areaId: 'c1', ...times })
    .execute();

  // Stale: it holds since the day before.
  await raise(silent.id, shiftBegins - 30 * hour);
  // One detector that chatters, judged false each time.
  const chatterer = await aDevice(db, { id: 'c1/chatterer', areaId: 'r2' });
  for (let n = 0; n < 4; n += 1)
    await raise(smoke.id, shiftBegins + n * 10_000, {
      deviceId: chatterer,
      areaId: 'r2',
      severity: 'extreme',
      judgement: 'false',
      over: shiftBegins + n * 10_000 + 5_000,
    });
  for (let n = 0; n < 30; n += 1) {
    const alarm = await raise(silent.id, cut + n * 10_000, { areaId: n % 2 ? 'r1' : 'b2' });
    // The operator acknowledges ten of them, each after a minute.
    if (n < 10) await step(alarm, cut + n * 10_000 + minute, 'acknowledge', 'unacknowledged', 'acknowledged');
  }
  fire = await raise(smoke.id, cut + 2 * minute, { severity: 'extreme', judgement: 'true' });
  // Of the next shift, by a millisecond.
  await raise(silent.id, shiftBegins + 8 * hour, { areaId: 'b2' });
}, 60_000);
afterAll(() => gateway.stop(), 60_000);

describe('the load of a shift', () => {
  it('tells a real flood: how much, how long, what was seen, and what to mend', async () => {
    const { status, body } = await get('operator', `alarm-load?shiftId=${shiftId}`);
    expect(status).toBe(200);
    const load = alarmLoadSchema.parse(body);
    expect(load).toMatchObject({
      areaId: 'c1',
      from: new Date(shiftBegins).toISOString(),
      to: new Date(shiftBegins + 8 * hour).toISOString(),
      alarms: 35,
      operators: 1,
    });
    // From the eleventh alarm until four are left of the last ten minutes: the 28th of 31 drops out then.
    expect(load.floods).toEqual([
      {
        from: new Date(cut + 100_000).toISOString(),
        to: new Date(cut + 25 * 10_000 + 10 * minute).toISOString(),
        alarms: 31,
      },
    ]);
    const value = Object.fromEntries(load.figures.map((figure) => [figure.code, figure]));
    expect(value['average-rate']).toMatchObject({ value: 35 / 48, met: true });
    expect(value['peak-rate']).toMatchObject({ value: 31, met: false });
    expect(value['flood-share']!.value).toBeCloseTo((25 * 10_000 + 10 * minute - 100_000) / (8 * hour));
    expect(value['chattering']).toMatchObject({ value: 1, met: false });
    expect(value['stale']).toMatchObject({ value: 1, met: true });
    expect(value['priority-high']).toMatchObject({ value: 5 / 35, met: false });
    expect(value['precision']).toMatchObject({ value: 1 / 5 });
    expect(value['acknowledge-mean']).toMatchObject({ value: 60 });
    expect(value['acknowledge-p90']).toMatchObject({ value: 60 });
    expect(value['not-acknowledged']).toMatchObject({ value: 25 });
    expect(load.buckets).toHaveLength(48);
    expect(load.buckets.filter(({ flood }) => flood).map(({ at }) => at)).toEqual([
      new Date(cut).toISOString(),
      new Date(cut + 10 * minute).toISOString(),
    ]);
    expect(load.worst).toHaveLength(10);
    expect(load.worst[0]).toMatchObject({
      ruleId: smoke.id,
      deviceId: 'c1/chatterer',
      alarms: 4,
      chattered: 1,
      judgedFalse: 4,
      mend: { code: 'raise-deadband' },
    });
    expect(load.rules.find(({ ruleId }) => ruleId === smoke.id)).toMatchObject({ alarms: 5, precision: 1 / 5 });
  });

  it('is of the area that is asked for, and of nobody else', async () => {
    const range = `from=${new Date(shiftBegins).toISOString()}&to=${new Date(shiftBegins + 8 * hour).toISOString()}`;
    expect((await get('neighbour', `alarm-load?${range}`)).body).toMatchObject({ areaId: 'g2', alarms: 15 });
    expect((await get('operator', `alarm-load?${range}&areaId=g2`)).body).toMatchObject({ alarms: 15 });
    for (const path of [`${range}&areaId=g1`, `${range}&areaId=none`, `shiftId=${shiftId}`])
      expect((await get('neighbour', `alarm-load?${path}`)).status).toBe(404);
    expect((await get('officer', `alarm-load?${range}`)).status).toBe(403);
  });

  it.each([
    ['nothing', ''],
    ['an end before its beginning', 'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z'],
    ['a year', 'from=2025-01-01T00:00:00Z&to=2026-01-01T00:00:00Z'],
    ['what is to come', 'from=2999-01-01T00:00:00Z&to=2999-01-02T00:00:00Z'],
    ['no time at all', 'from=yesterday&to=2999-01-02T00:00:00Z'],
  ])('is refused for %s', async (_, query) => {
    expect((await get('operator', `alarm-load?${query}`)).status).toBe(400);
  });

  it('is a table for spreadsheets', async () => {
    const { status, headers, body } = await get('operator', `alarm-load/csv?shiftId=${shiftId}`);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const lines = String(body).split('\r\n');
    expect(lines[0]).toContain('kind,code,rule,device,name,value,unit,target,met,explanation');
    expect(lines.find((line) => line.includes('peak-rate'))).toContain(',31,per-10-min,≤ 10,no,');
    expect(lines.filter((line) => line.startsWith('ten-minutes'))).toHaveLength(48);
    expect(lines.find((line) => line.startsWith('worst,raise-deadband'))).toContain('c1/chatterer');
  });
});

describe('the open alarms, folded', () => {
  it('show the fire by itself and the silent devices by place, each of which lists its own', async () => {
    const { status, body } = await get('operator', 'alarms/groups?by=building');
    expect(status).toBe(200);
    const folded = foldedAlarmsSchema.parse(body);
    expect(folded.singles.map(({ id }) => id)).toEqual([fire]);
    expect(folded.groups.map(({ areaId, count }) => [areaId, count]).toSorted()).toEqual([
      ['b1', 16],
      ['b2', 16],
    ]);
    expect([folded.open, folded.left]).toEqual([33, 0]);
    for (const { areaId, count, worst } of folded.groups) {
      const listed = await get('operator', `alarms?areaId=${areaId}&ruleId=${worst.ruleId}&limit=200`);
      expect(listed.body.items).toHaveLength(count);
    }
    const byRule = await get('operator', 'alarms/groups?by=rule');
    expect(byRule.body.groups).toMatchObject([{ ruleId: silent.id, count: 32 }]);
    const ofNone = await get('operator', 'alarms/groups');
    expect(ofNone.body.groups.map((group: { incidentId: string }) => group.incidentId)).toEqual(['none', 'none']);
    expect((await get('operator', 'alarms?incidentId=none&areaId=b2&limit=200')).body.items).toHaveLength(16);
    expect((await get('neighbour', 'alarms/groups')).body).toMatchObject({ open: 16, singles: [] });
    expect((await get('neighbour', 'alarms/groups?areaId=b1')).status).toBe(404);
  });

  it('tell whether there is a flood now', async () => {
    expect((await get('operator', 'alarms/groups')).body.flood).toEqual({
      active: false,
      since: null,
      lastTenMinutes: 0,
    });
    const now = Date.now();
    for (let n = 11; n > 0; n -= 1) await raise(silent.id, now - n * 1000, { areaId: 'b2' });
    expect((await get('operator', 'alarms/groups')).body.flood).toEqual({
      active: true,
      since: new Date(now - 1000).toISOString(),
      lastTenMinutes: 11,
    });
  });

  it('belong to incidents that are listed with what may be merged', async () => {
    const { db } = gateway.database;
    const matter = { domain: 'fire', severity: 'severe' as const, state: 'open' as const, openedAt: new Date() };
    const [one, two] = [randomUUID(), randomUUID()];
    await db
      .insertInto('incidents')
      .values([
        { ...matter, id: one, areaId: 'b1', category: 'fire-emergency' },
        { ...matter, id: two, areaId: 'b2', category: 'fire-emergency' },
      ])
      .execute();
    await sql`update alarms set incident_id = ${one} where id = ${fire}`.execute(db);
    const listed = pageOf(listedIncidentSchema).parse((await get('operator', 'incidents')).body);
    expect(listed.items.map(({ id, alarms }) => [id, alarms]).toSorted()).toEqual(
      [
        [one, 1],
        [two, 0],
      ].toSorted(),
    );
    const mergeable = (await get('operator', `incidents?mergeableWith=${one}`)).body;
    expect(mergeable.items).toMatchObject([{ id: two, workOrder: null }]);
    expect((await get('neighbour', 'incidents')).body.items).toHaveLength(1);
    expect((await get('neighbour', `incidents?mergeableWith=${one}`)).status).toBe(404);
    const merged = await gateway.call('POST', `incidents/${one}/merge`, {
      cookie: cookies['operator']!,
      body: { incidentId: two, reason: 'one fire', requestId: randomUUID() },
    });
    expect(merged).toMatchObject({ status: 200, body: { id: one, merged: [two] } });
    expect((await get('operator', `incidents/${two}`)).body).toMatchObject({ mergedInto: one, alarms: [{ id: fire }] });
  });
});
