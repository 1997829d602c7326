import { randomUUID } from 'node:crypto';
import { json } from '@sc/platform/database';
import type { Position, Severity, Shape } from '@sc/contracts';
import { aDevice, aPerson } from '../support/builders.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
const cookies: Record<string, string> = {};
const at = new Date('2026-01-01T12:00:00Z');

/** A box of so many degrees, from its south-west corner. */
const box = (x: number, y: number, side: number): Shape => {
  const corner = (dx: number, dy: number): Position => [
    Number((120 + x + dx).toFixed(7)),
    Number((30 + y + dy).toFixed(7)),
  ];
  return {
    type: 'Polygon',
    coordinates: [[corner(0, 0), corner(side, 0), corner(side, side), corner(0, side), corner(0, 0)]],
  };
};

beforeAll(async () => {
  gateway = await startGateway();
  const { db } = gateway.database;
  for (const [login, role, area] of [
    ['operator', 'operator', 'c1'],
    ['manager', 'manager', 'c1'],
    ['grid1', 'manager', 'g1'],
  ] as const) {
    await gateway.person(login, role, area);
    cookies[login] = await gateway.login(login);
  }
  for (const [id, shape] of [
    ['c1', box(0, 0, 0.02)],
    ['g1', box(0, 0, 0.01)],
    ['b1', box(0.001, 0.001, 0.001)],
  ] as const)
    await db
      .updateTable('areas')
      .set({ shape: json(shape) })
      .where('id', '=', id)
      .execute();
  await db
    .insertInto('rules')
    .values(
      [
        ['t-smoke', { kind: 'threshold' }],
        ['t-silent', { kind: 'silence' }],
      ].map(([id, condition]) => ({
        id: id as string,
        version: 1,
        domain: 'fire',
        enabled: true,
        definition: JSON.stringify({ title: { 'zh-CN': '规则', en: `Rule ${String(id)}` }, condition }),
        updatedAt: at,
      })),
    )
    .execute();
}, 60_000);
afterAll(() => gateway.stop(), 60_000);
beforeEach(async () => {
  for (const table of ['alarms', 'outOfService', 'devices'] as const)
    await gateway.database.db.deleteFrom(table).execute();
});

const as = (who: string, method: string, path: string, body?: unknown) =>
  gateway.call(method, path, { cookie: cookies[who]!, ...(body === undefined ? {} : { body }) });

async function device(id: string, areaId: string, over: object = {}): Promise<string> {
  await aDevice(gateway.database.db, { id, areaId });
  await gateway.database.db
    .updateTable('devices')
    .set({ connection: 'online', longitude: 120.0015, latitude: 30.0015, ...over })
    .where('id', '=', id)
    .execute();
  return id;
}
async function alarm(deviceId: string, areaId: string, severity: Severity, ruleId = 't-smoke', over: object = {}) {
  await gateway.database.db
    .insertInto('alarms')
    .values({
      id: randomUUID(),
      deviceId,
      ruleId,
      ruleVersion: 1,
      domain: 'fire',
      areaId,
      state: 'unacknowledged',
      conditionActive: true,
      severity,
      urgency: 'immediate',
      certainty: 'observed',
      workOrder: false,
      cause: json({}),
      raisedAt: at,
      lastSeenAt: at,
      lastTransitionAt: at,
      createdAt: at,
      ...over,
    })
    .execute();
}

