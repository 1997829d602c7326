import type { Clock } from '@sc/platform/clock';
import { later, type Outcome } from './channel.js';
import { type CodeTable, outcomeOfCode } from './http-outcome.js';

export type Fetched = { token: string; expiresInMs: number } | { outcome: Outcome };

/** What an answer about a token says: the token, or why there is none. */
export function tokenOf(
  { code, token, seconds }: Record<'code' | 'seconds', number | undefined> & { token: string | undefined },
  codes: CodeTable,
): Fetched {
  if (code === 0 && token && seconds !== undefined) return { token, expiresInMs: seconds * 1000 };
  return { outcome: code === 0 ? later('unexpected-answer') : outcomeOfCode(code, codes) };
}

/** A token is replaced this long before its end, so that none ends on its way. */
const earlyMs = 5 * 60_000;

/** The token of an app: asked for once, kept until shortly before its end. Many who need it at once ask once. */
export class AccessToken {
  private kept: { token: string; until: number } | undefined;
  private asking: Promise<{ token: string } | { outcome: Outcome }> | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly fetch: () => Promise<Fetched>,
  ) {}

  /** @param worn a token that was refused: it is not given again */
  async get(worn?: string): Promise<{ token: string } | { outcome: Outcome }> {
    if (this.kept && this.kept.token !== worn && this.clock.now() < this.kept.until) return { token: this.kept.token };
    this.asking ??= this.renew().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async renew(): Promise<{ token: string } | { outcome: Outcome }> {
    const fetched = await this.fetch();
    if ('outcome' in fetched) return fetched;
    this.kept = { token: fetched.token, until: this.clock.now() + Math.max(0, fetched.expiresInMs - earlyMs) };
    return { token: fetched.token };
  }
}

/** Does something with the token; a token that the other side calls invalid is replaced once. */
export async function withToken(
  tokens: AccessToken,
  work: (token: string) => Promise<Outcome | 'token-refused'>,
): Promise<Outcome> {
  let worn: string | undefined;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const got = await tokens.get(worn);
    if ('outcome' in got) return got.outcome;
    const outcome = await work(got.token);
    if (outcome !== 'token-refused') return outcome;
    worn = got.token;
  }
  return { outcome: 'later', reason: 'token-refused' };
}
