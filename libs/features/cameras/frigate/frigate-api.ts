import type { Egress } from '@sc/platform/egress';
import { type FrigateReview, frigateReviewSchema } from './payloads.js';

/** Of a hundred reviews far less; more is not what we asked for. */
const limits = { maxBytes: 4 * 1024 * 1024, timeoutMs: 15_000 };
const pageSize = 100;
/** Two thousand reviews of one camera: more than any gap that is worth looking through. */
const maxPages = 20;

/** A bridge that does not answer, or not in a way that can be read: asked again later. */
export class FrigateAwayError extends Error {
  readonly code = 'frigate-away';
}

/** Frigate's HTTP interface as far as reviews need it. Addresses are those of the bridge, and only allow-listed ones are asked. */
export class FrigateApi {
  constructor(
    private readonly egress: Pick<Egress, 'fetch'>,
    private readonly baseUrl: string,
    private readonly stopping: AbortSignal,
  ) {}

  /**
   * Reviews of one camera that began after a moment (s), oldest first. A camera has one review at a time, so asking for
   * what ended before the oldest of a page misses none, whichever of its two times the version compares.
   * @throws FrigateAwayError
   */
  async reviewsOf(camera: string, after: number, before: number): Promise<FrigateReview[]> {
    const found = new Map<string, FrigateReview>();
    for (let page = 0; page < maxPages; page += 1) {
      const query = new URLSearchParams({
        cameras: camera,
        after: String(after),
        before: String(before),
        limit: String(pageSize),
      });
      const answer = await this.json(`/api/review?${query.toString()}`);
      if (!Array.isArray(answer)) throw new FrigateAwayError('the list of reviews is no list');
      const reviews = answer.flatMap((one) => frigateReviewSchema.safeParse(one).data ?? []);
      const fresh = reviews.filter((one) => one.camera === camera && !found.has(one.id));
      for (const one of fresh) found.set(one.id, one);
      if (answer.length < pageSize || fresh.length === 0) break;
      before = Math.min(...fresh.map((one) => one.start_time));
    }
    return [...found.values()].sort((a, b) => a.start_time - b.start_time);
  }

  /** One review; `undefined` when Frigate knows it no longer. @throws FrigateAwayError */
  async review(id: string): Promise<FrigateReview | undefined> {
    const answer = await this.json(`/api/review/${encodeURIComponent(id)}`);
    return answer === undefined ? undefined : frigateReviewSchema.safeParse(answer).data;
  }

  /** `undefined` for 404. */
  private async json(path: string): Promise<unknown> {
    const result = await this.egress.fetch(`${this.baseUrl}${path}`, limits, this.stopping);
    if (!result.ok && result.status === 404) return undefined;
    if (!result.ok) throw new FrigateAwayError(result.reason);
    try {
      return JSON.parse(result.bytes.toString('utf8'));
    } catch {
      throw new FrigateAwayError('the answer is not JSON');
    }
  }
}
