import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

/** What we know of a review of one camera. */
export interface KnownReview {
  id: string;
  startedAt: number;
  /** The latest time told of it, ms. */
  toldAt: number;
  ended: boolean;
  /** Keys of its events. */
  keys: ReadonlySet<string>;
  /** As it was told last. */
  severity: string | null;
}

/** Reviews of a camera that began after a moment, as their events stand in PostgreSQL. */
export async function knownReviews(
  db: Kysely<Database>,
  deviceId: string,
  since: number,
): Promise<Map<string, KnownReview>> {
  const rows = await db
    .selectFrom('deviceEvents')
    .select([
      'eventKey',
      'type',
      'ts',
      sql<string>`data->>'reviewId'`.as('reviewId'),
      sql<string | null>`data->>'severity'`.as('severity'),
    ])
    .where('deviceId', '=', deviceId)
    .where('ts', '>=', new Date(since))
    .where('type', 'in', ['review.started', 'review.changed', 'review.ended'])
    .orderBy('ts')
    .execute();
  const reviews = new Map<string, { -readonly [K in keyof KnownReview]: KnownReview[K] } & { keys: Set<string> }>();
  for (const { eventKey, type, ts, reviewId, severity } of rows) {
    let review = reviews.get(reviewId);
    if (!review) {
      review = { id: reviewId, startedAt: ts.getTime(), toldAt: 0, ended: false, keys: new Set(), severity: null };
      reviews.set(reviewId, review);
    }
    review.toldAt = ts.getTime();
    review.ended ||= type === 'review.ended';
    review.keys.add(eventKey);
    review.severity = severity;
  }
  return reviews;
}
