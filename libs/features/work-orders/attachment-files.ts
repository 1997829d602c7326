import { Inject, Injectable } from '@nestjs/common';
import type { Person } from '@sc/contracts';
import { DATABASE, type Database, type Row } from '@sc/platform/database';
import { StoredFiles, thumbnailOf } from '@sc/platform/files';
import type { Kysely } from 'kysely';
import { OrderAccess } from './access.js';

export interface ServedFile {
  mediaType: string;
  bytes: Buffer;
}

/** The files of attachments. Who may see them is asked of the order each time, so a person who lost the order lost its photos. */
@Injectable()
export class AttachmentFiles {
  constructor(
    private readonly access: OrderAccess,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    private readonly files: StoredFiles,
  ) {}

  /** `undefined` for all who may not see its order, when there is none, and when its time is over. */
  async read(person: Person, id: string): Promise<ServedFile | undefined> {
    const row = await this.visible(person, id);
    const bytes = row && (await this.files.get(row.sha256));
    return bytes && { mediaType: row.mediaType, bytes };
  }

  /** A small picture of a photo, made when it is first looked at; of what cannot be made smaller the photo itself. */
  async thumbnail(person: Person, id: string): Promise<ServedFile | undefined> {
    const row = await this.visible(person, id);
    if (!row || row.kind === 'voice') return undefined;
    const kept = row.thumbnailSha256 && (await this.files.get(row.thumbnailSha256));
    if (kept) return { mediaType: 'image/webp', bytes: kept };
    const photo = await this.files.get(row.sha256);
    const made = photo && (await thumbnailOf(photo));
    if (!made) return photo && { mediaType: row.mediaType, bytes: photo };
    await this.keep(row, made);
    return { mediaType: 'image/webp', bytes: made };
  }

  /** Not for a file that expired meanwhile: nobody would take the thumbnail away again. */
  private async keep({ id }: Row<'attachments'>, thumbnail: Buffer): Promise<void> {
    const thumbnailSha256 = await this.files.put(thumbnail);
    await this.database
      .updateTable('attachments')
      .set({ thumbnailSha256 })
      .where('id', '=', id)
      .where('expiredAt', 'is', null)
      .execute();
  }

  private async visible(person: Person, id: string): Promise<Row<'attachments'> | undefined> {
    const row = await this.database
      .selectFrom('attachments')
      .selectAll()
      .where('id', '=', id)
      .where('expiredAt', 'is', null)
      .executeTakeFirst();
    if (!row) return undefined;
    const order = await this.database
      .selectFrom('workOrders')
      .selectAll()
      .where('id', '=', row.workOrderId)
      .executeTakeFirstOrThrow();
    const viewpoint = await this.access.viewpointOf(person);
    return (await viewpoint.maySee(order)) ? row : undefined;
  }
}
