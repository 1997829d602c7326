import { Loop } from './loop.js';

const quiet = { idleMs: 100_000, maxBackoffMs: 100_000, onError: () => undefined };
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

it('goes on at once while there is more, then rests until it is woken', async () => {
  let calls = 0;
  const loop = new Loop(async () => (calls += 1) < 5, quiet);
  loop.start();
  await settle();
  expect(calls).toBe(5);
  loop.wake();
  await settle();
  expect(calls).toBe(6);
  await loop.stop();
});

it('does not lose a wake-up that comes while it works', async () => {
  let calls = 0;
  const loop: Loop = new Loop(async () => {
    calls += 1;
    if (calls === 1) loop.wake();
    return false;
  }, quiet);
  loop.start();
  await settle();
  expect(calls).toBe(2);
  await loop.stop();
});

it('reports an error and waits longer each time, whatever wakes it', async () => {
  const failures: number[] = [];
  const loop = new Loop(() => Promise.reject(new Error('away')), {
    idleMs: 1,
    maxBackoffMs: 8,
    onError: (_, n) => failures.push(n),
  });
  loop.start();
  while (failures.length < 3) {
    loop.wake();
    await settle();
  }
  expect(failures.slice(0, 3)).toEqual([1, 2, 3]);
  await loop.stop();
});
