import type { Platform } from '../../support/platform.js';
import { ComposePlatform } from '../../support/compose-platform.js';
import { PlatformProcess } from '../../support/platform-process.js';
import { SplitPlatform } from '../../support/split-platform.js';

interface Deployment {
  /** Where it cannot run here, why. */
  title: string;
  suite: typeof describe;
  create(): Promise<Platform>;
}

/** Every way to run the platform; what holds must hold in each (P10). */
const deployments = (long: boolean): readonly Deployment[] => [
  deployment('all in one', undefined, () => PlatformProcess.create()),
  deployment('in several processes', SplitPlatform.missing(), () => SplitPlatform.create()),
  deployment('in containers', ComposePlatform.missing(long), () => ComposePlatform.create()),
];

function deployment(title: string, missing: string | undefined, create: () => Promise<Platform>): Deployment {
  if (missing === undefined) return { title, suite: describe, create };
  return { title: `${title} (skipped: ${missing})`, suite: describe.skip as typeof describe, create };
}

/** The same suite for each deployment. @param long it takes minutes */
export function describeDeployments(suite: (create: () => Promise<Platform>) => void, { long = false } = {}): void {
  for (const { title, suite: describeOne, create } of deployments(long)) describeOne(title, () => suite(create));
}