describe('the devices of the map', () => {
  const ids = (body: { items: { id: string }[] }) => body.items.map(({ id }) => id);

  it('come with their alarms, gravest first, those with alarms before the others, and only of one’s own area', async () => {
    await device('c1/calm', 'r1');
    await device('c1/far', 'b2');
    await device('c1/z', 'r1', { domain: 'water' });
    await device('c1/old', 'r1', { state: 'retired' });
    await device('c1/burning', 'r1', { state: 'retired' });
    await alarm('c1/z', 'r1', 'minor', 't-silent');
    await alarm('c1/z', 'r1', 'extreme');
    await alarm('c1/burning', 'r1', 'extreme');
    await alarm('c1/far', 'b2', 'severe', 't-smoke', { state: 'normal' });
    await alarm('c1/calm', 'r1', 'severe', 't-smoke', { state: 'shelved' });
    const { body } = await as('operator', 'GET', 'map/devices');
    expect(ids(body)).toEqual(expect.arrayContaining(['c1/z', 'c1/burning', 'c1/calm', 'c1/far']));
    expect(ids(body)).not.toContain('c1/old');
    expect(body.truncated).toBe(false);
    const z = body.items.find(({ id }: { id: string }) => id === 'c1/z');
    expect(z).toMatchObject({ domain: 'water', position: [120.0015, 30.0015], connection: 'online', areaId: 'r1' });
    expect(z.alarms.map(({ severity }: { severity: string }) => severity)).toEqual(['extreme', 'minor']);
    expect(z.alarms[0]).toMatchObject({ title: { en: 'Rule t-smoke' }, raisedAt: at.toISOString(), workOrderId: null });
    // Silenced alarms ask nobody; calm devices are told without a word more.
    expect(Object.keys(body.items.find(({ id }: { id: string }) => id === 'c1/calm'))).not.toContain('alarms');
    expect(ids((await as('grid1', 'GET', 'map/devices')).body)).not.toContain('c1/far');
    expect(ids((await as('operator', 'GET', 'map/devices?areaId=g2')).body)).toEqual(['c1/far']);
  });

  it('those that are named come alone, and what one may not see is left out', async () => {
    await device('c1/one', 'r1');
    await device('c1/two', 'b2');
    const named = (who: string, list: string) => as(who, 'GET', `map/devices?ids=${list}`);
    expect(ids((await named('operator', 'c1/two,c1/gone')).body)).toEqual(['c1/two']);
    expect(ids((await named('grid1', 'c1/one,c1/two')).body)).toEqual(['c1/one']);
    for (const wrong of ['x', '', `${Array.from({ length: 201 }, (_, i) => `c1/d${i}`).join(',')}`])
      expect((await named('operator', wrong)).body.code).toBe('invalid-request');
  });
});

describe('blind spots', () => {
  const told = async (who = 'operator', query = '') =>
    (await as(who, 'GET', `map/blind-spots${query}`)).body.items.map(
      (spot: { areaId: string; domain: string; reason: string; shownOn: string; devices: { why: string }[] }) =>
        [spot.areaId, spot.domain, spot.reason, spot.shownOn, ...spot.devices.map(({ why }) => why)].join(' '),
    );

  it('are buildings without a detector that is heard; silence, a lost connection and being out of service make one', async () => {
    expect(await told()).toEqual(['b1 fire no-device b1', 'b2 fire no-device c1']);
    await device('c1/one', 'r1');
    await device('c1/two', 'b2');
    expect(await told()).toEqual([]);
    await alarm('c1/one', 'r1', 'severe', 't-silent');
    expect(await told()).toEqual(['b1 fire not-working b1 silent']);
    // Over: it is heard again, though nobody has looked.
    await gateway.database.db.updateTable('alarms').set({ conditionActive: false }).execute();
    expect(await told()).toEqual([]);
    const manager = await aPerson(gateway.database.db, { role: 'manager' });
    const out = { id: randomUUID(), deviceId: 'c1/one', reason: 'swap', takenBy: manager, takenAt: at };
    await gateway.database.db.insertInto('outOfService').values(out).execute();
    expect(await told()).toEqual(['b1 fire not-working b1 out-of-service']);
    await gateway.database.db
      .updateTable('devices')
      .set({ connection: 'offline' })
      .where('id', '=', 'c1/two')
      .execute();
    expect(await told()).toHaveLength(2);
    expect(await told('grid1')).toEqual(['b1 fire not-working b1 out-of-service']);
    expect(await told('operator', '?areaId=g2')).toEqual(['b2 fire not-working c1 offline']);
    expect(await told('operator', '?domain=water')).toEqual([]);
  });

  it('a retired detector guards nobody', async () => {
    await device('c1/one', 'r1', { state: 'retired' });
    await device('c1/two', 'b2');
    expect(await told()).toEqual(['b1 fire no-device b1']);
  });
});

