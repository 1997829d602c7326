import type { Job } from './job.js';

/** What a bundle needs of the outside. */
export interface BundleSteps {
  /** Handles what it can of them in one transaction. @returns ids of jobs that must be handled alone before it is asked again */
  together(jobs: readonly Job[]): Promise<readonly string[]>;
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
  let left = jobs;
  while (left.length > 1 && !steps.stopping()) {
    let chosen: ReadonlySet<string>;
    try {
      chosen = new Set(await steps.together(left));
    } catch (error) {
      steps.onRefused(error, left);
      const middle = left.length >> 1;
      await runBundle(left.slice(0, middle), steps);
      return runBundle(left.slice(middle), steps);
    }
    // It asks for nothing more: what is not done now is not for it.
    if (chosen.size === 0) return eachAlone(await steps.stillPending(left), steps);
    await eachAlone(
      left.filter(({ id }) => chosen.has(id)),
      steps,
    );
    left = await steps.stillPending(left.filter(({ id }) => !chosen.has(id)));
  }
  await eachAlone(left, steps);
}

async function eachAlone(jobs: readonly Job[], steps: BundleSteps): Promise<void> {
  const queue = [...jobs];
  const work = async (): Promise<void> => {
    for (let job = queue.shift(); job && !steps.stopping(); job = queue.shift()) await steps.alone(job);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, queue.length) }, work));
}
