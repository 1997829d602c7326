import { createHmac, randomUUID } from 'node:crypto';
import {
  type ChannelKind,
  defaultPreferences,
  type EventPayloadOf,
  type NotificationPreferences,
  type Severity,
} from '@sc/contracts';
import { json } from '@sc/platform/database';
import fc from 'fast-check';
import { sql } from 'kysely';
import { ChannelRegistry } from '../../libs/features/notifications/channels/channel-registry.js';
import { keepDeliveries } from '../../libs/features/notifications/keep-deliveries.js';
import { FakeHttpServer, type Reply } from '../../libs/platform/channels/fake-http-server.js';
import { InMemoryChannel } from '../../libs/platform/channels/in-memory-channel.js';
import { aPerson, aShift } from '../support/builders.js';
import { startDispatch, type TestDispatch } from '../support/dispatch.js';

const secret = 'a-secret-of-at-least-32-characters!';
const minute = 60_000;

let server: FakeHttpServer;
let reply: Reply;
let d: TestDispatch;
let fakes: Map<ChannelKind, InMemoryChannel>;
let officer: string;

beforeAll(async () => {
  server = await FakeHttpServer.start(() => reply);
  d = await startDispatch({ WEBHOOK_URL: `${server.url}/hook?token=hidden`, WEBHOOK_SECRET: secret });
  d.module.get(ChannelRegistry, { strict: false }).channelOf = async ({ kind }) => fakeOf(kind);
}, 60_000);
afterAll(async () => {
  await d.stop();
  await server.stop();
});
beforeEach(async () => {
  reply = { status: 204 };
  server.requests.length = 0;
  fakes = new Map();
  await sql`truncate jobs, deliveries, notifications, work_order_candidates, work_order_steps, work_orders, alarms, incidents,
    shifts, sessions, people, devices, channels restart identity cascade`.execute(d.db);
  await d.run().catch(() => undefined);
  await sql`truncate jobs, deliveries`.execute(d.db);
  officer = await aPerson(d.db);
  await aShift(d.db, officer);
});

const fakeOf = (kind: ChannelKind): InMemoryChannel => {
  if (!fakes.has(kind)) fakes.set(kind, new InMemoryChannel());
  return fakes.get(kind)!;
};
const sentBy = (kind: ChannelKind) => fakeOf(kind).sent.map(({ message }) => message);
const deliveries = () => d.db.selectFrom('deliveries').selectAll().orderBy('createdAt').orderBy('id').execute();
const statesOf = async () => (await deliveries()).map(({ state }) => state);

async function aChannel(
  kind: ChannelKind,
  more: Partial<{ areaId: string; leastSeverity: Severity; enabled: boolean }> = {},
) {
  const id = randomUUID();
  const facts = {
    id,
    kind,
    name: kind,
    enabled: true,
    settings: json({}),
    secretsSet: [],
    leastSeverity: 'unknown' as const,
  };
  const at = new Date(d.clock.now());
  await d.db
    .insertInto('channels')
    .values({ ...facts, topics: ['alarms', 'work-orders'], createdAt: at, updatedAt: at, ...more })
    .execute();
  return id;
}
const reachable = (personId: string, kind: 'phone' | 'e-mail' = 'phone') =>
  d.db
    .insertInto('personAddresses')
    .values({ personId, kind, address: '+8613800000000', updatedAt: new Date(0) })
    .execute();
const browser = (personId: string, endpoint: string) =>
  d.db
    .insertInto('pushSubscriptions')
    .values({
      id: randomUUID(),
      personId,
      endpoint,
      p256dh: 'p',
      auth: 'a',
      sessionHash: Buffer.alloc(1),
      createdAt: new Date(0),
      confirmedAt: new Date(0),
    })
    .execute();
