import type { UnitOfWork } from '@sc/platform/database';
import { migrateQueue, type QueueConnection, Wake } from '@sc/platform/jobs';
import { createLogger } from '@sc/platform/logging';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { describeWith, provide } from '../support/services/index.js';
import { waitUntil } from '../support/wait.js';

const unitOfWork = { onCommit: () => () => undefined } as unknown as UnitOfWork;
const logger = createLogger('silent');
const redis = await provide('redis', { control: true });

/** A process's end of it. `heard` counts by topic. */
function aWake(connection?: QueueConnection) {
  const wake = new Wake(unitOfWork, connection, connection && logger);
  const heard = { outbox: 0, jobs: 0 };
  wake.on('outbox', () => (heard.outbox += 1));
  wake.on('jobs', () => (heard.jobs += 1));
  wake.onModuleInit();
  return { wake, heard };
}

/** Says it until the other hears it: the relay connects in its own time. */
async function untilHeard(from: Wake, to: { outbox: number }): Promise<void> {
  const before = to.outbox;
  await waitUntil(() => {
    if (to.outbox === before) from.notify('outbox');
    return to.outbox > before;
  });
}

function theSameOn(connectionOf: () => QueueConnection): void {
  it('reaches the other process, tells the topic, and comes to each once', async () => {
    const [a, b] = [aWake(connectionOf()), aWake(connectionOf())];
    await untilHeard(a.wake, b.heard);
    await untilHeard(b.wake, a.heard);
    const told = { a: a.heard.jobs, b: b.heard.jobs };
    a.wake.notify('jobs');
    expect(a.heard.jobs).toBe(told.a + 1);
    await waitUntil(() => b.heard.jobs > told.b);
    await untilHeard(b.wake, a.heard);
    // An echo of its own hint would have come before the answer of the other.
    expect(a.heard.jobs).toBe(told.a + 1);
    await Promise.all([a.wake.onModuleDestroy(), b.wake.onModuleDestroy()]);
  });

  it('sends a storm of hints as a few', async () => {
    const [a, b] = [aWake(connectionOf()), aWake(connectionOf())];
    await untilHeard(a.wake, b.heard);
    const before = b.heard.jobs;
    for (let index = 0; index < 10_000; index += 1) a.wake.notify('jobs');
    await waitUntil(() => b.heard.jobs > before);
    await untilHeard(a.wake, b.heard);
    expect(b.heard.jobs - before).toBeLessThanOrEqual(3);
    await Promise.all([a.wake.onModuleDestroy(), b.wake.onModuleDestroy()]);
  });
}

describe('"look now" between processes over PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await migrateQueue({ kind: 'postgres', url: database.url });
  });
  afterAll(() => database.drop());
  theSameOn(() => ({ kind: 'postgres', url: database.url }));
});

describeWith(redis, '"look now" between processes over Redis', ({ url, kill, restart, stop }) => {
  afterAll(() => stop());
  theSameOn(() => ({ kind: 'redis', url }));

  it('changes nothing within the process while the relay is dead, and is heard again when it is back', async () => {
    const [a, b] = [aWake({ kind: 'redis', url }), aWake({ kind: 'redis', url })];
    await untilHeard(a.wake, b.heard);
    await kill();
    const before = a.heard.outbox;
    for (let index = 0; index < 100; index += 1) a.wake.notify('outbox');
    expect(a.heard.outbox).toBe(before + 100);
    await restart();
    await untilHeard(a.wake, b.heard);
    await Promise.all([a.wake.onModuleDestroy(), b.wake.onModuleDestroy()]);
  });
});

it('starts, works within the process and stops where there never is a relay', async () => {
  for (const url of ['postgres://nobody:x@127.0.0.1:1/none', 'redis://127.0.0.1:1']) {
    const kind = url.startsWith('redis') ? ('redis' as const) : ('postgres' as const);
    const { wake, heard } = aWake({ kind, url });
    wake.notify('jobs');
    expect(heard.jobs).toBe(1);
    await wake.onModuleDestroy();
  }
});

it('is only within the process when it has no connection', async () => {
  const [a, b] = [aWake(), aWake()];
  a.wake.notify('jobs');
  expect([a.heard.jobs, b.heard.jobs]).toEqual([1, 0]);
  await a.wake.onModuleDestroy();
  await b.wake.onModuleDestroy();
});
