import { Inject, Injectable } from '@nestjs/common';
import type { Attachment, Person, ProblemCode } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { DATABASE, type Database, type Row, UnitOfWork } from '@sc/platform/database';
import { preparePhoto, StoredFiles } from '@sc/platform/files';
import type { Kysely } from 'kysely';
import { OrderAccess } from './access.js';
import { isOpen } from './machine.js';

/** Enough for any proof; without a bound one person could fill the disk. */
const mostPerOrder = 50;

export type AttachResult = { ok: true; attachment: Attachment } | { ok: false; code: ProblemCode; message: string };

export const toAttachment = (row: Row<'attachments'>, uploadedBy: string): Attachment => ({
  id: row.id,
  kind: row.kind,
  mediaType: row.mediaType,
  bytes: row.bytes,
  sha256: row.sha256.toString('hex'),
  uploadedAt: row.uploadedAt.toISOString(),
  uploadedBy,
  takenAt: row.takenAt?.toISOString() ?? null,
  position: row.longitude === null || row.latitude === null ? null : [row.longitude, row.latitude],
  width: row.width,
  height: row.height,
  durationMs: row.durationMs,
  expiredAt: row.expiredAt?.toISOString() ?? null,
});

/** Photos of orders. Their place is checked against the order each time they are read. */
@Injectable()
export class AttachmentsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly access: OrderAccess,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly files: StoredFiles,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /**
   * Keeps a photo with an open order. The same photo again is the same attachment. The file is on disk before the row
   * that names it: a crash between the two leaves an unnamed file, never a name without a file.
   */
  async attach(person: Person, orderId: string, upload: Buffer): Promise<AttachResult> {
    const refusal = await this.refusal(person, orderId);
    if (refusal) return refusal;
    const photo = await preparePhoto(upload);
    if (typeof photo === 'string')
      return { ok: false, code: photo, message: 'a photo is JPEG, PNG or WebP, at most 10 MiB' };
    const sha256 = await this.files.put(photo.bytes);
    return this.unitOfWork.run(async ({ db, audit }): Promise<AttachResult> => {
      // The lock keeps two uploads from both being the last that is allowed.
      const order = await db
        .selectFrom('workOrders')
        .select('state')
        .where('id', '=', orderId)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const present = await db.selectFrom('attachments').selectAll().where('workOrderId', '=', orderId).execute();
      const same = present.find((row) => row.sha256.equals(sha256));
      if (same) return { ok: true, attachment: toAttachment(same, await this.nameOf(db, same.uploadedBy)) };
      if (!isOpen(order.state)) return { ok: false, code: 'action-not-allowed', message: 'the order is final' };
      if (present.length >= mostPerOrder)
        return { ok: false, code: 'too-large', message: `an order holds ${mostPerOrder} photos` };
      const row = await db
        .insertInto('attachments')
        .values({
          id: this.ids.next(),
          workOrderId: orderId,
          mediaType: photo.mediaType,
          bytes: photo.bytes.byteLength,
          sha256,
          uploadedBy: person.id,
          uploadedAt: new Date(this.clock.now()),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      audit({
        actor: { kind: 'person', id: person.id },
        action: 'work-order.photo-added',
        subjectType: 'work-order',
        subjectId: orderId,
        change: { attachmentId: row.id, sha256: sha256.toString('hex') },
      });
      return { ok: true, attachment: toAttachment(row, person.name) };
    });
  }

  /** The photo, for those who may see its order; `undefined` for all others and when there is none. */
  async read(person: Person, attachmentId: string): Promise<{ mediaType: string; bytes: Buffer } | undefined> {
    const row = await this.database
      .selectFrom('attachments')
      .innerJoin('workOrders', 'workOrders.id', 'attachments.workOrderId')
      .select(['attachments.mediaType', 'attachments.sha256'])
      .select(['workOrders.areaId', 'workOrders.dutyGridId', 'workOrders.assigneeId', 'workOrders.handlerId'])
      .select(['workOrders.id', 'workOrders.finderId', 'workOrders.involved'])
      .where('attachments.id', '=', attachmentId)
      .executeTakeFirst();
    if (!row) return undefined;
    const viewpoint = await this.access.viewpointOf(person);
    if (!(await viewpoint.maySee(row))) return undefined;
    const bytes = await this.files.get(row.sha256);
    return bytes && { mediaType: row.mediaType, bytes };
  }

  private async refusal(person: Person, orderId: string): Promise<AttachResult | undefined> {
    const order = await this.database.selectFrom('workOrders').selectAll().where('id', '=', orderId).executeTakeFirst();
    const viewpoint = await this.access.viewpointOf(person);
    if (!order || !(await viewpoint.maySee(order)))
      return { ok: false, code: 'not-found', message: 'no such work order' };
    if (!isOpen(order.state)) return { ok: false, code: 'action-not-allowed', message: 'the order is final' };
    return undefined;
  }

  private async nameOf(db: Kysely<Database>, personId: string): Promise<string> {
    const row = await db.selectFrom('people').select('name').where('id', '=', personId).executeTakeFirstOrThrow();
    return row.name;
  }
}