const prefers = (personId: string, more: Partial<NotificationPreferences>) => {
  const { channels, quietHours } = { ...defaultPreferences, ...more };
  const values = { channels: json(channels), quietHours: quietHours && json(quietHours), updatedAt: new Date(0) };
  return d.db
    .insertInto('notificationPreferences')
    .values({ personId, ...values })
    .execute();
};
/** The step "dispatch" of an order, told as often as asked for. */
async function told(
  severity: Severity,
  personId = officer,
  more: Partial<EventPayloadOf<'work-order.changed.v1'>> = {},
): Promise<string> {
  const order = await d.db.selectFrom('workOrders').select(['id', 'incidentId']).executeTakeFirst();
  const facts = {
    workOrderId: order!.id,
    incidentId: order!.incidentId,
    number: 'WO-1',
    action: 'dispatch',
    state: 'dispatched',
  } as const;
  await d.unitOfWork.run(async ({ emit }) =>
    emit({
      type: 'work-order.changed.v1',
      payload: { ...facts, severity, areaId: 'g1', assigneeId: personId, ...more },
      areaId: 'g1',
      subjectId: order!.id,
    }),
  );
  const event = await d.db
    .selectFrom('outbox')
    .select('id')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return event.id;
}
/** Everything that is due, failures and all: what the queue would do with them is not the question here. */
async function runAll(): Promise<void> {
  for (;;) {
    await d.relay();
    const due = (await d.jobs()).filter(({ state, dueAt }) => state === 'pending' && dueAt.getTime() <= d.clock.now());
    if (!due.length) return;
    for (const job of due)
      await d
        .handle(job)
        .catch(() => d.db.updateTable('jobs').set({ state: 'dead' }).where('id', '=', job.id).execute());
  }
}
/** An order to speak of; what was told about it is forgotten. */
async function anOrder(): Promise<void> {
  await d.raise();
  await runAll();
  await sql`truncate jobs, deliveries, notifications`.execute(d.db);
  for (const fake of fakes.values()) fake.sent.length = 0;
  server.requests.length = 0;
}

describe('the signed webhook of the settings', () => {
  const oneJob = async () => {
    await d.raise({ workOrder: false });
    const event = await d.db.selectFrom('outbox').selectAll().orderBy('position', 'desc').executeTakeFirstOrThrow();
    await d.relay();
    return { event, job: (await d.jobs('send-webhook'))[0]! };
  };
  const stateOf = async () => (await d.jobs('send-webhook'))[0]!.state;

  it('sends a CloudEvent whose signature a receiver can verify, and logs the delivery without the secret address', async () => {
    const { event, job } = await oneJob();
    await d.handle(job);
    const [{ headers, raw, path, query }] = server.requests as [(typeof server.requests)[0]];
    expect([path, query.get('token')]).toEqual(['/hook', 'hidden']);
    expect(headers['webhook-id']).toBe(event.id);
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${raw.toString()}`;
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', secret).update(signed).digest('base64')}`);
    expect(JSON.parse(raw.toString())).toEqual({
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
    reply = { status: 500, headers: { 'retry-after': '40' } };
    const { job } = await oneJob();
    await expect(d.handle(job)).rejects.toMatchObject({ code: 'job-try-later', afterMs: 40_000 });
    expect(await stateOf()).toBe('pending');
    expect(await deliveries()).toMatchObject([{ state: 'failed', attempts: 1, deliveredAt: null }]);
    reply = { status: 200 };
    await d.handle(job);
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 2, lastError: null }]);
    await d.db.updateTable('jobs').set({ state: 'pending' }).execute();
    await d.handle(job);
    expect(server.requests).toHaveLength(2);
    expect(new Set(server.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await stateOf()).toBe('done');
  });

  it('that says no for good is a dead letter at once', async () => {
    reply = { status: 302, headers: { location: 'http://169.254.169.254/' } };
    await expect(d.handle((await oneJob()).job)).rejects.toMatchObject({ code: 'job-unrecoverable' });
    expect(await deliveries()).toMatchObject([{ state: 'failed', lastError: 'http-302' }]);
    expect(server.requests).toHaveLength(1);
  });
});

it('in the app: the assignee is told on the stream, alone, and once', async () => {
  await d.raise();
  await d.run();
  const { assigneeId, id } = await d.order();
  const [event] = await d.db
    .selectFrom('outbox')
    .selectAll()
    .where('type', '=', 'notification.created.v1')
    .orderBy('position', 'desc')
    .execute();
  expect(event).toMatchObject({ personId: assigneeId, payload: { personId: assigneeId, workOrderId: id } });
  const jobs = await d.jobs('notify-people');
  await d.db.updateTable('jobs').set({ state: 'pending' }).where('name', '=', 'notify-people').execute();
  for (const job of jobs) await Promise.all([d.handle(job), d.handle(job)]);
  expect(await d.db.selectFrom('notifications').selectAll().execute()).toHaveLength(1);
});

