import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** One project per shelf of tests; `npm test` runs them (scripts/test.mjs). */
const shelves = {
  unit: '{libs,apps,simulators}/**/*.spec.{ts,tsx}',
  integration: 'test/integration/**/*.test.ts',
  e2e: 'test/e2e/**/*.test.ts',
  faults: 'test/faults/**/*.test.ts',
  browser: 'test/browser/**/*.test.ts',
};

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@sc\/contracts$/, replacement: at('libs/contracts/index.ts') },
      { find: /^@sc\/domains$/, replacement: at('libs/domains/index.ts') },
      { find: /^@sc\/(platform|features)\/(.*)$/, replacement: `${at('libs')}/$1/$2/index.ts` },
      { find: /^@sc\/apps\/(.*)$/, replacement: `${at('apps')}/$1/src/index.ts` },
      { find: /^@sc\/simulators$/, replacement: at('simulators/index.ts') },
    ],
  },
  test: {
    globals: true,
    pool: 'forks',
    // Suites of one worker share the modules they load: loading them anew for each was three quarters of the work (ADR 10).
    isolate: false,
    // Hang limits, never a measure of speed.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What was started last is ended first by each suite itself, in the order it is written.
    sequence: { hooks: 'list' },
    slowTestThreshold: 30_000,
    projects: Object.entries(shelves).map(([name, include]) => ({ extends: true, test: { name, include: [include] } })),
  },
});
