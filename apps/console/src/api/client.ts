import type { z } from 'zod';
import { ApiProblem, problemOf } from './problem.js';

type QueryValue = string | number | boolean | undefined;

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, QueryValue>;
  /** Sent as JSON; a FormData or a Blob is sent as it is. */
  body?: unknown;
  signal?: AbortSignal;
  timeoutMs?: number;
}

/** Long enough for a slow phone, short enough that nobody waits before a dead screen. */
const defaultTimeoutMs = 20_000;

export const apiUrl = (path: string, query: Record<string, QueryValue> = {}): string => {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== '') params.set(key, String(value));
  const search = params.toString();
  return `/api/v1${path}${search ? `?${search}` : ''}`;
};

async function send(path: string, options: RequestOptions): Promise<Response> {
  const { method = 'GET', query, body, signal, timeoutMs = defaultTimeoutMs } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const isRaw = body instanceof FormData || body instanceof Blob;
  try {
    return await fetch(apiUrl(path, query), {
      method,
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && !isRaw ? { 'content-type': 'application/json' } : {}),
      },
      ...(body !== undefined ? { body: isRaw ? body : JSON.stringify(body) } : {}),
    });
  } catch (cause) {
    // A request the caller itself gave up is no failure to report.
    if (signal?.aborted) throw cause;
    throw new ApiProblem('network', 0, undefined, [], undefined, { cause });
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/**
 * One request, its answer checked against the contract.
 * @throws ApiProblem for every refusal, missing network and answer that is not what was agreed
 */
export async function request<T extends z.ZodType>(
  schema: T,
  path: string,
  options: RequestOptions = {},
): Promise<z.output<T>> {
  const response = await send(path, options);
  const body = await jsonOf(response);
  if (!response.ok) throw problemOf(response.status, body);
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const where = parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).slice(0, 3);
    throw new ApiProblem('unexpected-answer', response.status, where.join('; '), [], undefined, {
      cause: parsed.error,
    });
  }
  return parsed.data;
}

/** A request whose answer has no body. */
export async function command(path: string, options: RequestOptions = {}): Promise<void> {
  const response = await send(path, { method: 'POST', ...options });
  if (!response.ok) throw problemOf(response.status, await jsonOf(response));
}
