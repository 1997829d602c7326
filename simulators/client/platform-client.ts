import { problemSchema, sessionSchema, type Problem, type Session } from '@sc/contracts';
import { z } from 'zod';
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.js';

export type Query = Record<string, string | number | boolean | undefined>;

/** The platform refused: `problem` says why. */
export class RefusedError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem | undefined,
    request: string,
  ) {
    super(`${request}: ${status} ${problem?.code ?? ''} ${problem?.detail ?? ''}`.trim());
  }
}

const requestLimitMs = 30_000;

/** The HTTP API as one logged-in person uses it. */
export class PlatformClient {
  private cookie = '';

  /** @param baseUrl such as `http://127.0.0.1:3000` */
  constructor(readonly baseUrl: string) {}

  async login(login: string, password: string): Promise<Session> {
    return this.post(sessionSchema, '/session', { login, password });
  }

  get<T extends z.ZodType>(schema: T, path: string, query: Query = {}): Promise<z.output<T>> {
    return this.request(schema, 'GET', path, undefined, query);
  }

  post<T extends z.ZodType>(schema: T, path: string, body: unknown = {}): Promise<z.output<T>> {
    return this.request(schema, 'POST', path, body);
  }

  /** Every item of a list, page by page. @throws Error beyond 100 pages */
  async all<T extends z.ZodType>(item: T, path: string, query: Query = {}): Promise<z.output<T>[]> {
    const page = z.object({ items: z.array(item), nextCursor: z.string().nullish() });
    const items: z.output<T>[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < 100; pages += 1) {
      const { items: more, nextCursor } = await this.get(page, path, { ...query, cursor });
      items.push(...more);
      if (!nextCursor) return items;
      cursor = nextCursor;
    }
    throw new Error(`${path} has no end`);
  }

  /** The bare answer, for tests of refusals. A FormData body is sent as it is. */
  async send(method: string, path: string, body?: unknown, query: Query = {}): Promise<Response> {
    const isForm = body instanceof FormData;
    const response = await fetch(this.url(path, query), {
      method,
      headers: {
        accept: 'application/json',
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(body !== undefined && !isForm ? { 'content-type': 'application/json' } : {}),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(requestLimitMs),
    });
    this.keepCookies(response);
    return response;
  }

  /** The live stream until `signal` aborts. */
  async *stream(signal: AbortSignal, lastEventId?: string): AsyncGenerator<ServerSentEvent> {
    const headers: Record<string, string> = { accept: 'text/event-stream', cookie: this.cookie };
    if (lastEventId !== undefined) headers['last-event-id'] = lastEventId;
    const response = await fetch(this.url('/stream'), { headers, signal });
    if (!response.ok || !response.body) throw await refusal(response, 'GET /stream');
    yield* readServerSentEvents(response.body, signal);
  }

  private async request<T extends z.ZodType>(
    schema: T,
    method: string,
    path: string,
    body?: unknown,
    query: Query = {},
  ): Promise<z.output<T>> {
    const response = await this.send(method, path, body, query);
    if (!response.ok) throw await refusal(response, `${method} ${path}`);
    const text = await response.text();
    return schema.parse(text === '' ? undefined : JSON.parse(text));
  }

  private url(path: string, query: Query = {}): URL {
    const url = new URL(`/api/v1${path}`, this.baseUrl);
    for (const [key, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(key, String(value));
    return url;
  }

  private keepCookies(response: Response): void {
    const pairs = response.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
    if (pairs.length) this.cookie = pairs.join('; ');
  }
}

async function refusal(response: Response, request: string): Promise<RefusedError> {
  const parsed = problemSchema.safeParse(await response.json().catch(() => undefined));
  return new RefusedError(response.status, parsed.data, request);
}

/** A device's id holds a slash; in a path it stands as two segments, as in its topic. */
export const devicePath = (deviceId: string): string => `/devices/${deviceId}`;