describe('a message to a person', () => {
  it('says what and where, by each channel that reaches them and that they want for it', async () => {
    for (const kind of ['sms', 'voice', 'e-mail'] as const) await aChannel(kind);
    await aChannel('wecom', { enabled: false });
    await anOrder();
    await reachable(officer);
    await told('severe');
    await runAll();
    expect(sentBy('sms')).toMatchObject([
      { kind: 'work-order-assigned', severity: 'severe', title: { en: expect.stringMatching(/^New work order WO-/) } },
    ]);
    expect(sentBy('sms')[0]!.body['zh-CN']).toContain('区域 b1 · 区域 r1');
    expect([sentBy('voice').length, sentBy('e-mail').length]).toEqual([0, 0]);
    const rows = (await deliveries()).filter(({ channelId }) => channelId);
    expect(rows).toMatchObject([{ channel: 'sms', state: 'delivered', personId: officer, attempts: 1 }]);
    expect(JSON.stringify(await deliveries())).not.toContain('+8613800000000');
  });

  it('about danger goes by whatever reaches the person, where nothing they chose does', async () => {
    await aChannel('sms');
    await anOrder();
    await reachable(officer);
    await prefers(officer, { channels: { ...defaultPreferences.channels, extreme: ['wecom'], moderate: ['wecom'] } });
    await told('extreme');
    await told('moderate');
    await runAll();
    expect(sentBy('sms').map(({ severity }) => severity)).toEqual(['extreme']);
  });

  it('goes to each browser once: the one that failed is tried again, the one that is gone is forgotten', async () => {
    await aChannel('web-push');
    await anOrder();
    for (const endpoint of ['https://push.example/1', 'https://push.example/2', 'https://push.example/3'])
      await browser(officer, endpoint);
    fakeOf('web-push').answers.push(
      { outcome: 'refused', reason: 'http-410', gone: true },
      { outcome: 'later', reason: 'http-429', afterMs: 5000 },
    );
    await told('moderate');
    await d.relay();
    await d.handle((await d.jobs('notify-people'))[0]!);
    const [job] = await d.jobs('send-message');
    await expect(d.handle(job!)).rejects.toMatchObject({ code: 'job-try-later', afterMs: 5000 });
    await d.handle(job!);
    expect(sentBy('web-push')).toHaveLength(2);
    expect(new Set(fakeOf('web-push').sent.map(({ destination }) => JSON.stringify(destination))).size).toBe(2);
    expect(await d.db.selectFrom('pushSubscriptions').select('endpoint').execute()).toHaveLength(2);
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 2 }]);
  });

  it('that is refused is a dead letter, that was tried ten times too, and a replay tells it', async () => {
    await aChannel('sms');
    await anOrder();
    await reachable(officer);
    fakeOf('sms').answers.push({ outcome: 'refused', reason: 'code-60111' }, { outcome: 'later', reason: 'timeout' });
    await told('severe');
    await d.relay();
    await d.handle((await d.jobs('notify-people'))[0]!);
    const [job] = await d.jobs('send-message');
    expect(job).toMatchObject({ urgent: true });
    await expect(d.handle(job!)).rejects.toMatchObject({ code: 'job-unrecoverable' });
    expect(await deliveries()).toMatchObject([{ state: 'failed', lastError: 'code-60111' }]);
    await expect(d.handle({ ...job!, attempts: 9 })).rejects.toMatchObject({ code: 'job-try-later' });
    expect(await deliveries()).toMatchObject([{ state: 'failed', lastError: 'timeout' }]);
    await d.handle(job!);
    expect(await deliveries()).toMatchObject([{ state: 'delivered', lastError: null, attempts: 3 }]);
    expect(sentBy('sms')).toHaveLength(1);
  });

  it('is not told too late, nor by a channel that was switched off, nor to somebody who left', async () => {
    const id = await aChannel('sms');
    await anOrder();
    await reachable(officer);
    const [late, off, left] = [await told('severe'), await told('severe'), await told('severe')];
    await d.relay();
    for (const job of await d.jobs('notify-people')) await d.handle(job);
    const jobOf = async (eventId: string) => {
      const row = (await deliveries()).find((one) => one.eventId === eventId)!;
      return (await d.jobs('send-message')).find(({ subject }) => subject === row.id)!;
    };
    await d.db
      .updateTable('deliveries')
      .set({ expiresAt: new Date(d.clock.now()) })
      .where('eventId', '=', late)
      .execute();
    await d.handle(await jobOf(late));
    await d.db.updateTable('channels').set({ enabled: false }).where('id', '=', id).execute();
    await d.handle(await jobOf(off));
    await d.db.updateTable('channels').set({ enabled: true }).where('id', '=', id).execute();
    await d.db.updateTable('people').set({ active: false }).where('id', '=', officer).execute();
    await expect(d.handle(await jobOf(left))).rejects.toMatchObject({ code: 'job-unrecoverable' });
    expect(sentBy('sms')).toEqual([]);
    expect((await statesOf()).toSorted()).toEqual(['expired', 'failed', 'failed']);
    expect(await keepDeliveries(d.db, d.clock.now() + 40 * 86_400_000)).toMatchObject({
      deliveries: 3,
      personAddresses: 1,
    });
  });
});

