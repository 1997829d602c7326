import type { FastifyInstance } from 'fastify';
import { Histogram, register } from 'prom-client';

const name = 'sc_http_request_duration_seconds';

/** Measures every answered request by method, route pattern and status. Never by URL: its values would grow without bound. */
export function measureRequests(instance: FastifyInstance): void {
  // One registry per process, however many applications a test starts in it.
  const durations =
    (register.getSingleMetric(name) as Histogram<'method' | 'route' | 'status'> | undefined) ??
    new Histogram({
      name,
      help: 'Time from the request to the end of its answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    });
  instance.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    durations.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  });
}
