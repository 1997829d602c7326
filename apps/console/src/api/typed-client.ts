import createClient, { type Middleware } from 'openapi-fetch';
import type { z } from 'zod';
import type { paths } from './openapi.js';
import { ApiProblem, problemOf } from './problem.js';

/** Long enough for a slow phone, short enough that nobody waits before a dead screen. */
const defaultTimeoutMs = 20_000;

/** For `fetch` of one request that may take longer. */
export const patient =
  (timeoutMs: number) =>
  (request: Request): Promise<Response> =>
    fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]) });

const problems: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw problemOf(response.status, await response.json().catch(() => undefined));
  },
  onError({ request, error }) {
    // A request the caller itself gave up is no failure to report.
    if (request.signal.aborted) throw error;
    return new ApiProblem('network', 0, undefined, [], undefined, { cause: error });
  },
};

/** Typed by docs/openapi.yaml: paths, queries, bodies and answers that the server does not know are refused by the compiler. */
export const http = createClient<paths>({
  baseUrl: '/api/v1',
  credentials: 'same-origin',
  headers: { accept: 'application/json' },
  fetch: patient(defaultTimeoutMs),
});
http.use(problems);

/**
 * The answer, checked against the contract as it is read: a tab may be older than the server it talks to.
 * @throws ApiProblem for every refusal, missing network and answer that is not what was agreed
 */
export async function answer<T extends z.ZodType>(
  schema: T,
  sent: Promise<{ data?: z.output<T>; response: Response }>,
): Promise<z.output<T>> {
  const { data, response } = await sent.catch(readable);
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).slice(0, 3);
  throw new ApiProblem('unexpected-answer', response.status, where.join('; '), [], undefined, { cause: parsed.error });
}

/** A request whose answer has no body. @throws ApiProblem */
export async function done(sent: Promise<unknown>): Promise<void> {
  await sent.catch(readable);
}

/** What is no JSON, though the server says that all went well. */
function readable(error: unknown): never {
  if (error instanceof SyntaxError) throw new ApiProblem('unexpected-answer', 0, error.message);
  throw error;
}
