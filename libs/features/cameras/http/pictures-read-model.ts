import { Inject, Injectable } from '@nestjs/common';
import type { Person, Picture, Pictures } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { DATABASE, type Database } from '@sc/platform/database';
import { StoredFiles } from '@sc/platform/files';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import type { Kysely } from 'kysely';

const most = 50;
/** Between an alarm and the picture that shows why: a review may begin minutes before somebody enters the zone. */
const marginBeforeMs = 5 * 60_000;
const marginAfterMs = 60_000;

/** What persons see of pictures, within their area. */
@Injectable()
export class PicturesReadModel {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    private readonly files: StoredFiles,
  ) {}

  /** Of the review that the alarm is about, or of what its camera saw meanwhile. @throws ProblemError `not-found` */
  async ofAlarm(person: Person, alarmId: string): Promise<Pictures> {
    const alarm = await this.db
      .selectFrom('alarms')
      .innerJoin('areas', 'areas.id', 'alarms.areaId')
      .select(['alarms.deviceId', 'alarms.subject', 'alarms.raisedAt', 'alarms.clearedAt', 'alarms.lastSeenAt'])
      .where('alarms.id', '=', alarmId)
      .where(areaScope(person.areaId))
      .executeTakeFirst();
    if (!alarm) throw new ProblemError('not-found', commonRefusals.noAlarmOfYours);
    const { deviceId, subject, raisedAt, clearedAt, lastSeenAt } = alarm;
    const until = Math.max(lastSeenAt.getTime(), clearedAt?.getTime() ?? 0);
    const pictures = this.view(person).where('pictures.deviceId', '=', deviceId);
    return this.list(
      subject === ''
        ? pictures
            .where('pictures.takenAt', '>=', new Date(raisedAt.getTime() - marginBeforeMs))
            .where('pictures.takenAt', '<=', new Date(until + marginAfterMs))
        : pictures.where('pictures.pictureKey', '=', `review:${subject}`),
    );
  }

  /** The newest of a device; none for one outside the person's area. */
  async ofDevice(person: Person, deviceId: string): Promise<Pictures> {
    return this.list(this.view(person).where('pictures.deviceId', '=', deviceId));
  }

  /** The picture itself. @throws ProblemError `not-found`, also outside the person's area and while it is not stored */
  async read(person: Person, id: string): Promise<{ mediaType: string; bytes: Buffer }> {
    const row = await this.view(person)
      .select(['pictures.sha256', 'pictures.mediaType'])
      .where('pictures.id', '=', id)
      .executeTakeFirst();
    const bytes = row?.sha256 ? await this.files.get(row.sha256) : undefined;
    if (!row?.mediaType || !bytes) throw new ProblemError('not-found', commonRefusals.noPicture);
    return { mediaType: row.mediaType, bytes };
  }

  private async list(view: ReturnType<PicturesReadModel['view']>): Promise<Pictures> {
    const rows = await view.orderBy('pictures.takenAt', 'desc').orderBy('pictures.id').limit(most).execute();
    const items: Picture[] = rows.map(({ takenAt, ...row }) => ({ ...row, takenAt: takenAt.toISOString() }));
    return { items, nextCursor: null };
  }

  private view(person: Person) {
    return this.db
      .selectFrom('pictures')
      .innerJoin('devices', 'devices.id', 'pictures.deviceId')
      .innerJoin('areas', 'areas.id', 'devices.areaId')
      .select(['pictures.id', 'pictures.deviceId', 'pictures.state', 'pictures.reason', 'pictures.takenAt'])
      .where(areaScope(person.areaId));
  }
}
