import { Inject, Injectable } from '@nestjs/common';
import type { PictureSource } from '@sc/contracts';
import { DeviceRegistry } from '@sc/features/devices';
import type { DeviceEvent, EventFollower } from '@sc/features/telemetry';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { json, type Transaction } from '@sc/platform/database';
import { cameraMetrics } from './metrics.js';

/** Waiting pictures; of more nothing is asked for and they are counted. A camera cannot make us ask without end. */
const maxPending = 1000;
const maxUrlLength = 2000;

interface Wanted {
  deviceId: string;
  pictureKey: string;
  source: PictureSource;
  takenAt: Date;
}

/** Asks for the pictures of what cameras tell, in the transaction that stores the event: no event without its picture's job. */
@Injectable()
export class PictureRequests implements EventFollower {
  constructor(
    @Inject(DeviceRegistry) private readonly registry: DeviceRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async follow({ db, schedule }: Transaction, events: readonly DeviceEvent[]): Promise<void> {
    const wanted = new Map<string, Wanted>();
    for (const event of events) {
      const one = this.wantedOf(event);
      if (one && !wanted.has(`${one.deviceId} ${one.pictureKey}`)) wanted.set(`${one.deviceId} ${one.pictureKey}`, one);
    }
    if (wanted.size === 0) return;
    const { pending } = await db
      .selectFrom('pictures')
      .select(({ fn }) => fn.countAll<number>().as('pending'))
      .where('state', '=', 'pending')
      .executeTakeFirstOrThrow();
    const taken = [...wanted.values()].slice(0, Math.max(0, maxPending - pending));
    cameraMetrics.pictures.inc({ result: 'left-out' }, wanted.size - taken.length);
    if (taken.length === 0) return;
    const asked = await db
      .insertInto('pictures')
      .values(
        taken.map((one) => ({
          ...one,
          id: this.ids.next(),
          source: json(one.source),
          state: 'pending' as const,
          createdAt: new Date(this.clock.now()),
        })),
      )
      .onConflict((conflict) => conflict.columns(['deviceId', 'pictureKey']).doNothing())
      .returning('id')
      .execute();
    for (const { id } of asked) schedule({ name: 'fetch-picture', subject: id, payload: { pictureId: id } });
  }

  private wantedOf({ deviceId, eventKey, type, ts, data }: DeviceEvent): Wanted | undefined {
    const isReview = type === 'review.started' || type === 'review.changed';
    if (!isReview && type !== 'camera.alert') return undefined;
    const source = this.sourceOf(deviceId, data, isReview);
    const reviewId = data['reviewId'];
    const pictureKey =
      isReview && typeof reviewId === 'string' ? `review:${reviewId.slice(0, 128)}` : `event:${eventKey}`;
    return source && { deviceId, pictureKey, source, takenAt: new Date(ts) };
  }

  private sourceOf(deviceId: string, data: Record<string, unknown>, isReview: boolean): PictureSource | undefined {
    const url = data['snapshotUrl'];
    if (typeof url === 'string' && url !== '' && url.length <= maxUrlLength) return { kind: 'url', url };
    const bridgeId = this.registry.get(deviceId)?.bridgeId;
    if (!bridgeId || !isReview) return undefined;
    const first: unknown = Array.isArray(data['detections']) ? data['detections'][0] : undefined;
    const detection = typeof first === 'string' ? first : null;
    const thumbnail = typeof data['thumbnail'] === 'string' ? data['thumbnail'] : null;
    return detection === null && thumbnail === null ? undefined : { kind: 'frigate', bridgeId, detection, thumbnail };
  }
}
