import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureRequests } from '@sc/platform/health';
import { watchedMetrics } from '@sc/features/system';
import { register } from 'prom-client';
import './community.module.js';

const ours = (): string[] => {
  measureRequests({ addHook: () => undefined } as unknown as Parameters<typeof measureRequests>[0]);
  return register
    .getMetricsAsArray()
    .map(({ name }) => name)
    .filter((name) => name.startsWith('sc_'))
    .sort();
};

describe('the metrics of all processes', () => {
  it('are all in docs/metrics.md, and nothing else is', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/metrics.md'), 'utf8');
    const documented = [...page.matchAll(/^\| `(sc_\w+)` +\|/gm)].map(([, name]) => name!).sort();
    expect(documented).toEqual(ours());
  });

  it('hold each one that the console makes its figures of', () => {
    expect(watchedMetrics.filter((name) => !ours().includes(name))).toEqual([]);
  });
});
