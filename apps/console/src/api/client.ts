import createClient, { createFinalURL, defaultPathSerializer, type Middleware } from 'openapi-fetch';
import type { z } from 'zod';
import { takeHeadStart } from './head-start.js';
import type { paths } from './openapi.js';
import { ApiProblem, problemOf } from './problem.js';

const baseUrl = '/api/v1';
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
    return new ApiProblem('network', 0, {}, { cause: error });
  },
};

/** What is not chosen is not asked for. */
const querySerializer = (query: Record<string, unknown>): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
};

type Verb = 'get' | 'put' | 'post' | 'patch' | 'delete';
type PathWith<V extends Verb> = { [P in keyof paths]: paths[P] extends Record<V, object> ? P : never }[keyof paths];
type ContentOf<T> = T extends { content: infer C } ? C[keyof C] : never;
type AnswerOf<O> = O extends { responses: infer R } ? ContentOf<R[keyof R & (200 | 201)]> : never;
type ParamsOf<O> = O extends { parameters: infer P } ? Pick<P, keyof P & ('path' | 'query')> : never;
type BodyOf<O> = O extends { requestBody: { content: infer C } }
  ? { body: C[keyof C]; bodySerializer?: (body: C[keyof C]) => BodyInit }
  : { body?: never };
/** Left out when nothing of it is needed. */
type Maybe<T> = object extends T ? [T?] : [T];
type InitOf<O> = (object extends ParamsOf<O> ? { params?: ParamsOf<O> } : { params: ParamsOf<O> }) &
  BodyOf<O> & { signal?: AbortSignal; fetch?: ReturnType<typeof patient>; headers?: Record<string, string> };
/** In place of openapi-fetch's own types, which make lists of pairs and leave out what is always null. */
type Http = {
  [V in Verb as Uppercase<V>]: <P extends PathWith<V>>(
    path: P,
    ...init: Maybe<InitOf<paths[P][V]>>
  ) => Promise<{ data?: AnswerOf<paths[P][V]>; response: Response }>;
};

const client = createClient<paths>({
  baseUrl,
  credentials: 'same-origin',
  headers: { accept: 'application/json' },
  fetch: (request) => takeHeadStart(request) ?? patient(defaultTimeoutMs)(request),
  querySerializer,
});
client.use(problems);

/** Typed by docs/openapi.yaml: paths, queries, bodies and answers that the server does not know are refused by the compiler. */
export const http = client as Http;

/** Where the browser itself reads something: a picture, a download, the stream. */
export const apiUrl = <P extends PathWith<'get'>>(path: P, ...[params]: Maybe<ParamsOf<paths[P]['get']>>): string =>
  createFinalURL(path, { baseUrl, params: params ?? {}, querySerializer, pathSerializer: defaultPathSerializer });

/** A file as the whole body; without the header it would be told as JSON. */
export const fileBody = (file: Blob, mediaType: string) => ({
  body: file,
  bodySerializer: (body: Blob) => body,
  headers: { 'content-type': mediaType },
});

/** A body with a file, as a form. */
export function formOf(fields: Record<string, string | number | Blob | undefined>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    if (value instanceof Blob) form.append(name, value, 'file');
    else if (value !== undefined) form.append(name, String(value));
  return form;
}

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
  throw new ApiProblem('unexpected-answer', response.status, { detail: where.join('; ') }, { cause: parsed.error });
}

/** A request whose answer has no body. @throws ApiProblem */
export async function done(sent: Promise<unknown>): Promise<void> {
  await sent.catch(readable);
}

/** What broke off, or is no JSON though the server says that all went well, while the answer was read. */
function readable(error: unknown): never {
  if (error instanceof SyntaxError) throw new ApiProblem('unexpected-answer', 0, { detail: error.message });
  const isBroken = error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError');
  throw isBroken ? new ApiProblem('network', 0, {}, { cause: error }) : error;
}