describe('quiet hours and floods', () => {
  beforeEach(async () => {
    await aChannel('sms');
    await aChannel('web-push');
    await anOrder();
    // the fake clock stands at midnight UTC
    d.clock.set(Date.UTC(2026, 0, 2));
  });

  it('hold back what can wait until their end, and nothing about danger', async () => {
    await reachable(officer);
    await browser(officer, 'https://push.example/1');
    await prefers(officer, { quietHours: { from: '22:00', to: '06:00', timeZone: 'UTC' } });
    await told('moderate');
    await told('extreme');
    await runAll();
    expect(sentBy('web-push').map(({ severity }) => severity)).toEqual(['extreme']);
    expect(sentBy('sms').map(({ severity }) => severity)).toEqual(['extreme']);
    expect((await deliveries()).filter(({ state }) => state === 'held')).toMatchObject([
      { heldUntil: new Date(Date.UTC(2026, 0, 2, 6)) },
    ]);
    d.clock.advance(6 * 60 * minute);
    await runAll();
    expect(sentBy('web-push').map(({ severity }) => severity)).toEqual(['extreme', 'moderate']);
  });

  it('hold back what a resident thinks of what is over, and not what one says while danger lasts', async () => {
    await reachable(officer);
    await prefers(officer, { quietHours: { from: '22:00', to: '06:00', timeZone: 'UTC' } });
    await told('extreme', officer, { action: 'note', state: 'closed', resident: 'rated-badly' });
    await told('extreme', officer, { action: 'note', state: 'in-hand', resident: 'replied' });
    await runAll();
    expect(sentBy('sms').map(({ kind }) => kind)).toEqual(['resident-replied']);
    const inApp = await d.db.selectFrom('notifications').select(['kind', 'quiet']).orderBy('kind').execute();
    expect(inApp).toEqual([
      { kind: 'resident-rated-badly', quiet: true },
      { kind: 'resident-replied', quiet: false },
    ]);
  });

  it('a flood becomes one message that grows, by a browser in its place; danger is never part of it', async () => {
    await browser(officer, 'https://push.example/1');
    for (let n = 0; n < 12; n += 1) await told('minor');
    await told('severe');
    await runAll();
    const kinds = () => sentBy('web-push').map(({ kind }) => kind);
    expect(kinds().filter((kind) => kind === 'work-order-assigned')).toHaveLength(9);
    expect(kinds()).not.toContain('summary');
    d.clock.advance(minute);
    await runAll();
    expect(sentBy('web-push').at(-1)).toMatchObject({ kind: 'summary', title: { en: '4 more notifications' } });
    await told('minor');
    await runAll();
    d.clock.advance(minute);
    await runAll();
    const summaries = sentBy('web-push').filter(({ kind }) => kind === 'summary');
    expect(summaries.map(({ title }) => title.en)).toEqual(['4 more notifications', '5 more notifications']);
    expect(new Set(summaries.map(({ topic }) => topic)).size).toBe(1);
    expect(new Set(summaries.map(({ key }) => key)).size).toBe(2);
    d.clock.advance(10 * minute);
    await told('minor');
    await runAll();
    expect(kinds().at(-1)).toBe('work-order-assigned');
  });

  it('by a channel that cannot take back what it said, each is mentioned in one message', async () => {
    await reachable(officer);
    const moderate = { ...defaultPreferences.channels, moderate: ['sms' as const] };
    await prefers(officer, { channels: moderate });
    for (let n = 0; n < 10; n += 1) await told('moderate');
    await runAll();
    d.clock.advance(minute);
    await runAll();
    for (let n = 0; n < 3; n += 1) await told('moderate');
    await runAll();
    d.clock.advance(minute);
    await runAll();
    const summaries = sentBy('sms').filter(({ kind }) => kind === 'summary');
    expect(summaries.map(({ title }) => title.en)).toEqual(['2 more notifications', '3 more notifications']);
  });
});

