import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { domainByName } from '@sc/domains';
import { systemIds } from '@sc/platform/clock';
import { json, UnitOfWork } from '@sc/platform/database';
import { Egress } from '@sc/platform/egress';
import { FILE_STORE, StoredFiles } from '@sc/platform/files';
import { type Job, JobClaims } from '@sc/platform/jobs';
import { createLogger } from '@sc/platform/logging';
import { FetchPicture } from '../../libs/features/cameras/fetch-picture.js';
import { PictureKeeper, picturesKeptMs } from '../../libs/features/cameras/picture-keeper.js';
import { FakeClock } from '../../libs/platform/clock/fake-clock.js';
import { InMemoryFileStore } from '../../libs/platform/files/in-memory-file-store.js';
import { aBridge, aCamera, FakeFrigate } from '../support/frigate.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
let frigate: FakeFrigate;
const cookies: Record<string, string> = {};
const raisedAt = Date.UTC(2026, 5, 1);

beforeAll(async () => {
  frigate = await new FakeFrigate().start();
  gateway = await startGateway({ environment: { CAMERA_HOSTS: frigate.host } });
  for (const [login, role, area] of [
    ['admin', 'admin', 'c1'],
    ['gridadmin', 'admin', 'g2'],
    ['operator', 'operator', 'c1'],
    ['off1', 'officer', 'g1'],
    ['off2', 'officer', 'g2'],
  ] as const) {
    await gateway.person(login, role, area);
    cookies[login] = await gateway.login(login);
  }
}, 60_000);
afterAll(async () => {
  await gateway.stop();
  await frigate.stop();
}, 60_000);
beforeEach(() => {
  frigate.asked.length = 0;
  frigate.instead = undefined;
});

const as = (who: string, method: string, path: string, body?: unknown) =>
  gateway.call(method, path, { cookie: cookies[who]!, ...(body === undefined ? {} : { body }) });
const db = () => gateway.database.db;

describe('a bridge account', () => {
  const facts = { community: 'c1', kind: 'frigate', name: 'Frigate', areaId: 'c1' };

  it('is registered, gets its secret once, its cameras none, and everything is told and audited', async () => {
    const answer = await as('admin', 'POST', 'bridges', { ...facts, bridge: 'rec', baseUrl: `${frigate.url}/` });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      userName: 'c1/rec',
      bridge: { topicPrefix: 'frigate', baseUrl: frigate.url, connection: 'never-seen', cameras: [] },
    });
    const camera = { device: 'gate-cam', externalId: 'front_door', name: 'Gate', areaId: 'b1' };
    const registered = await as('admin', 'POST', 'bridges/c1/rec/cameras', camera);
    expect([registered.status, registered.body.id, registered.body.domain]).toEqual([201, 'c1/gate-cam', 'camera']);
    expect(JSON.stringify(registered.body)).not.toContain('secret');
    const again = await as('admin', 'POST', 'bridges/c1/rec/cameras', { ...camera, device: 'other' });
    expect(again.body.code).toBe('already-exists');
    expect((await as('operator', 'GET', 'bridges')).body.items).toMatchObject([
      { id: 'c1/rec', cameras: [{ deviceId: 'c1/gate-cam', externalId: 'front_door', name: 'Gate' }] },
    ]);
    for (const action of ['secret', 'replace'])
      expect((await as('admin', 'POST', `devices/c1/gate-cam/${action}`, { device: 'new' })).body.code).toBe(
        'conflict',
      );
    const rotated = await as('admin', 'POST', 'bridges/c1/rec/secret', {});
    expect(rotated.body.secret).not.toBe(answer.body.secret);
    const trail = await db().selectFrom('auditTrail').selectAll().where('subjectId', '=', 'c1/rec').execute();
    expect(trail.map(({ action }) => action)).toEqual(['bridge.registered', 'bridge.secret-rotated']);
    expect(JSON.stringify(trail)).not.toContain(answer.body.secret);
    expect((await as('admin', 'POST', 'bridges/c1/rec/retire', {})).body.state).toBe('retired');
    expect((await as('admin', 'POST', 'bridges/c1/rec/secret', {})).body.code).toBe('conflict');
  });

  it('is refused where it cannot be', async () => {
    const refuse = async (who: string, body: object) => (await as(who, 'POST', 'bridges', { ...facts, ...body })).body;
    expect((await refuse('operator', { bridge: 'x' })).code).toBe('forbidden');
    expect((await refuse('gridadmin', { bridge: 'x' })).code).toBe('not-found');
    expect((await refuse('admin', { bridge: 'x', topicPrefix: 'sc/fire' })).code).toBe('invalid-request');
    expect((await refuse('admin', { bridge: 'x', topicPrefix: 'a/#' })).code).toBe('invalid-request');
    for (const baseUrl of ['http://169.254.169.254', `http://x@${frigate.host}`, 'http://localhost:1'])
      expect(await refuse('admin', { bridge: 'x', baseUrl })).toMatchObject({
        code: 'invalid-request',
        errors: [{ path: 'baseUrl' }],
      });
    await as('admin', 'POST', 'devices', { community: 'c1', device: 'taken', domain: 'fire', name: 'S', areaId: 'r1' });
    expect((await refuse('admin', { bridge: 'taken' })).code).toBe('already-exists');
    const both = await Promise.all([
      as('admin', 'POST', 'bridges', { ...facts, bridge: 'race' }),
      as('admin', 'POST', 'devices', { community: 'c1', device: 'race', domain: 'fire', name: 'S', areaId: 'r1' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await as('gridadmin', 'GET', 'bridges')).body.items).toEqual([]);
    expect(frigate.asked).toEqual([]);
  });
});

