import { Inject, Injectable } from '@nestjs/common';
import type { AttachmentFields } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { StoredFiles } from '@sc/platform/files';
import { commonRefusals } from '@sc/platform/http';
import type { Kysely } from 'kysely';
import type { ServedFile } from './attachment-files.js';
import { isOpen } from './machine.js';
import { prepareAttachment, type Unfit } from './prepare-attachment.js';
import { refusals } from './refusals.js';

/** How many photos and voice notes one resident may send with a case. */
interface MostAttachments {
  photos: number;
  voices: number;
}
type KeptAttachment = { ok: true; id: string } | Unfit;

/** Photos and voice notes of residents, and what of a case is shown to them. Whose link it is was asked before. */
@Injectable()
export class ResidentAttachments {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly files: StoredFiles,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** The same `requestId` or content of the same link is the same attachment. As with staff, the file comes before its row. */
  async keep(
    of: { linkId: string; orderId: string },
    upload: Buffer,
    fields: AttachmentFields & { requestId: string },
    most: MostAttachments,
  ): Promise<KeptAttachment> {
    const prepared = await prepareAttachment(upload, fields);
    if ('ok' in prepared) return prepared;
    const { bytes, ...kept } = prepared;
    const sha256 = await this.files.put(bytes);
    return this.unitOfWork.run(async ({ db, audit }): Promise<KeptAttachment> => {
      const order = await db
        .selectFrom('workOrders')
        .select('state')
        .where('id', '=', of.orderId)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const own = await db.selectFrom('attachments').selectAll().where('residentLinkId', '=', of.linkId).execute();
      const same = own.find((row) => row.requestId === fields.requestId || row.sha256.equals(sha256));
      if (same) return { ok: true, id: same.id };
      if (!isOpen(order.state)) return { ok: false, code: 'action-not-allowed', reason: commonRefusals.caseOver };
      const alike = own.filter(({ kind }) => (kind === 'voice') === (kept.kind === 'voice')).length;
      if (alike >= (kept.kind === 'voice' ? most.voices : most.photos))
        return {
          ok: false,
          code: 'beyond-limit',
          reason: refusals.tooManyOfResident(most.photos, most.voices),
        };
      const id = this.ids.next();
      await db
        .insertInto('attachments')
        .values({
          id,
          workOrderId: of.orderId,
          residentLinkId: of.linkId,
          sha256,
          ...kept,
          // How it was: what is shown as solved comes from staff.
          kind: kept.kind === 'voice' ? 'voice' : 'before',
          bytes: bytes.byteLength,
          uploadedAt: new Date(this.clock.now()),
          requestId: fields.requestId,
        })
        .execute();
      audit({
        actor: { kind: 'system', id: 'residents' },
        action: kept.kind === 'voice' ? 'work-order.voice-added' : 'work-order.photo-added',
        subjectType: 'work-order',
        subjectId: of.orderId,
        change: { attachmentId: id, sha256: sha256.toString('hex') },
      });
      return { ok: true, id };
    });
  }

  /** A photo of these orders that staff show to residents. */
  async publicPhoto(orderIds: readonly string[], id: string): Promise<ServedFile | undefined> {
    const row = await this.database
      .selectFrom('attachments')
      .select(['sha256', 'mediaType'])
      .where('id', '=', id)
      .where('workOrderId', 'in', [...orderIds])
      .where('publicAt', 'is not', null)
      .where('kind', '<>', 'voice')
      .where('expiredAt', 'is', null)
      .executeTakeFirst();
    const bytes = row && (await this.files.get(row.sha256));
    return bytes && { mediaType: row.mediaType, bytes };
  }
}
