import { UnitOfWork } from '@sc/platform/database';
import { aPerson, aShift } from '../support/builders.js';
import { Directory } from '@sc/features/directory';
import { RotationPlanner } from '../../libs/features/directory/rotations/rotation-planner.js';
import { RotationSweep } from '../../libs/features/directory/rotations/rotation-sweep.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
let admin: string;
let officer: string;
beforeAll(async () => {
  gateway = await startGateway();
  await gateway.person('admin', 'admin', 'c1');
  const { id } = await gateway.person('officer', 'officer', 'g1');
  await aShift(gateway.database.db, id, 'g1');
  await aShift(gateway.database.db, id, 'g2', new Date(0), new Date(1));
  await aShift(gateway.database.db, await aPerson(gateway.database.db, { areaId: 'g2' }), 'g2');
  await aPerson(gateway.database.db, { areaId: 'd1', role: 'manager' });
  [admin, officer] = [await gateway.login('admin'), await gateway.login('officer')];
});
afterAll(() => gateway.stop());

const get = (path: string, cookie: string) => gateway.call('GET', path, { cookie });
const ids = (body: { items: { id: string }[] }) => body.items.map(({ id }) => id);

describe('the directory', () => {
  it('shows the area of the role and all below it, of those above only the names, nothing beside', async () => {
    expect(ids((await get('areas', officer)).body)).toEqual(['d1', 's1', 'c1', 'g1', 'b1', 'r1', 'r2']);
    const shape = JSON.stringify({ type: 'Polygon', coordinates: [] });
    const { db } = gateway.database;
    await db.updateTable('areas').set({ shape, households: 7 }).where('id', 'in', ['s1', 'c1']).execute();
    const { body } = await get('areas', admin);
    expect(ids(body)).toEqual(['d1', 's1', 'c1', 'g1', 'b1', 'r1', 'r2', 'g2', 'b2']);
    expect(body.nextCursor).toBeNull();
    expect(body.items[1]).toMatchObject({ name: { en: 'Area s1' }, shape: null, households: null });
    expect(body.items[2]).toMatchObject({ shape: { type: 'Polygon' }, households: 7 });
    await db.updateTable('areas').set({ shape: null, households: null }).where('id', 'in', ['s1', 'c1']).execute();
  });

  it('shows staff to those who lead it, within their area, without secrets', async () => {
    expect((await get('people', officer)).body).toMatchObject({ code: 'forbidden' });
    const { items, nextCursor } = (await get('people', admin)).body;
    expect(nextCursor).toBeNull();
    expect(items).toHaveLength(3);
    expect(JSON.stringify(items)).not.toMatch(/hash|password/i);
  });

  it('shows shifts that are not over', async () => {
    expect((await get('shifts', officer)).body.items).toMatchObject([{ areaId: 'g1', personName: 'Name of officer' }]);
    const shifts = (await get('shifts', admin)).body;
    expect(shifts.items).toHaveLength(2);
    expect(shifts.nextCursor).toBeNull();
  });

  it('takes a new area where it belongs, and tells the audit trail', async () => {
    const area = {
      id: 'r9',
      kind: 'room',
      parentId: 'b1',
      name: { 'zh-CN': '室', en: 'Room' },
      shape: null,
      households: null,
    };
    const post = (body: object, cookie = admin) => gateway.call('POST', 'areas', { cookie, body });
    expect((await post(area, officer)).status).toBe(403);
    const made = await post(area);
    expect([made.status, made.body.path]).toEqual([201, ['d1', 's1', 'c1', 'g1', 'b1', 'r9']]);
    expect((await post(area)).body.code).toBe('already-exists');
    expect((await post({ ...area, id: 'x1', kind: 'street' })).body.code).toBe('invalid-request');
    for (const parentId of ['d1', 'nowhere', null])
      expect((await post({ ...area, id: 'x2', parentId })).body.code).toBe('not-found');
    const change = { households: 320 };
    const patched = await gateway.call('PATCH', 'areas/g1', { cookie: admin, body: change });
    expect(patched.body).toMatchObject({ id: 'g1', households: 320 });
    expect((await gateway.call('PATCH', 'areas/s1', { cookie: admin, body: change })).status).toBe(404);
    expect((await gateway.call('PATCH', 'areas/g1', { cookie: admin, body: { households: -1 } })).status).toBe(400);
    const audit = await gateway.database.db
      .selectFrom('auditTrail')
      .select(['action', 'subjectId'])
      .orderBy('sequence')
      .execute();
    const changes = audit.filter(({ action }) => action.startsWith('area.'));
    expect(changes).toEqual([
      { action: 'area.created', subjectId: 'r9' },
      { action: 'area.updated', subjectId: 'g1' },
    ]);
  });
});

