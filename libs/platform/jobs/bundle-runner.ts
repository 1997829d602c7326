import type { Job } from './job.js';

/** What a bundle needs of the outside. */
export interface BundleSteps {
  /** Handles what it can of them in few transactions and claims that; the rest is left. */
  together(jobs: readonly Job[]): Promise<void>;
  /** Handles one and sees to its failure itself. @throws when not even the failure could be noted */
  alone(job: Job): Promise<void>;
  /** Those of them that are not done, and not failed, since they were read. */
  stillPending(jobs: readonly Job[]): Promise<Job[]>;
  /** Told before the jobs are divided. */
  onRefused(error: unknown, jobs: readonly Job[]): void;
  /** Whether to end here: what was not begun stays in its row. */
  stopping(): boolean;
}

/** Handled alone at the same time. */
const parallel = 4;

/**
 * Handles many jobs of one kind in few transactions. Nothing rests on that: what a bundle leaves is handled alone, and a
 * bundle that fails is divided until the job that spoils it stands alone, is retried alone and ends alone in the dead letters (P5).
 */
export async function runBundle(jobs: readonly Job[], steps: BundleSteps): Promise<void> {
  if (steps.stopping()) return;
  if (jobs.length < 2) return eachAlone(jobs, steps);
  try {
    await steps.together(jobs);
  } catch (error) {
    steps.onRefused(error, jobs);
    const left = await steps.stillPending(jobs);
    const middle = left.length >> 1;
    await runBundle(left.slice(0, middle), steps);
    return runBundle(left.slice(middle), steps);
  }
  await eachAlone(await steps.stillPending(jobs), steps);
}

async function eachAlone(jobs: readonly Job[], steps: BundleSteps): Promise<void> {
  const queue = [...jobs];
  const work = async (): Promise<void> => {
    for (let job = queue.shift(); job && !steps.stopping(); job = queue.shift()) await steps.alone(job);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, queue.length) }, work));
}
