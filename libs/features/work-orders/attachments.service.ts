import { Inject, Injectable } from '@nestjs/common';
import type { Attachment, AttachmentFields, Person } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { DATABASE, type Database, type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { StoredFiles } from '@sc/platform/files';
import { commonRefusals } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import { OrderAccess } from './access.js';
import { isOpen } from './machine.js';
import { type Prepared, prepareAttachment, type Unfit } from './prepare-attachment.js';
import { refusals } from './refusals.js';

/** Enough for any proof; without a bound one person could fill the disk. */
const mostPerOrder = 50;

export type AttachResult = { ok: true; attachment: Attachment } | Unfit;

export const toAttachment = (row: Row<'attachments'>, uploadedBy: string | null): Attachment => ({
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

/** Photos and voice notes of orders: how they come in. */
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
   * Keeps a photo or voice note with an open order. The same content again, or the same `requestId` of the same person, is the same
   * attachment. The file is in the store before the row that names it: a crash between the two leaves a file on its way, which goes
   * after a day, never a name without a file.
   */
  async attach(person: Person, orderId: string, upload: Buffer, fields: AttachmentFields = {}): Promise<AttachResult> {
    const refusal = await this.refusal(person, orderId);
    if (refusal) return refusal;
    const prepared = await prepareAttachment(upload, fields);
    if ('ok' in prepared) return prepared;
    const sha256 = await this.files.put(prepared.bytes);
    return this.unitOfWork.run(async (transaction): Promise<AttachResult> => {
      const { db } = transaction;
      // The lock keeps two uploads from both being the last that is allowed.
      const order = await db
        .selectFrom('workOrders')
        .select('state')
        .where('id', '=', orderId)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const present = await db.selectFrom('attachments').selectAll().where('workOrderId', '=', orderId).execute();
      const same =
        present.find((row) => fields.requestId && row.requestId === fields.requestId && row.uploadedBy === person.id) ??
        present.find((row) => row.sha256.equals(sha256));
      if (same) return { ok: true, attachment: toAttachment(same, await this.nameOf(db, same.uploadedBy)) };
      if (!isOpen(order.state)) return { ok: false, code: 'action-not-allowed', reason: refusals.ended };
      if (present.length >= mostPerOrder)
        return { ok: false, code: 'too-large', reason: refusals.tooManyAttachments(mostPerOrder) };
      const row = await this.insert(transaction, person, { workOrderId: orderId, sha256 }, prepared, fields);
      return { ok: true, attachment: toAttachment(row, person.name) };
    });
  }

  private async insert(
    { db, audit }: Transaction,
    person: Person,
    named: { workOrderId: string; sha256: Buffer },
    { bytes, ...prepared }: Prepared,
    { requestId, takenAt, longitude, latitude }: AttachmentFields,
  ): Promise<Row<'attachments'>> {
    const row = await db
      .insertInto('attachments')
      .values({
        id: this.ids.next(),
        ...named,
        ...prepared,
        bytes: bytes.byteLength,
        uploadedBy: person.id,
        uploadedAt: new Date(this.clock.now()),
        takenAt: takenAt === undefined ? null : new Date(takenAt),
        longitude,
        latitude,
        requestId,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    audit({
      actor: { kind: 'person', id: person.id },
      action: prepared.kind === 'voice' ? 'work-order.voice-added' : 'work-order.photo-added',
      subjectType: 'work-order',
      subjectId: named.workOrderId,
      change: { attachmentId: row.id, kind: row.kind, sha256: named.sha256.toString('hex') },
    });
    return row;
  }

  private async refusal(person: Person, orderId: string): Promise<Unfit | undefined> {
    const order = await this.database.selectFrom('workOrders').selectAll().where('id', '=', orderId).executeTakeFirst();
    const viewpoint = await this.access.viewpointOf(person);
    if (!order || !(await viewpoint.maySee(order)))
      return { ok: false, code: 'not-found', reason: commonRefusals.noWorkOrder };
    if (!isOpen(order.state)) return { ok: false, code: 'action-not-allowed', reason: refusals.ended };
    return undefined;
  }

  private async nameOf(db: Kysely<Database>, personId: string | null): Promise<string | null> {
    if (personId === null) return null;
    const row = await db.selectFrom('people').select('name').where('id', '=', personId).executeTakeFirstOrThrow();
    return row.name;
  }
}