describe('duty', () => {
  const now = Date.now();
  const at = (hours: number) => new Date(now + hours * 3_600_000).toISOString();
  const send = (method: string, path: string, body?: object) =>
    gateway.call(method, path, { cookie: admin, ...(body ? { body } : {}) });
  let directory: Directory;
  let own: string;
  let other: string;
  beforeAll(async () => {
    const { db } = gateway.database;
    directory = new Directory(db);
    own = (await gateway.person('ann', 'officer', 'g2')).id;
    other = (await gateway.person('bob', 'officer', 'g2')).id;
    await db.deleteFrom('shifts').execute();
    await aShift(db, own, 'g2', new Date(now - 3_600_000), new Date(now + 8 * 3_600_000));
  });
  const onShift = async (hours: number, areaId = 'g2') =>
    (await directory.officersOnShift(areaId, now + hours * 3_600_000)).map(({ personId }) => personId);

  it('knows what people can do and in which teams they work', async () => {
    const title = { 'zh-CN': '电工', en: 'Electrician' };
    expect((await send('POST', 'skills', { slug: 'electrician', title })).status).toBe(201);
    expect((await send('POST', 'skills', { slug: 'electrician', title })).body.code).toBe('already-exists');
    expect((await send('PUT', `people/${own}/skills`, { skills: ['electrician', 'magic'] })).body.errors).toEqual([
      { path: 'skills.1', message: 'no such skill', text: { en: 'no such skill', 'zh-CN': '没有这项技能' } },
    ]);
    expect((await send('PUT', `people/${own}/skills`, { skills: ['electrician'] })).status).toBe(200);
    const team = { name: title, areaId: 'c1', contractor: true, leadId: other, memberIds: [own] };
    expect((await send('POST', 'teams', team)).body.errors[0].path).toBe('leadId');
    const made = await send('POST', 'teams', { ...team, leadId: own });
    expect(made.body.members).toEqual([{ id: own, name: 'Name of ann' }]);
    const shape = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [0.02, 0],
          [0.02, 0.02],
          [0, 0.02],
          [0, 0],
        ],
      ],
    };
    await send('PATCH', 'areas/g2', { shape });
    const near: unknown = expect.closeTo(0.01, 9);
    const facts = { skills: ['electrician'], teamIds: [made.body.id], shiftAreaId: 'g2', position: [near, near] };
    expect(await directory.officersOnShift('g2', now)).toMatchObject([{ personId: own, ...facts }]);
    expect(await directory.membersOnShift(made.body.id, now)).toMatchObject([{ personId: own, ...facts }]);
    await send('PATCH', `teams/${made.body.id}`, { active: false });
    expect(await directory.membersOnShift(made.body.id, now)).toEqual([]);
    expect((await get('people', admin)).body.items.find((p: { id: string }) => p.id === own).skills).toEqual([
      'electrician',
    ]);
  });

  it('a skill goes only when nothing asks for it and nobody is known for it', async () => {
    const { db } = gateway.database;
    const title = { 'zh-CN': '电梯', en: 'Lifts' };
    await send('POST', 'skills', { slug: 'lift', title });
    expect((await send('PATCH', 'skills/lift', { title: { ...title, en: 'Elevators' } })).body.title.en).toBe(
      'Elevators',
    );
    const far = await aPerson(db, { areaId: 'd1', name: 'Far Away' });
    for (const personId of [own, far])
      await db.insertInto('personSkills').values({ personId, skill: 'lift' }).execute();
    const limits = { accept: { amount: 30, unit: 'minutes' }, handle: null, verify: null };
    const asked = {
      instructions: title,
      severity: 'minor',
      limits,
      skills: ['lift'],
      teamId: null,
      checklist: [],
      proof: 'none',
      verifier: 'staff',
    };
    const entry = { code: 'lift-stuck', parent: null, areaId: 'g2', title, asked, alarms: null, reason: 'It happens.' };
    expect((await send('POST', 'catalogue/entries', entry)).status).toBe(201);
    const refused = await send('DELETE', 'skills/lift');
    expect([refused.status, refused.body.code, refused.body.errors]).toEqual([
      409,
      'in-use',
      [
        { path: 'catalogue', message: 'lift-stuck' },
        { path: 'people', message: 'Name of ann' },
        { path: 'people-elsewhere', message: '1' },
      ],
    ]);
    expect(JSON.stringify(refused.body)).not.toContain('Far Away');
    expect((await send('DELETE', 'catalogue/entries/lift-stuck')).status).toBe(204);
    await db.deleteFrom('personSkills').where('skill', '=', 'lift').execute();
    expect((await send('DELETE', 'skills/lift')).status).toBe(204);
    expect((await send('DELETE', 'skills/lift')).status).toBe(404);
    const trail = await db
      .selectFrom('auditTrail')
      .select('action')
      .where('subjectId', '=', 'lift')
      .orderBy('sequence')
      .execute();
    expect(trail.map(({ action }) => action)).toEqual(['skill.added', 'skill.updated', 'skill.removed']);
  });

  it('takes who is on leave off duty, says what that leaves open, and lets somebody stand in', async () => {
    const leave = { personId: own, startsAt: at(1), endsAt: at(3), kind: 'sick' };
    const added = await send('POST', 'leave', leave);
    expect(added.body.uncovered).toEqual([{ areaId: 'g2', startsAt: at(1), endsAt: at(3) }]);
    expect((await send('POST', 'leave', leave)).body.code).toBe('shift-overlaps');
    expect([await onShift(0), await onShift(2), await onShift(4)]).toEqual([[own], [], [own]]);
    const warnings = (await get('directory/warnings', admin)).body.items;
    expect(warnings).toContainEqual(expect.objectContaining({ areaId: 'g1', urgency: 'now' }));
    const g2 = warnings.find((w: { areaId: string; code: string }) => w.areaId === 'g2');
    expect(g2).toMatchObject({ urgency: 'day', gaps: [{ startsAt: at(1), endsAt: at(3) }, { startsAt: at(8) }] });

    const standIn = { areaId: 'g2', personId: own, substituteId: other, startsAt: at(2), endsAt: at(12) };
    const made = await send('POST', 'overrides', standIn);
    expect(made.body).toMatchObject({ personName: 'Name of ann', substituteName: 'Name of bob' });
    expect((await send('POST', 'overrides', standIn)).body.code).toBe('shift-overlaps');
    // only where somebody is planned: the shift ends after eight hours
    expect([await onShift(1.5), await onShift(2.5), await onShift(4), await onShift(9)]).toEqual([
      [],
      [other],
      [other],
      [],
    ]);
    expect(await directory.shiftAreasOf(own, now + 4 * 3_600_000)).toEqual([]);
    expect((await send('DELETE', `overrides/${made.body.id}`)).status).toBe(204);
    expect((await send('DELETE', `leave/${added.body.id}`)).status).toBe(204);
    expect([await onShift(2), await onShift(4)]).toEqual([[own], [own]]);
    const trail = await gateway.database.db
      .selectFrom('auditTrail')
      .select('change')
      .where('action', 'like', 'leave.%')
      .execute();
    expect(JSON.stringify(trail)).not.toContain('sick');
  });

  it('plans a rotation ahead, plans it anew when it changes, and does not bring back what a person took out', async () => {
    const { db } = gateway.database;
    await db.deleteFrom('shifts').execute();
    const today = new Date(now).toISOString().slice(0, 10);
    const hours = [{ from: '00:00', to: '00:00' }];
    const rotation = {
      name: 'Day by day',
      areaId: 'g2',
      timeZone: 'UTC',
      firstDay: today,
      lastDay: null,
      memberIds: [own, other],
      plan: { kind: 'turns', turnDays: 1, hours },
    };
    const twice = { ...rotation, plan: { kind: 'turns', turnDays: 2, hours: [...hours, ...hours] } };
    expect((await send('POST', 'rotations', twice)).body.code).toBe('shift-overlaps');
    const made = await send('POST', 'rotations', rotation);
    expect(made.body.members.map((m: { name: string }) => m.name)).toEqual(['Name of ann', 'Name of bob']);
    const planned = () => db.selectFrom('shifts').selectAll().orderBy('startsAt').execute();
    const first = await planned();
    expect(first.length).toBeGreaterThanOrEqual(60);
    expect([await onShift(0.01), await onShift(24), await onShift(48)]).toEqual([[own], [other], [own]]);
    expect((await get('directory/warnings', admin)).body.items.map((w: { areaId: string }) => w.areaId)).not.toContain(
      'g2',
    );

    expect((await send('DELETE', `shifts/${first[5]!.id}`)).status).toBe(204);
    const moved = await send('PATCH', `shifts/${first[6]!.id}`, { personId: other });
    expect(moved.body).toMatchObject({ personId: other, rotationId: made.body.id });
    const later = { now: () => now + 10 * 86_400_000 };
    const planner = new RotationPlanner(later, { next: () => crypto.randomUUID() });
    const unitOfWork = gateway.app.get(UnitOfWork, { strict: false });
    const sweep = new RotationSweep(unitOfWork, planner, later, undefined as never);
    await Promise.all([sweep.sweepOnce(), sweep.sweepOnce(), sweep.sweepOnce()]);
    const extended = await planned();
    expect(extended.length).toBe(first.length - 1 + 10);
    for (const [i, { startsAt }] of extended.entries())
      if (i && i !== 5) expect(startsAt).toEqual(extended[i - 1]!.endsAt);

    const changed = await send('PUT', `rotations/${made.body.id}`, { ...rotation, memberIds: [other, own] });
    expect(changed.status).toBe(200);
    expect([await onShift(0.01), await onShift(24), await onShift(48)]).toEqual([[other], [own], [other]]);
    const begun = (await planned())[0]!;
    expect([begun.id, begun.personId]).toEqual([first[0]!.id, own]);
    expect(begun.endsAt.getTime()).toBeLessThanOrEqual(Date.now());
    expect((await send('DELETE', `rotations/${made.body.id}`)).status).toBe(204);
    expect((await planned()).map(({ personId, rotationId }) => [personId, rotationId])).toEqual([
      [own, null],
      [other, null],
    ]);
  });
});