describe('a group', () => {
  it('hears of its place and severity, a program of everything, once', async () => {
    await aChannel('wecom-robot', { areaId: 'g2' });
    await aChannel('feishu-robot', { areaId: 'g1', leastSeverity: 'severe' });
    await aChannel('dingtalk-robot', { leastSeverity: 'extreme' });
    await aChannel('webhook');
    const alarm = await d.raise();
    await runAll();
    await d.db.updateTable('jobs').set({ state: 'pending' }).where('name', '=', 'tell-groups').execute();
    await runAll();
    expect(sentBy('feishu-robot').map(({ title }) => title.en)).toEqual([
      expect.stringMatching(/^Alarm: /),
      expect.stringMatching(/^New work order WO-/),
    ]);
    expect([sentBy('wecom-robot').length, sentBy('dingtalk-robot').length]).toEqual([0, 0]);
    const events = sentBy('webhook').map(({ event }) => event!['type']);
    expect(events.toSorted()).toEqual([
      'smart-community.alarm.raised.v1',
      'smart-community.work-order.changed.v1',
      'smart-community.work-order.changed.v1',
    ]);
    await d.clear(alarm);
    await runAll();
    expect(sentBy('webhook')).toHaveLength(4);
    expect(sentBy('feishu-robot')).toHaveLength(2);
  });
});

it('whatever the order, the repeats and the hour: everybody is told once of each event by each channel, and of danger at once', async () => {
  await aChannel('sms');
  await aChannel('web-push');
  await anOrder();
  const people = [officer, await aPerson(d.db)];
  for (const [n, person] of people.entries()) {
    await reachable(person);
    await browser(person, `https://push.example/${n}`);
  }
  const everything = (['extreme', 'severe', 'moderate', 'minor', 'unknown'] as const).reduce(
    (all, severity) => ({ ...all, [severity]: ['sms', 'web-push'] }),
    {} as NotificationPreferences['channels'],
  );
  await prefers(people[0]!, { channels: everything, quietHours: { from: '22:00', to: '06:00', timeZone: 'UTC' } });
  await prefers(people[1]!, { channels: everything });
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('tell' as const),
        who: fc.nat(1),
        severity: fc.constantFrom<Severity>('extreme', 'moderate', 'minor'),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('again' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 300 }) }),
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 20 }), async (steps) => {
      await sql`truncate jobs, deliveries, notifications`.execute(d.db);
      for (const fake of fakes.values()) fake.sent.length = 0;
      const expected: { eventId: string; person: string; severity: Severity }[] = [];
      for (const one of steps) {
        if (one.do === 'wait') d.clock.advance(one.minutes * minute);
        if (one.do === 'again')
          await d.db.updateTable('jobs').set({ state: 'pending' }).where('name', '!=', 'send-webhook').execute();
        if (one.do === 'tell') {
          const before = sentBy('sms').length + sentBy('web-push').length;
          const person = people[one.who]!;
          expected.push({ eventId: await told(one.severity, person), person, severity: one.severity });
          if (one.severity !== 'extreme') continue;
          await runAll();
          const now = [...sentBy('sms'), ...sentBy('web-push')].filter(({ severity }) => severity === 'extreme').length;
          expect(now).toBe(2 * expected.filter(({ severity }) => severity === 'extreme').length);
          expect(sentBy('sms').length + sentBy('web-push').length).toBeGreaterThan(before);
        }
        await runAll();
      }
      // seven in the morning: nobody's quiet hours, and nothing is a day old
      const day = 86_400_000;
      const seven = Math.floor(d.clock.now() / day) * day + 7 * 60 * minute;
      d.clock.set(seven > d.clock.now() ? seven : seven + day);
      await runAll();
      d.clock.advance(minute);
      await runAll();
      const rows = (await deliveries()).filter(({ message, channelId }) => channelId && message?.kind !== 'summary');
      // one row for each, however often it came
      expect(rows).toHaveLength(2 * expected.length);
      expect(new Set(rows.map(({ eventId, personId, channel }) => `${eventId} ${personId} ${channel}`)).size).toBe(
        rows.length,
      );
      // told, or mentioned in a summary that was told
      const summaries = new Map(
        (await deliveries()).filter(({ message }) => message?.kind === 'summary').map((row) => [row.id, row]),
      );
      for (const row of rows) {
        if (row.state === 'folded') expect(summaries.get(row.foldedInto!)?.state).toBe('delivered');
        else expect(row.state).toBe('delivered');
        if (row.severity === 'extreme') expect(row.state).toBe('delivered');
      }
      for (const { id, message } of summaries.values())
        expect(message!.count).toBe(rows.filter(({ foldedInto }) => foldedInto === id).length);
      const keys = [...sentBy('sms'), ...sentBy('web-push')].map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
    }),
    { numRuns: 4 },
  );
}, 120_000);

it('without channels nobody but the webhook of the settings hears of an event', async () => {
  await d.raise({ workOrder: false });
  await runAll();
  expect((await d.jobs('tell-groups')).map(({ state }) => state)).toEqual(['done']);
  expect((await deliveries()).map(({ channelId }) => channelId)).toEqual([null]);
});
