import type {
  ResidentCase,
  ResidentFollow,
  ResidentPlace,
  ResidentReportInput,
  ResidentReply,
  ResidentVerdict,
} from '@sc/contracts';

/** A refusal by its code, or `network`: it may work later. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly retryAfterMs?: number,
  ) {
    super(code);
  }
  get mayHeal(): boolean {
    return this.code === 'network' || this.code === 'unavailable' || this.code === 'too-many-attempts';
  }
}
export const asRefused = (error: unknown): Refused => (error instanceof Refused ? error : new Refused('unknown'));

/** A slow phone in a cellar. */
const patienceMs = 30_000;

async function ask(method: string, path: string, options: { token?: string; body?: unknown } = {}): Promise<Response> {
  const { token, body } = options;
  // Old phones know no AbortSignal.timeout.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), patienceMs);
  const isForm = body instanceof FormData;
  let response: Response;
  try {
    response = await fetch(`/api/v1/residents/${path}`, {
      method,
      credentials: 'omit',
      signal: patience.signal,
      headers: {
        ...(token ? { 'x-case-token': token } : {}),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
  } catch {
    throw new Refused('network');
  } finally {
    clearTimeout(timer);
  }
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as { code?: string };
  const seconds = Number(response.headers.get('retry-after'));
  const code = problem.code ?? (response.status >= 500 ? 'unavailable' : 'unknown');
  throw seconds > 0 ? new Refused(code, seconds * 1000) : new Refused(code);
}

/** The answer of our own server of the same version: its schema is checked there. */
async function json<T>(asked: Promise<Response>): Promise<T> {
  const response = await asked;
  try {
    return (await response.json()) as T;
  } catch {
    throw new Refused('network');
  }
}

export const residentApi = {
  place: (code: string) => json<ResidentPlace>(ask('GET', `places/${encodeURIComponent(code)}`)),
  report: (code: string, body: ResidentReportInput) =>
    json<ResidentCase>(ask('POST', `places/${encodeURIComponent(code)}/reports`, { body })),
  follow: (code: string, body: ResidentFollow) =>
    json<ResidentCase>(ask('POST', `places/${encodeURIComponent(code)}/follows`, { body })),
  case: (token: string) => json<ResidentCase>(ask('GET', 'case', { token })),
  reply: (token: string, body: ResidentReply) => json<ResidentCase>(ask('POST', 'case/replies', { token, body })),
  judge: (token: string, body: ResidentVerdict) => json<ResidentCase>(ask('POST', 'case/verdicts', { token, body })),
  rate: (token: string, body: { score: number; words: string | null }) =>
    json<ResidentCase>(ask('PUT', 'case/rating', { token, body })),
  forgetPhone: (token: string) => json<ResidentCase>(ask('DELETE', 'case/phone', { token })),
  attach: async (token: string, requestId: string, file: Blob) => {
    const body = new FormData();
    body.append('requestId', requestId);
    body.append('file', file, 'file');
    await ask('POST', 'case/attachments', { token, body });
  },
  photo: async (token: string, id: string) => (await ask('GET', `case/photos/${id}`, { token })).blob(),
};
