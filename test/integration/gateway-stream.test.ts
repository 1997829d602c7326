import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { UnitOfWork } from '@sc/platform/database';
import { sql } from 'kysely';
import { EventStream } from '../support/event-stream.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
let unitOfWork: UnitOfWork;
let cookie: string;
const open: EventStream[] = [];

beforeAll(async () => {
  gateway = await startGateway();
  unitOfWork = gateway.app.get(UnitOfWork);
  for (const [login, role, area] of [
    ['op', 'operator', 'c1'],
    ['off1', 'officer', 'g1'],
    ['off2', 'officer', 'g2'],
    ['boss', 'manager', 'c1'],
  ] as const)
    await gateway.person(login, role, area);
  cookie = await gateway.login('op');
}, 60_000);
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});
afterAll(() => gateway.stop(), 60_000);

async function listen(as = cookie, lastEventId?: string): Promise<EventStream> {
  const stream = await EventStream.open(gateway.url, as, lastEventId);
  open.push(stream);
  await stream.until(({ events }) => events[0]?.event === 'hello', 'hello');
  return stream;
}

const emit = (subjectId: string, areaId: string | null = 'r1', personId?: string, waitMs = 0) =>
  unitOfWork.run(async ({ db, emit: add }) => {
    await sql`select pg_sleep(${waitMs / 1000})`.execute(db);
    add({
      type: 'device.changed.v1',
      payload: { deviceId: 'c1/smoke-1', change: 'online' },
      areaId,
      subjectId,
      ...(personId ? { personId } : {}),
    });
  });
const subjects = (stream: EventStream) => stream.of('device.changed.v1').map(({ data }) => data.subjectId);

it('begins with hello and then tells what happens', async () => {
  const stream = await listen();
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  expect(stream.headers.get('x-content-type-options')).toBe('nosniff');
  await emit('one');
  await stream.until((s) => subjects(s).includes('one'), 'one');
  const [event] = stream.of('device.changed.v1');
  expect(event!.id).toBe(String(event!.data.position));
  expect(event!.data).toEqual({
    position: expect.any(Number),
    id: expect.any(String),
    type: 'device.changed.v1',
    payload: { deviceId: 'c1/smoke-1', change: 'online' },
    areaId: 'r1',
    subjectId: 'one',
    occurredAt: expect.any(String),
  });
});

it('has no gap and no duplicate over many reconnects while writers commit late and in any order', async () => {
  const first = await listen();
  const from = first.lastEventId;
  const all = Array.from({ length: 150 }, (_, index) => `w-${index}`);
  const writers = Array.from({ length: 6 }, async (_, writer) => {
    for (let index = writer; index < all.length; index += 6)
      await emit(all[index]!, 'r1', undefined, (index * 37) % 25);
  });
  let done = false;
  const finished = Promise.all(writers).then(() => (done = true));
  const seen: string[] = [];
  for (let last = from; !done || seen.length < all.length;) {
    const stream = await EventStream.open(gateway.url, cookie, last);
    await delay(Math.random() * 60);
    stream.close();
    seen.push(...subjects(stream));
    last = stream.lastEventId || last;
    if (seen.length > all.length) break;
  }
  await finished;
  expect(seen.toSorted()).toEqual(all.toSorted());
  await first.until((s) => subjects(s).length >= all.length, 'all of it without reconnecting');
  expect(subjects(first)).toEqual(seen);
  const positions = first.of('device.changed.v1').map(({ data }) => data.position as number);
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
}, 60_000);

it('catches up from PostgreSQL when memory does not reach back far enough', async () => {
  const { lastEventId } = await listen();
  await unitOfWork.run(async ({ emit: add }) => {
    for (let index = 0; index < 7000; index += 1)
      add({
        type: 'device.changed.v1',
        payload: { deviceId: 'c1/smoke-1', change: 'online' },
        areaId: 'r1',
        subjectId: `b-${index}`,
      });
  });
  const behind = await listen(cookie, lastEventId);
  await behind.until((s) => subjects(s).length >= 7000, '7000 events');
  expect(subjects(behind)).toEqual(Array.from({ length: 7000 }, (_, index) => `b-${index}`));
  const fromTheStart = await listen(cookie, '0');
  await fromTheStart.until((s) => subjects(s).at(-1) === 'b-6999', 'everything');
  expect(new Set(subjects(fromTheStart)).size).toBe(subjects(fromTheStart).length);
}, 30_000);

it('shows everybody what concerns their area and themselves, and nothing else', async () => {
  const [operator, inside, outside] = await Promise.all([
    listen(),
    listen(await gateway.login('off1')),
    listen(await gateway.login('off2')),
  ]);
  const off2 = (await gateway.call('GET', 'session', { cookie: await gateway.login('off2') })).body.person.id;
  await emit('in-g1', 'r1');
  await emit('of-the-district', 'd1');
  await emit('of-no-area', null);
  await emit('only-off2', 'r1', off2);
  await emit('unknown-area', randomUUID());
  await unitOfWork.run(async ({ emit: add }) =>
    add({
      type: 'dead-letter.added.v1',
      payload: { kind: 'job', count: 1, deviceId: null },
      areaId: 'r1',
      subjectId: 'x',
    }),
  );
  await emit('end-1', 'r1');
  await emit('end-2', 'b2');
  await operator.until((s) => subjects(s).includes('end-2'), 'end');
  await inside.until((s) => subjects(s).includes('end-1'), 'end');
  await outside.until((s) => subjects(s).includes('end-2'), 'end');
  expect(subjects(operator)).toEqual(['in-g1', 'of-no-area', 'end-1', 'end-2']);
  expect(operator.of('dead-letter.added.v1')).toHaveLength(1);
  expect(subjects(inside)).toEqual(['in-g1', 'end-1']);
  expect(inside.of('dead-letter.added.v1')).toHaveLength(0);
  expect(subjects(outside)).toEqual(['only-off2', 'end-2']);
});

it('needs a login, ends with the logout, and refuses ids that are none', async () => {
  expect((await gateway.call('GET', 'stream')).status).toBe(401);
  for (const id of ['x', '-1', '1e3', '99999999999999999', "1' or 1=1"])
    expect((await gateway.call('GET', 'stream', { cookie, headers: { 'last-event-id': id } })).status).toBe(400);
  const own = await gateway.login('boss');
  const stream = await listen(own);
  const other = await listen();
  expect((await gateway.call('DELETE', 'session', { cookie: own })).status).toBe(204);
  await stream.until(({ ended }) => ended, 'the end');
  expect(other.ended).toBe(false);
  expect((await gateway.call('GET', 'stream', { cookie: own })).status).toBe(401);
});

it('starts anew when asked for a position of the future', async () => {
  const stream = await listen(cookie, '999999999999');
  expect(Number(stream.lastEventId)).toBeLessThan(1_000_000);
  await emit('after-future');
  await stream.until((s) => subjects(s).includes('after-future'), 'the event');
});

it('lets one person have ten streams', async () => {
  const own = await gateway.login('boss');
  const streams = await Promise.all(Array.from({ length: 10 }, () => listen(own)));
  const refused = await gateway.call('GET', 'stream', { cookie: own });
  expect([refused.status, refused.body.code]).toEqual([429, 'too-many-attempts']);
  streams[0]!.close();
  for (let status = 429; status === 429;) {
    const again = await EventStream.open(gateway.url, own);
    open.push(again);
    status = again.status;
  }
});