describe('a picture', () => {
  const files = () => gateway.app.get<InMemoryFileStore>(FILE_STORE, { strict: false });
  const clock = new FakeClock(raisedAt);
  const stored = () => new StoredFiles(db(), files(), clock);
  let egress: Egress;
  let handler: FetchPicture;
  let alarmId: string;

  beforeAll(async () => {
    await aBridge(db(), { baseUrl: frigate.url });
    await aCamera(db());
    egress = new Egress({ CAMERA_HOSTS: frigate.host });
    handler = new FetchPicture(
      new UnitOfWork(db(), clock, systemIds),
      new JobClaims(db(), clock),
      egress,
      db(),
      stored(),
    );
    const rule = domainByName('camera')!.rules.find(({ id }) => id === 'camera-review')!;
    await db()
      .insertInto('rules')
      .values({
        id: rule.id,
        version: 1,
        domain: 'camera',
        enabled: true,
        definition: json(rule),
        updatedAt: new Date(0),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    alarmId = randomUUID();
    const at = new Date(raisedAt);
    await db()
      .insertInto('alarms')
      .values({
        id: alarmId,
        deviceId: 'c1/front',
        ruleId: rule.id,
        subject: 'r1',
        ruleVersion: 1,
        domain: 'camera',
        areaId: 'b1',
        state: 'unacknowledged',
        conditionActive: true,
        severity: 'severe',
        urgency: 'immediate',
        certainty: 'likely',
        workOrder: true,
        cause: json({}),
        raisedAt: at,
        lastSeenAt: at,
        lastTransitionAt: at,
        createdAt: at,
      })
      .execute();
  });
  afterAll(() => egress.beforeApplicationShutdown());

  /** A picture that waits, with its job. */
  const waiting = async (pictureKey: string, source: object): Promise<Job<'fetch-picture'>> => {
    const id = randomUUID();
    await db()
      .insertInto('pictures')
      .values({
        id,
        deviceId: 'c1/front',
        pictureKey,
        source: json(source),
        state: 'pending',
        takenAt: new Date(raisedAt),
        createdAt: new Date(raisedAt),
      })
      .execute();
    await new UnitOfWork(db(), clock, systemIds).run(async ({ schedule }) =>
      schedule({ name: 'fetch-picture', subject: id, payload: { pictureId: id } }),
    );
    return (await db()
      .selectFrom('jobs')
      .selectAll()
      .where('subject', '=', id)
      .executeTakeFirstOrThrow()) as unknown as Job<'fetch-picture'>;
  };
  const picture = (job: Job<'fetch-picture'>) =>
    db().selectFrom('pictures').selectAll().where('id', '=', job.payload.pictureId).executeTakeFirstOrThrow();
  const fromFrigate = { kind: 'frigate', bridgeId: 'c1/nvr', detection: 'd-1', thumbnail: 'thumb-front-1.webp' };

  it('is shown with the alarm it belongs to, to those of its area only', async () => {
    const job = await waiting('review:r1', fromFrigate);
    await waiting('review:another', fromFrigate);
    const list = async (who: string) => as(who, 'GET', `alarms/${alarmId}/pictures`);
    expect((await list('off1')).body.items).toMatchObject([{ state: 'pending', deviceId: 'c1/front' }]);
    expect((await as('off1', 'GET', `pictures/${job.payload.pictureId}`)).status).toBe(404);
    await handler.handle(job);
    expect((await list('operator')).body.items).toMatchObject([{ id: job.payload.pictureId, state: 'stored' }]);
    const shown = await as('off1', 'GET', `pictures/${job.payload.pictureId}`);
    expect([shown.status, shown.headers.get('content-type'), shown.headers.get('cache-control')]).toEqual([
      200,
      'image/jpeg',
      'private, no-store',
    ]);
    expect((await list('off2')).status).toBe(404);
    expect((await as('off2', 'GET', `pictures/${job.payload.pictureId}`)).status).toBe(404);
    expect((await as('off2', 'GET', 'devices/c1/front/pictures')).body.items).toEqual([]);
    expect((await as('off1', 'GET', 'devices/c1/front/pictures')).body.items).toHaveLength(2);
    expect((await gateway.call('GET', `pictures/${job.payload.pictureId}`)).status).toBe(401);
  });

  it('is never asked for at an address that is not allowed, however it is written', async () => {
    const port = frigate.host.split(':')[1]!;
    for (const url of [
      `http://localhost:${port}/`,
      `http://a@${frigate.host}/`,
      `http://2130706433:${port}/`,
      'file:///etc/passwd',
      'http://192.0.2.1/x.jpg',
    ]) {
      const job = await waiting(`event:${url}`, { kind: 'url', url });
      await handler.handle(job);
      expect(await picture(job)).toMatchObject({ state: 'refused', sha256: null });
      expect(
        (await db().selectFrom('jobs').select('state').where('id', '=', job.id).executeTakeFirstOrThrow()).state,
      ).toBe('done');
    }
    expect(frigate.asked).toEqual([]);
  });

  it('is tried again, taken from the thumbnail when there is no snapshot, and given up with its reason', async () => {
    frigate.instead = (response) => response.writeHead(404).end();
    const job = await waiting('review:late', fromFrigate);
    for (let n = 0; n < 7; n += 1) await expect(handler.handle(job)).rejects.toThrow('status-404');
    expect(frigate.asked.slice(0, 2)).toEqual(['/api/events/d-1/snapshot.jpg', '/clips/review/thumb-front-1.webp']);
    expect(await picture(job)).toMatchObject({ state: 'pending', attempts: 7, reason: 'status-404' });
    await handler.handle(job);
    expect(await picture(job)).toMatchObject({ state: 'failed', attempts: 8, reason: 'status-404' });
  });

  it.each<[string, (response: ServerResponse) => unknown, string]>([
    ['a page', (r) => r.writeHead(200, { 'content-type': 'image/jpeg' }).end('<html>login</html>'), 'not-a-picture'],
    [
      'an SVG with a script',
      (r) => r.writeHead(200).end('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      'not-a-picture',
    ],
    ['a flood', (r) => r.writeHead(200).end(Buffer.alloc(9 * 1024 * 1024)), 'too-large'],
    ['a way elsewhere', (r) => r.writeHead(302, { location: `${frigate.url}/elsewhere` }).end(), 'status-302'],
  ])('is not %s', async (name, answer, reason) => {
    frigate.instead = answer;
    const job = await waiting(`event:${name}`, { kind: 'url', url: `${frigate.url}/x.jpg` });
    await handler.handle(job);
    expect(await picture(job)).toMatchObject({ state: 'failed', reason, sha256: null });
    expect(frigate.asked).toEqual(['/x.jpg']);
  });

  it('is gone after its time, file and row, unless a younger one is the same', async () => {
    const [old, young] = [
      await waiting('event:old', { kind: 'url', url: `${frigate.url}/api/events/1/snapshot.jpg` }),
      await waiting('event:young', { kind: 'url', url: `${frigate.url}/api/events/2/snapshot.jpg` }),
    ];
    await handler.handle(old);
    await handler.handle(young);
    const { sha256 } = await picture(old);
    expect((await picture(young)).sha256).toEqual(sha256);
    await db()
      .updateTable('pictures')
      .set({ takenAt: new Date(raisedAt + 2 * picturesKeptMs) })
      .where('id', '=', young.payload.pictureId)
      .execute();
    const keeper = new PictureKeeper(db(), stored(), clock, createLogger('silent'));
    await keeper.sweepOnce();
    expect(await picture(old)).toBeDefined();
    clock.advance(picturesKeptMs + 1);
    await keeper.sweepOnce();
    const left = await db().selectFrom('pictures').select('id').execute();
    expect(left).toEqual([{ id: young.payload.pictureId }]);
    expect(await files().get(sha256!)).toBeDefined();
    clock.advance(3 * picturesKeptMs);
    await keeper.sweepOnce();
    expect(await db().selectFrom('pictures').select('id').execute()).toEqual([]);
    expect(await files().get(sha256!)).toBeUndefined();
  });
});
