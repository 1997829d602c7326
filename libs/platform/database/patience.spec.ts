import { createLogger } from '@sc/platform/logging';
import { FakeClock } from '../clock/fake-clock.js';
import { whilePostgresIsAway } from './patience.js';

const logger = createLogger('silent');
const away = Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' });

it('waits for a PostgreSQL that comes', async () => {
  let tries = 0;
  const work = async () => {
    tries += 1;
    if (tries < 3) throw away;
    return 'there';
  };
  expect(await whilePostgresIsAway(work, { clock: new FakeClock(), logger })).toBe('there');
  expect(tries).toBe(3);
});

it('gives up with one clear line when it does not come', async () => {
  const clock = new FakeClock();
  const work = async () => {
    clock.advance(600);
    throw away;
  };
  await expect(whilePostgresIsAway(work, { clock, logger, limitMs: 1000 })).rejects.toThrow(
    'PostgreSQL did not answer within 1 s: ECONNREFUSED',
  );
});

it('does not wait out what no waiting mends, nor a stop', async () => {
  let tries = 0;
  const broken = async () => {
    tries += 1;
    throw new Error('relation "devices" does not exist');
  };
  await expect(whilePostgresIsAway(broken, { clock: new FakeClock(), logger })).rejects.toThrow(/devices/);
  const stop = new AbortController();
  const stopped = async () => {
    tries += 1;
    stop.abort();
    throw away;
  };
  await expect(whilePostgresIsAway(stopped, { clock: new FakeClock(), logger, signal: stop.signal })).rejects.toBe(
    away,
  );
  expect(tries).toBe(2);
});
