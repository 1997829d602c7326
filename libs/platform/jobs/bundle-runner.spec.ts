import { type BundleSteps, runBundle } from './bundle-runner.js';
import type { Job } from './job.js';

const aJob = (n: number): Job => ({
  id: `j${n}`,
  name: 'open-incident',
  subject: `s${n}`,
  payload: { eventId: `e${n}` },
  attempts: 0,
});
const jobs = (count: number) => Array.from({ length: count }, (_, n) => aJob(n));

/** Rows in memory; `poison` spoils whatever it is part of. */
function rows(all: readonly Job[], { poison, left = [] }: { poison?: string; left?: string[] } = {}) {
  const pending = new Set(all.map(({ id }) => id));
  const seen = { together: [] as number[], alone: [] as string[], refused: 0 };
  const steps: BundleSteps = {
    together: async (some) => {
      seen.together.push(some.length);
      if (some.some(({ id }) => id === poison)) throw new Error('spoilt');
      for (const { id } of some) if (!left.includes(id)) pending.delete(id);
    },
    alone: async ({ id }) => {
      seen.alone.push(id);
      if (id !== poison) pending.delete(id);
    },
    stillPending: async (some) => some.filter(({ id }) => pending.has(id)),
    onRefused: () => (seen.refused += 1),
    stopping: () => false,
  };
  return { pending, seen, steps };
}

it('handles all together, and alone only what was left', async () => {
  const all = jobs(500);
  const { pending, seen, steps } = rows(all, { left: ['j7', 'j499'] });
  await runBundle(all, steps);
  expect(seen).toEqual({ together: [500], alone: ['j7', 'j499'], refused: 0 });
  expect(pending.size).toBe(0);
});

it('finds the one that spoils five hundred in few steps; the others are done, it alone is tried alone', async () => {
  const all = jobs(500);
  const { pending, seen, steps } = rows(all, { poison: 'j321' });
  await runBundle(all, steps);
  expect([...pending]).toEqual(['j321']);
  expect(seen.together.length).toBeLessThan(25);
  expect(seen.alone.length).toBeLessThan(5);
  expect(seen.alone).toContain('j321');
});

it('does nothing twice when a bundle fails after a part of it was committed', async () => {
  const all = jobs(8);
  const { pending, seen, steps } = rows(all);
  let first = true;
  const together = steps.together;
  steps.together = async (some) => {
    if (!first) return together(some);
    first = false;
    await together(some.slice(0, 4));
    throw new Error('cut off');
  };
  await runBundle(all, steps);
  expect(pending.size).toBe(0);
  expect(seen.together).toEqual([4, 2, 2]);
});

it('begins nothing more when it is to stop, or when not even a failure can be noted', async () => {
  const stopped = rows(jobs(5));
  stopped.steps.stopping = () => true;
  await runBundle(jobs(5), stopped.steps);
  expect(stopped.seen).toEqual({ together: [], alone: [], refused: 0 });

  const away = rows(jobs(100), { left: jobs(100).map(({ id }) => id) });
  away.steps.alone = async ({ id }) => {
    away.seen.alone.push(id);
    throw new Error('PostgreSQL is away');
  };
  await expect(runBundle(jobs(100), away.steps)).rejects.toThrow('away');
  expect(away.seen.alone.length).toBeLessThan(10);
});
