import { BrokerSecurityLog } from '@sc/features/telemetry';
import { systemIds } from '@sc/platform/clock';
import { createLogger } from '@sc/platform/logging';
import { FakeClock } from '../../libs/platform/clock/fake-clock.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
}, 60_000);
afterAll(() => test.drop(), 60_000);

it('is not filled by one who floods it: what others do within the same second is kept', async () => {
  const log = new BrokerSecurityLog(test.db, new FakeClock(), systemIds, createLogger('silent'));
  const remoteAddress = '127.0.0.1';
  for (let n = 0; n < 10_000; n += 1) {
    log.add({ kind: 'topic-refused', actor: 'c1/greedy', remoteAddress, detail: `topic ${n}` });
    log.add({ kind: 'login-refused', actor: `c1/made-up-${n}`, remoteAddress, detail: 'no such device' });
  }
  log.add({ kind: 'packet-too-large', actor: 'c1/thief', remoteAddress, detail: 'packet larger than allowed' });
  log.add({ kind: 'topic-refused', actor: 'c1/curious', remoteAddress, detail: 'topic $SYS' });
  await log.flush();
  const rows = await test.db.selectFrom('securityLog').select(['kind', 'actor', 'detail']).execute();
  const actors = rows.map(({ actor }) => actor);
  expect(actors).toEqual(expect.arrayContaining(['c1/thief', 'c1/curious', 'c1/greedy']));
  expect(rows.length).toBeLessThan(500);
  // What was left out is counted.
  const kept = rows.length - 1;
  expect(rows.find(({ kind }) => kind === 'log-overflow')?.detail).toBe(`${20_002 - kept} more`);
});
