import type { Platform } from '../../support/platform.js';
import { PlatformProcess } from '../../support/platform-process.js';
import { SplitPlatform } from '../../support/split-platform.js';

interface Deployment {
  /** Where it cannot run here, why. */
  title: string;
  suite: typeof describe;
  create(): Promise<Platform>;
}

const missing = SplitPlatform.missing();

/** Every way to run the platform; what holds must hold in each (P10). */
const deployments: readonly Deployment[] = [
  { title: 'all in one', suite: describe, create: () => PlatformProcess.create() },
  {
    title: missing ? `in several processes (skipped: ${missing})` : 'in several processes',
    suite: missing ? (describe.skip as typeof describe) : describe,
    create: () => SplitPlatform.create(),
  },
];

/** The same suite for each deployment. */
export function describeDeployments(suite: (create: () => Promise<Platform>) => void): void {
  for (const deployment of deployments) deployment.suite(deployment.title, () => suite(() => deployment.create()));
}
