import { type CampaignResult, isWell, runCampaign } from './campaign.js';
import type { Fault } from './fault.js';
import type { Target } from './target.js';

/** A new platform after so many faults: the detector's memory is rebuilt from all readings of a day after each kill. */
const portion = 10;

export interface DeploymentOptions {
  create(): Promise<Target>;
  /** Which faults, in which order. */
  choose(faults: readonly Fault[]): Fault[];
  seed: number;
  scale: number;
  say(line: string): void;
  /** So far, also of a run that does not come to its end. */
  done(result: CampaignResult): void;
}

/** All faults that were chosen for one way to run the platform; ends with the first that does harm. */
export async function runDeployment(options: DeploymentOptions): Promise<void> {
  const { create, choose, seed, say, done } = options;
  let kinds: string[] | undefined;
  for (let at = 0; !kinds || at < kinds.length; at += portion) {
    const target = await create();
    try {
      kinds ??= choose(target.faults).map(({ kind }) => kind);
      const faults = kinds.slice(at, at + portion).map((kind) => target.faults.find((fault) => fault.kind === kind)!);
      const result = await runCampaign({ ...options, target, faults, seed: seed + at });
      done(result);
      if (isWell(result)) continue;
      say(await target.log());
      break;
    } catch (error) {
      say(await target.log());
      throw error;
    } finally {
      await target.dispose();
    }
  }
}
