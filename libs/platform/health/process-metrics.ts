import { collectDefaultMetrics, register } from 'prom-client';

/** Memory, processor time, event loop of this process. One registry per process, however many applications a test starts in it. */
export function collectProcessMetrics(): void {
  if (!register.getSingleMetric('process_cpu_user_seconds_total')) collectDefaultMetrics();
}
