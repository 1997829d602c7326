import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import type { PictureSource } from '@sc/contracts';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { Egress, type EgressResult } from '@sc/platform/egress';
import { preparePhoto, StoredFiles } from '@sc/platform/files';
import { type Job, JobClaims, JobHandler } from '@sc/platform/jobs';
import type { Kysely } from 'kysely';
import { cameraMetrics } from './metrics.js';

/** 1 s, 2 s, 4 s … : eight attempts span about two minutes, longer than a recorder takes to write a picture or to restart. */
const mostAttempts = 8;
const limits = { maxBytes: 8 * 1024 * 1024, timeoutMs: 10_000 };

/**
 * Gets a picture, keeps it without place, time and camera data, and notes what became of it. An address that is not
 * allowed is refused for good without asking anybody. Away or not there yet → tried again by the queue, then `failed` with
 * its reason where people look at the alarm. A repeat puts the same bytes under the same name.
 */
@Controller()
export class FetchPicture {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly claims: JobClaims,
    @Inject(Egress) private readonly egress: Egress,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly files: StoredFiles,
  ) {}

  @JobHandler('fetch-picture')
  async handle(@Payload() job: Job<'fetch-picture'>): Promise<void> {
    const picture = await this.database
      .selectFrom('pictures')
      .selectAll()
      .where('id', '=', job.payload.pictureId)
      .executeTakeFirst();
    if (picture?.state !== 'pending') return this.claims.finish(job);
    const result = await this.take(picture.source);
    if (!result.ok) return this.failed(job, picture.attempts + 1, result);
    const photo = await preparePhoto(result.bytes);
    if (typeof photo === 'string') return this.settle(job, { state: 'failed', reason: 'not-a-picture' });
    const sha256 = await this.files.put(photo.bytes);
    const { mediaType, bytes } = photo;
    await this.settle(job, { state: 'stored', reason: null, sha256, mediaType, bytes: bytes.byteLength });
  }

  private async failed(
    job: Job<'fetch-picture'>,
    attempts: number,
    { refused, retry, reason }: Extract<EgressResult, { ok: false }>,
  ): Promise<void> {
    if (refused) return this.settle(job, { state: 'refused', reason });
    if (!retry || attempts >= mostAttempts) return this.settle(job, { state: 'failed', reason, attempts });
    await this.database
      .updateTable('pictures')
      .set({ attempts, reason })
      .where('id', '=', job.payload.pictureId)
      .where('state', '=', 'pending')
      .execute();
    throw new PictureNotThereError(`the picture was not given: ${reason}`);
  }

  private async settle(
    job: Job<'fetch-picture'>,
    outcome: {
      state: 'stored' | 'failed' | 'refused';
      reason: string | null;
      attempts?: number;
      sha256?: Buffer;
      mediaType?: string;
      bytes?: number;
    },
  ): Promise<void> {
    await this.unitOfWork.run(async (transaction) => {
      if (!(await this.claims.claim(transaction, job))) return;
      await transaction.db
        .updateTable('pictures')
        .set(outcome)
        .where('id', '=', job.payload.pictureId)
        .where('state', '=', 'pending')
        .execute();
    });
    cameraMetrics.pictures.inc({ result: outcome.state });
  }

  /** The better picture first; the answer of the last one counts when none is given. */
  private async take(source: PictureSource): Promise<EgressResult> {
    let result: EgressResult = { ok: false, refused: true, retry: false, reason: 'no-address' };
    for (const address of await this.addressesOf(source)) {
      result = await this.egress.fetch(address, limits);
      if (result.ok || result.refused) return result;
    }
    return result;
  }

  private async addressesOf(source: PictureSource): Promise<string[]> {
    if (source.kind === 'url') return [source.url];
    const bridge = await this.database
      .selectFrom('bridges')
      .select('baseUrl')
      .where('id', '=', source.bridgeId)
      .executeTakeFirst();
    if (!bridge?.baseUrl) return [];
    return [
      ...(source.detection
        ? [`${bridge.baseUrl}/api/events/${encodeURIComponent(source.detection)}/snapshot.jpg`]
        : []),
      ...(source.thumbnail ? [`${bridge.baseUrl}/clips/review/${encodeURIComponent(source.thumbnail)}`] : []),
    ];
  }
}

class PictureNotThereError extends Error {
  readonly code = 'picture-not-there';
}
