import { randomUUID } from 'node:crypto';
import {
  incidentDetailSchema,
  notificationSchema,
  pageOf,
  workOrderDetailSchema,
  workOrderSchema,
} from '@sc/contracts';
import { NotificationsHttpModule } from '@sc/features/notifications';
import { WorkOrdersHttpModule } from '@sc/features/work-orders';
import { json } from '@sc/platform/database';
import { aShift } from '../support/builders.js';
import { startGateway, type TestGateway } from '../support/gateway.js';

/** The smallest real PNG: one grey pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

let gateway: TestGateway;
const cookies: Record<string, string> = {};
let officerId: string;
const orderIds: string[] = [];
let incidentId: string;

beforeAll(async () => {
  gateway = await startGateway({
    module: { imports: [WorkOrdersHttpModule, NotificationsHttpModule] },
  });
  const { db } = gateway.database;
  officerId = (await gateway.person('officer', 'officer', 'g1')).id;
  await aShift(db, officerId, 'g1');
  await gateway.person('operator', 'operator', 'c1');
  await gateway.person('stranger', 'officer', 'g2');
  for (const login of ['officer', 'operator', 'stranger']) cookies[login] = await gateway.login(login);
  const text = json({ 'zh-CN': '核查', en: 'Check' });
  for (let n = 0; n < 5; n += 1) {
    incidentId = randomUUID();
    orderIds.unshift(randomUUID());
    const at = new Date(Date.UTC(2026, 0, 1, 0, n));
    await db
      .insertInto('incidents')
      .values({
        id: incidentId,
        domain: `d${n}`,
        category: 'fire-emergency',
        areaId: 'b1',
        severity: 'severe',
        state: 'open',
        openedAt: at,
      })
      .execute();
    await db
      .insertInto('workOrders')
      .values({
        id: orderIds[0]!,
        incidentId,
        category: 'fire-alarm',
        title: text,
        instructions: text,
        photoRequired: true,
        acceptWithinSeconds: 60,
        state: 'dispatched',
        severity: 'severe',
        areaId: 'r1',
        dutyGridId: 'g1',
        longitude: 121.4,
        latitude: 31.2,
        assigneeId: officerId,
        createdAt: at,
        updatedAt: at,
      })
      .execute();
  }
});
afterAll(() => gateway.stop());

const as = (login: string) => ({ cookie: cookies[login]! });
const get = (login: string, path: string) => gateway.call('GET', path, as(login));
const act = (login: string, action: string, body: object = {}, id = orderIds[0]!) =>
  gateway.call('POST', `work-orders/${id}/${action}`, { ...as(login), body: { requestId: randomUUID(), ...body } });
const upload = async (login: string, bytes: Buffer, type = 'image/png', field = 'file') => {
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(bytes)], { type }), 'photo.png');
  const answer = await fetch(`${gateway.url}/api/v1/work-orders/${orderIds[0]}/attachments`, {
    method: 'POST',
    headers: { cookie: cookies[login]! },
    body: form,
  });
  return { status: answer.status, body: (await answer.json()) as { id: string; code?: string } };
};

describe('work orders over HTTP', () => {
  it('are listed page by page, newest first, each once', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body, status } = await get('officer', `work-orders?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(status).toBe(200);
      const page = pageOf(workOrderSchema).parse(body);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? '';
    } while (cursor);
    expect(seen).toEqual(orderIds);
    expect((await get('operator', 'work-orders?assignee=mine')).body.items).toEqual([]);
    expect((await get('operator', 'work-orders?areaId=b1')).body.items).toHaveLength(5);
    expect((await get('operator', 'work-orders?areaId=g2')).body.items).toEqual([]);
  });

  it('refuse what is not theirs or not well formed, never with a 500', async () => {
    expect((await get('stranger', `work-orders/${orderIds[0]}`)).status).toBe(404);
    expect((await get('stranger', `incidents/${incidentId}`)).status).toBe(404);
    expect((await act('stranger', 'accept')).status).toBe(404);
    for (const path of [
      'work-orders/1',
      'incidents/x',
      "attachments/'--",
      'work-orders?cursor=xyz',
      'work-orders?limit=0',
    ])
      expect((await get('officer', path)).status).toBe(400);
    for (const key of [
      ['x', 1],
      [1, 'x'],
      ['NaN', 'x'],
      [1e300, 'x'],
    ])
      expect(
        (await get('officer', `work-orders?cursor=${Buffer.from(JSON.stringify(key)).toString('base64url')}`)).status,
      ).toBeLessThan(500);
    expect((await act('officer', 'dispatch')).status).toBe(400);
    expect((await act('officer', 'accept', { requestId: 'short' })).status).toBe(400);
    expect((await get('officer', `attachments/${randomUUID()}`)).status).toBe(404);
  });

  it('walk from accept to closed with a photo, and answer the same to the same request', async () => {
    const requestId = randomUUID();
    const first = await act('officer', 'accept', { requestId });
    expect(first.status).toBe(200);
    expect(workOrderDetailSchema.parse(first.body)).toMatchObject({
      state: 'accepted',
      allowedActions: ['start', 'return', 'request-extension', 'invite', 'note'],
      position: [121.4, 31.2],
    });
    expect((await act('officer', 'accept', { requestId })).body).toEqual(first.body);
    await act('officer', 'start');
    const photo = await upload('officer', pixel);
    expect(photo.status).toBe(201);
    expect((await upload('officer', pixel)).body.id).toBe(photo.body.id);
    expect((await act('officer', 'report', { note: 'ok' })).body).toMatchObject({
      status: 422,
      code: 'photo-required',
    });
    const report = await act('officer', 'report', { note: 'ok', attachmentIds: [photo.body.id] });
    expect(report.body.state).toBe('reported');
    expect((await act('officer', 'verify')).body).toMatchObject({ status: 403, code: 'handler-may-not-verify' });
    expect((await act('operator', 'verify')).body.state).toBe('verified');
    expect((await act('operator', 'close')).body.state).toBe('closed');

    const image = await fetch(`${gateway.url}/api/v1/attachments/${photo.body.id}`, { headers: as('operator') });
    expect(image.headers.get('content-type')).toBe('image/png');
    expect(image.headers.get('x-content-type-options')).toBe('nosniff');
    expect(image.headers.get('content-disposition')).toBe('inline');
    expect(Buffer.from(await image.arrayBuffer()).equals(pixel)).toBe(true);
    const url = `${gateway.url}/api/v1/attachments/${photo.body.id}`;
    const part = await fetch(url, { headers: { ...as('operator'), range: 'bytes=1-3' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      `bytes 1-3/${pixel.length}`,
      'PNG',
    ]);
    const small = await fetch(`${url}/thumbnail`, { headers: as('operator') });
    expect([small.status, small.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect((await get('stranger', `attachments/${photo.body.id}/thumbnail`)).status).toBe(404);
    expect((await get('stranger', `attachments/${photo.body.id}`)).status).toBe(404);
    const incident = incidentDetailSchema.parse((await get('operator', `incidents/${incidentId}`)).body);
    expect(incident).toMatchObject({ state: 'closed', workOrders: [{ id: orderIds[0], state: 'closed' }] });
  });

  it('take photos only', async () => {
    orderIds.shift();
    const refused = async (bytes: Buffer, status: number, field = 'file') =>
      expect((await upload('officer', bytes, 'image/png', field)).status).toBe(status);
    await refused(Buffer.from('<script>alert(1)</script>'), 415);
    await refused(Buffer.alloc(10 * 1024 * 1024 + 1), 413);
    const noFile = await gateway.call('POST', `work-orders/${orderIds[0]}/attachments`, { ...as('officer'), body: {} });
    expect(noFile.status).toBe(415);
  });
});

describe('notifications over HTTP', () => {
  it('are shown to their owner alone and can be read', async () => {
    const id = randomUUID();
    const row = {
      id,
      personId: officerId,
      kind: 'work-order-assigned',
      workOrderId: orderIds[0]!,
      eventId: randomUUID(),
    };
    await gateway.database.db
      .insertInto('notifications')
      .values({ ...row, createdAt: new Date(0) })
      .execute();
    const { items } = pageOf(notificationSchema).parse((await get('officer', 'notifications')).body);
    expect(items).toMatchObject([{ id, readAt: null, title: { en: 'Check' } }]);
    expect((await get('operator', 'notifications')).body.items).toEqual([]);
    expect((await gateway.call('POST', `notifications/${id}/read`, as('operator'))).status).toBe(404);
    expect((await gateway.call('POST', `notifications/${id}/read`, as('officer'))).status).toBe(204);
    expect((await get('officer', 'notifications')).body.items[0].readAt).not.toBeNull();
  });
});
