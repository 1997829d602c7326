import { randomUUID } from 'node:crypto';
import { type HandoverDetail, handoverDetailSchema, type HandoverKind, handoverNowSchema } from '@sc/contracts';
import { json } from '@sc/platform/database';
import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
const ids: Record<string, string> = {};
const cookies: Record<string, string> = {};
const hour = 3_600_000;
const now = Date.now();
const text = json({ 'zh-CN': '核查', en: 'Check' });

beforeAll(async () => {
  gateway = await startGateway();
  for (const [login, role, area] of [
    ['early', 'operator', 'c1'],
    ['mate', 'operator', 'c1'],
    ['late', 'operator', 'c1'],
    ['boss', 'manager', 'c1'],
    ['grid', 'operator', 'g1'],
    ['officer', 'officer', 'g1'],
  ] as const) {
    ids[login] = (await gateway.person(login, role, area)).id;
    cookies[login] = await gateway.login(login);
  }
  const shift = (login: string, from: number, to: number) => ({
    id: randomUUID(),
    personId: ids[login]!,
    areaId: 'c1',
    startsAt: new Date(now + from * hour),
    endsAt: new Date(now + to * hour),
  });
  const early = shift('early', -7.8, 0.2);
  const shifts = [early, { ...early, id: randomUUID(), personId: ids['mate']! }, shift('late', 0.2, 8.2)];
  await gateway.database.db.insertInto('shifts').values(shifts).execute();
}, 60_000);
afterAll(() => gateway.stop());

const call = (login: string, method: string, path: string, body?: object) =>
  gateway.call(method, `handovers${path}`, { cookie: cookies[login]!, ...(body ? { body } : {}) });
const open = async (login: string, body = {}): Promise<HandoverDetail> => {
  const answer = await call(login, 'POST', '', body);
  expect(answer.status).toBe(201);
  return handoverDetailSchema.parse(answer.body);
};
const read = async (id: string, login = 'early') =>
  handoverDetailSchema.parse((await call(login, 'GET', `/${id}`)).body);
const note = (login: string, id: string, words: string, item?: { kind: HandoverKind; id: string }) =>
  call(login, 'POST', `/${id}/notes`, { requestId: randomUUID(), words, ...(item ? { item } : {}) });
const move = (login: string, id: string, action: string, body: object) => call(login, 'POST', `/${id}/${action}`, body);
const code = async (answer: ReturnType<typeof call>) => {
  const { status, body } = await answer;
  return status < 300 ? status : (body.code as string);
};

async function anOrder(dueAt: number, over: object = {}): Promise<string> {
  const id = randomUUID();
  const at = new Date(now - hour);
  const order = { id, category: 'fire-alarm', title: text, instructions: text, photoRequired: false };
  const where = { acceptWithinSeconds: 60, state: 'dispatched' as const, severity: 'severe' as const, areaId: 'r1' };
  const when = { dutyGridId: 'g1', createdAt: at, updatedAt: at, dueAt: new Date(dueAt) };
  await gateway.database.db
    .insertInto('workOrders')
    .values({ ...order, ...where, ...when, ...over })
    .execute();
  return id;
}

it('is one for a shift, however many begin it at once, and tells of that shift and what stands', async () => {
  const overdue = await anOrder(now - 60_000);
  await anOrder(now + hour, { areaId: 'b2' });
  await anOrder(now, { createdAt: new Date(now - 20 * hour), state: 'closed', closedAt: new Date(now - hour) });
  const opened = await Promise.all(['early', 'mate', 'early', 'mate'].map((login) => open(login)));
  const [{ id, shiftEndsAt, snapshot, planned }] = opened as [HandoverDetail, ...HandoverDetail[]];
  expect(new Set(opened.map((one) => one.id)).size).toBe(1);
  expect([shiftEndsAt, planned]).toEqual([new Date(now + 0.2 * hour).toISOString(), true]);
  expect([snapshot.happened.opened, snapshot.happened.closed]).toEqual([2, 1]);
  const orders = snapshot.standing['work-order'];
  expect([orders.total, orders.items[0]?.id, orders.items[0]?.light]).toEqual([2, overdue, 'overdue']);

  // Somebody of a smaller area has a desk of their own, and sees nothing of this one; officers have none.
  const own = await open('grid');
  expect([own.id === id, own.planned, own.snapshot.standing['work-order'].total]).toEqual([false, false, 1]);
  expect(await code(call('grid', 'GET', `/${id}`))).toBe('not-found');
  expect(await code(call('officer', 'GET', `/${id}`))).toBe('forbidden');
  await move('grid', own.id, 'discard', { basedOn: own.version, words: 'a trial' });
});

