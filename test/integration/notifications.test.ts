import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aPerson, aShift } from '../support/builders.js';
import { startDispatch, type TestDispatch } from '../support/dispatch.js';

const secret = 'a-secret-of-at-least-32-characters!';
interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  path: string;
}

let server: Server;
let received: Received[];
let answer: (response: ServerResponse, count: number) => void;
let d: TestDispatch;

beforeEach(async () => {
  received = [];
  answer = (response) => response.writeHead(204).end();
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString(), path: request.url ?? '' });
      answer(response, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  d = await startDispatch({ WEBHOOK_URL: `http://127.0.0.1:${port}/hook?token=hidden`, WEBHOOK_SECRET: secret });
  await aShift(d.db, await aPerson(d.db));
});
afterEach(async () => {
  await d.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const deliveries = () => d.db.selectFrom('deliveries').selectAll().orderBy('createdAt').orderBy('id').execute();
/** One raised alarm, and its webhook job alone. */
const oneJob = async () => {
  await d.raise({ workOrder: false });
  const event = await d.db
    .selectFrom('outbox')
    .selectAll()
    .where('type', '=', 'alarm.raised.v1')
    .executeTakeFirstOrThrow();
  await d.unitOfWork.run(async ({ schedule }) =>
    schedule({ name: 'send-webhook', subject: event.id, payload: { eventId: event.id } }),
  );
  return { event, job: (await d.jobs('send-webhook'))[0]! };
};
const stateOf = async () => (await d.jobs('send-webhook'))[0]!.state;

describe('the signed webhook', () => {
  it('sends a CloudEvent whose signature a receiver can verify, and logs the delivery without the secret address', async () => {
    const { event, job } = await oneJob();
    await d.handle(job);
    const [{ headers, body, path }] = received as [Received];
    expect(path).toBe('/hook?token=hidden');
    expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(headers['webhook-id']).toBe(event.id);
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', secret).update(signed).digest('base64')}`);
    expect(JSON.parse(body)).toEqual({
      specversion: '1.0',
      id: event.id,
      source: '/smart-community',
      type: 'smart-community.alarm.raised.v1',
      subject: event.subjectId,
      time: event.occurredAt.toISOString(),
      datacontenttype: 'application/json',
      data: event.payload,
    });
    expect(await stateOf()).toBe('done');
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 1, lastError: null }]);
    expect((await deliveries())[0]!.target).not.toContain('hidden');
  });

  it('is tried again after a failure with the same id, and not again after success', async () => {
    answer = (response, count) => response.writeHead(count === 1 ? 500 : 200).end('x'.repeat(200_000));
    const { job } = await oneJob();
    await expect(d.handle(job)).rejects.toMatchObject({ code: 'job-try-later' });
    expect(await stateOf()).toBe('pending');
    expect(await deliveries()).toMatchObject([{ state: 'failed', attempts: 1, deliveredAt: null }]);
    await d.handle(job);
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 2, lastError: null }]);
    await d.db.updateTable('jobs').set({ state: 'pending' }).execute();
    await d.handle(job);
    expect(received).toHaveLength(2);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await stateOf()).toBe('done');
  });

  it.each([301, 302, 307, 308])('does not follow a redirect (%s)', async (status) => {
    answer = (response) => response.writeHead(status, { location: '/elsewhere' }).end();
    await expect(d.handle((await oneJob()).job)).rejects.toMatchObject({ code: 'job-unrecoverable' });
    expect(received.map(({ path }) => path)).toEqual(['/hook?token=hidden']);
  });

  it.each([
    [400, 'job-unrecoverable'],
    [401, 'job-unrecoverable'],
    [410, 'job-unrecoverable'],
    [408, 'job-try-later'],
    [429, 'job-try-later'],
    [503, 'job-try-later'],
  ])('takes %s for %s', async (status, code) => {
    answer = (response) => response.writeHead(status).end();
    await expect(d.handle((await oneJob()).job)).rejects.toMatchObject({ code });
    expect(await deliveries()).toMatchObject([{ state: 'failed', attempts: 1 }]);
  });

  it('gives up on a receiver that never answers, and on one that is not there', async () => {
    answer = () => undefined;
    const { job } = await oneJob();
    await expect(d.handle(job)).rejects.toThrow();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(d.handle(job)).rejects.toThrow(/econnrefused/);
    expect(await deliveries()).toMatchObject([{ state: 'failed', attempts: 2 }]);
  }, 60_000);

  it('does not wait for an answer that never ends: the status is enough', async () => {
    answer = (response) => response.writeHead(200).write('and then');
    await d.handle((await oneJob()).job);
    expect(await deliveries()).toMatchObject([{ state: 'delivered' }]);
  }, 60_000);
});

describe('notifications in the app', () => {
  it('reach the assignee on the stream, alone, and once', async () => {
    await d.raise();
    await d.run();
    const { assigneeId, id } = await d.order();
    const [event] = await d.db.selectFrom('outbox').selectAll().where('type', '=', 'notification.created.v1').execute();
    expect(event).toMatchObject({ personId: assigneeId, payload: { personId: assigneeId, workOrderId: id } });
    const jobs = await d.jobs('notify-people');
    await d.db.updateTable('jobs').set({ state: 'pending' }).where('name', '=', 'notify-people').execute();
    for (const job of jobs) await Promise.all([d.handle(job), d.handle(job)]);
    expect(await d.db.selectFrom('notifications').selectAll().execute()).toHaveLength(1);
    expect(received.map(({ body }) => (JSON.parse(body) as { type: string }).type).sort()).toEqual([
      'smart-community.alarm.raised.v1',
      'smart-community.work-order.changed.v1',
      'smart-community.work-order.changed.v1',
    ]);
  });
});

it('without an address the job ends without effect', async () => {
  const quiet = await startDispatch();
  try {
    await quiet.raise({ workOrder: false });
    await quiet.run();
    expect((await quiet.jobs('send-webhook')).map(({ state }) => state)).toEqual(['done']);
    expect(await quiet.db.selectFrom('deliveries').selectAll().execute()).toEqual([]);
  } finally {
    await quiet.stop();
  }
});