describe('the shape of an area', () => {
  const check = async (shape: object, who = 'manager', id = 'b1') =>
    (await as(who, 'POST', `areas/${id}/shape-checks`, { shape })).body;
  const stored = async () =>
    (await gateway.database.db.selectFrom('areas').select('shape').where('id', '=', 'b1').executeTakeFirstOrThrow())
      .shape;

  it('is looked at before it is saved: size, corners, and what would lie outside', async () => {
    await device('c1/inside', 'r1', { longitude: 120.0012, latitude: 30.0012 });
    await device('c1/outside', 'r1');
    const answer = await check(box(0.001, 0.001, 0.0004));
    expect(answer).toMatchObject({ issues: [], corners: 4, strayAreas: [] });
    expect(answer.strayDevices).toEqual({ count: 1, items: [{ id: 'c1/outside', name: 'c1/outside' }] });
    expect(answer.squareMetres).toBeGreaterThan(1600);
    expect(answer.squareMetres).toBeLessThan(1800);
    expect((await check(box(0.002, 0.002, 0.001), 'manager', 'g1')).strayAreas).toMatchObject([{ id: 'b1' }]);
    expect(await stored()).toEqual(box(0.001, 0.001, 0.001));
  });

  it('that cannot be is named by code and corner, and never saved', async () => {
    const before = await stored();
    const bow: Shape = box(0.001, 0.001, 0.001);
    const ring = (bow.coordinates as Position[][])[0]!;
    ring[1] = [120.0015, 30.0025];
    for (const [shape, code] of [
      [box(0.05, 0.05, 0.001), 'outside-parent'],
      [box(0.001, 0.001, 0.000001), 'too-small'],
      [box(-1, -1, 3), 'too-large'],
      [bow, 'ring-crosses'],
    ] as const) {
      expect((await check(shape)).issues.map((issue: { code: string }) => issue.code)).toContain(code);
      const refused = await as('manager', 'PATCH', 'areas/b1', { shape });
      expect([refused.status, refused.body.code]).toEqual([400, 'invalid-request']);
      expect(refused.body.errors.map(({ message }: { message: string }) => message)).toContain(code);
    }
    for (const nonsense of [{}, { type: 'Polygon', coordinates: 'x' }, { type: 'Polygon', coordinates: [[[1]]] }])
      expect((await check(nonsense)).shape).toBeNull();
    expect((await check(box(0.001, 0.001, 0.001), 'grid1', 'b2')).code).toBe('not-found');
    expect(await stored()).toEqual(before);
  });

  it('that is saved is wound and rounded as imported ones are; the trail keeps its size, not its corners', async () => {
    const reversed = {
      ...box(0.001, 0.001, 0.0005),
      coordinates: [box(0.001, 0.001, 0.0005).coordinates[0]!.toReversed()],
    };
    const saved = await as('manager', 'PATCH', 'areas/b1', { shape: reversed });
    expect(saved.status).toBe(200);
    expect(saved.body.shape.coordinates[0].toReversed()).toEqual(reversed.coordinates[0]);
    const trail = () =>
      gateway.database.db
        .selectFrom('auditTrail')
        .select('change')
        .where('subjectId', '=', 'b1')
        .orderBy('sequence', 'desc')
        .executeTakeFirst();
    expect((await trail())!.change).toMatchObject({ shape: { corners: 4 } });
    expect(JSON.stringify(await trail())).not.toContain('coordinates');
    expect((await as('manager', 'PATCH', 'areas/b1', { shape: null })).body.shape).toBeNull();
    expect((await trail())!.change).toMatchObject({ shape: null });
  });
});