it('loses no remark of two who write at once, and lets nobody hand over what they have not read', async () => {
  const { id, version, snapshot } = await open('early');
  const item = snapshot.standing['work-order'].items[0]!;
  const about = { kind: item.kind, id: item.id };
  const both = ['early', 'mate'].flatMap((login) => [1, 2, 3].map((n) => note(login, id, `${login} ${n}`, about)));
  expect((await Promise.all(both)).map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201]);
  const again = { requestId: 'the-same-words-twice', words: 'general' };
  await Promise.all([1, 2, 3].map(() => call('early', 'POST', `/${id}/notes`, again)));
  const written = await read(id);
  const words = written.remarks.map((one) => one.words).toSorted();
  expect(words).toEqual(['early 1', 'early 2', 'early 3', 'general', 'mate 1', 'mate 2', 'mate 3']);
  expect(written.version).toBe(version + 7);

  const receiverId = ids['late']!;
  expect(await code(move('early', id, 'hand-over', { basedOn: version, receiverId }))).toBe('conflict');
  const [mine] = written.remarks.filter(({ by }) => by.id === ids['early']);
  const change = (login: string, basedOn: number) =>
    code(call(login, 'PATCH', `/${id}/notes/${mine!.id}`, { basedOn, words: 'better' }));
  expect([await change('mate', 1), await change('early', 1), await change('early', 1)]).toEqual([
    'forbidden',
    200,
    'conflict',
  ]);
  expect(await code(note('early', id, 'about nothing', { kind: 'alarm', id: randomUUID() }))).toBe('not-found');
});

it('goes to a named person of the next shift, comes back with words, and is final once accepted', async () => {
  const { id, version } = await open('early');
  const { items } = (await call('early', 'GET', `/${id}/receivers`)).body;
  expect(items[0]).toEqual(expect.objectContaining({ id: ids['late'], shift: expect.anything() }));
  expect(items.map((one: { id: string }) => one.id)).not.toContain(ids['early']);
  const hand = (receiver: string, basedOn = version) =>
    code(move('early', id, 'hand-over', { basedOn, receiverId: ids[receiver] }));
  for (const nobody of ['officer', 'grid', 'early']) expect(await hand(nobody)).toBe('not-assignable');
  expect(await hand('late')).toBe(200);
  const handed = await read(id, 'late');
  expect(handed.allowedActions).toEqual(['return', 'accept']);
  expect(handoverNowSchema.parse((await call('late', 'GET', '/now')).body).waiting.map((one) => one.id)).toEqual([id]);
  expect(await code(note('mate', id, 'too late'))).toBe('action-not-allowed');
  expect(await code(move('mate', id, 'accept', { basedOn: handed.version }))).toBe('forbidden');
  expect(await code(move('late', id, 'return', { basedOn: handed.version }))).toBe('note-required');
  const words = 'What of the pump?';
  expect(await code(move('late', id, 'return', { basedOn: handed.version, words }))).toBe(200);

  await note('mate', id, 'The pump is off.');
  const returned = await read(id);
  expect([returned.state, returned.handedOverAt, returned.remarks.length]).toEqual(['returned', null, 8]);
  expect(await hand('late', returned.version)).toBe(200);
  const basedOn = returned.version + 1;
  // Taken back and accepted at once: one of them happened.
  const race = await Promise.all([
    code(move('late', id, 'accept', { basedOn })),
    code(move('early', id, 'recall', { basedOn })),
  ]);
  expect(race.filter((one) => one === 200)).toHaveLength(1);
  if (race[0] !== 200) {
    await hand('late', basedOn + 1);
    await move('late', id, 'accept', { basedOn: basedOn + 2 });
  }
  const accepted = await read(id);
  expect([accepted.state, accepted.allowedActions]).toEqual(['accepted', []]);
  expect(accepted.steps.at(-1)).toEqual(
    expect.objectContaining({ action: 'accept', by: { id: ids['late'], name: 'Name of late' } }),
  );

  // Neither people nor our own account change it; what stands goes on.
  await anOrder(now + hour);
  expect((await read(id)).snapshot).toEqual(accepted.snapshot);
  const { db } = gateway.database;
  await expect(db.updateTable('handovers').set({ state: 'draft' }).where('id', '=', id).execute()).rejects.toThrow();
  await expect(db.deleteFrom('handoverNotes').where('handoverId', '=', id).execute()).rejects.toThrow();
  const trail = await db.selectFrom('auditTrail').select(['action', 'change']).where('subjectId', '=', id).execute();
  expect(trail.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['handover.opened', 'handover.noted', 'handover.returned', 'handover.accepted']),
  );
  expect(JSON.stringify(trail)).not.toContain('pump');
});

it('is kept in a list that is searched by day', async () => {
  const list = async (query: string) =>
    (await call('boss', 'GET', query)).body.items.map((one: { id: string }) => one.id);
  const day = (hours: number) => new Date(now + hours * hour).toISOString();
  expect(await list('?state=accepted')).toHaveLength(1);
  expect(await list(`?state=accepted&from=${day(-1)}&to=${day(1)}`)).toHaveLength(1);
  expect(await list(`?state=accepted&from=${day(2)}`)).toEqual([]);
  expect(await list(`?state=accepted&to=${day(-9)}`)).toEqual([]);
  expect(await list('?state=open')).toEqual([]);
  expect(await list('?limit=1')).toHaveLength(1);
});

it('tells of the time since the last one where nobody planned the shift', async () => {
  const own = await open('boss');
  expect([own.planned, Date.parse(own.shiftStartsAt) > now - hour]).toEqual([false, true]);
  expect((await open('boss')).id).toBe(own.id);
  expect(await code(move('mate', own.id, 'discard', { basedOn: own.version }))).toBe('note-required');
});
