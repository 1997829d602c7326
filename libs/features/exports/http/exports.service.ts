import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { CreateExport, Export, Person } from '@sc/contracts';
import { devicesSeenBy, maySeeDevices } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { DATABASE, type Database, type Transaction, UnitOfWork } from '@sc/platform/database';
import { commonRefusals, ProblemError } from '@sc/platform/http';
import { tooManyWords } from '@sc/platform/jobs';
import type { Kysely } from 'kysely';
import { ExportFiles } from '../export-files.js';
import { ExportRunner } from '../export-runner.js';
import { type ExportRow, ExportStore } from '../export-store.js';
import { EXPORT_LIMITS, type ExportLimits } from '../limits.js';
import { refusals } from '../refusals.js';
import { exportView, fileNameOf } from './export-view.js';

export interface ExportDownload {
  name: string;
  bytes: number;
  stream: ReadStream;
}

@Injectable()
export class ExportsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ExportStore,
    private readonly files: ExportFiles,
    private readonly runner: ExportRunner,
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(EXPORT_LIMITS) private readonly limits: ExportLimits,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws ProblemError `not-found` (a device or area the person does not see), `invalid-request`, `too-many-exports` */
  async create(person: Person, request: CreateExport): Promise<Export> {
    const { deviceIds: named, areaId: within } = request;
    const most = this.limits.devices;
    const deviceIds = await devicesSeenBy(this.db, person, { deviceIds: named, areaId: within, most });
    const row = await this.unitOfWork.run(async (transaction) => {
      await this.assertFew(transaction, person);
      const inserted = await transaction.db
        .insertInto('exports')
        .values({
          id: this.ids.next(),
          personId: person.id,
          format: request.format,
          deviceIds,
          areaId: request.areaId ?? null,
          metrics: request.metrics ? [...new Set(request.metrics)] : null,
          fromAt: new Date(request.from),
          toAt: new Date(request.to),
          state: 'waiting',
          createdAt: new Date(this.clock.now()),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      const { areaId, metrics, from, to, format } = request;
      const devices = deviceIds.length <= 10 ? deviceIds : deviceIds.length;
      note(transaction, person, inserted.id, 'export.requested', { areaId, devices, metrics, from, to, format });
      return inserted;
    });
    this.runner.wake();
    return exportView(row);
  }

  /** The person's own, newest first. */
  async list(person: Person): Promise<Export[]> {
    const rows = await this.own(person).orderBy('createdAt', 'desc').orderBy('id').limit(200).execute();
    return rows.map(exportView);
  }

  async find(person: Person, id: string): Promise<Export> {
    return exportView(await this.row(person, id));
  }

  /** The file of one that is done. Rights are those of now. @throws ProblemError `not-found`, `forbidden`, `conflict`, `unavailable` */
  async download(person: Person, id: string): Promise<ExportDownload> {
    const row = await this.row(person, id);
    if (row.state !== 'done') throw new ProblemError('conflict', refusals.noFileOfIt);
    if (!(await maySeeDevices(this.db, row))) throw new ProblemError('forbidden', commonRefusals.devicesOutOfSight);
    const path = this.files.path(row);
    const { size } = await stat(path).catch(() => {
      throw new ProblemError('unavailable', refusals.fileElsewhere);
    });
    await this.unitOfWork.run(async (transaction) =>
      note(transaction, person, id, 'export.downloaded', { bytes: size }),
    );
    return { name: fileNameOf(row), bytes: size, stream: createReadStream(path) };
  }

  /** Ends it where it runs, and removes row and file. */
  async remove(person: Person, id: string): Promise<void> {
    const row = await this.db
      .deleteFrom('exports')
      .where('id', '=', id)
      .where('personId', '=', person.id)
      .returningAll()
      .executeTakeFirst();
    if (!row) throw new ProblemError('not-found', refusals.noExport);
    this.runner.cancel(id);
    await this.files.remove(row);
  }

  private own(person: Person) {
    return this.db.selectFrom('exports').selectAll().where('personId', '=', person.id);
  }

  private async row(person: Person, id: string): Promise<ExportRow> {
    const row = await this.own(person).where('id', '=', id).executeTakeFirst();
    if (!row) throw new ProblemError('not-found', refusals.noExport);
    return row;
  }

  private async assertFew({ db }: Transaction, person: Person): Promise<void> {
    const refusal = await this.store.tooMany(db, person.id);
    if (refusal) throw new ProblemError('too-many-exports', tooManyWords[refusal]);
  }
}

function note(
  transaction: Transaction,
  person: Person,
  id: string,
  action: 'export.requested' | 'export.downloaded',
  change: Record<string, unknown>,
): void {
  const actor = { kind: 'person' as const, id: person.id };
  transaction.audit({ actor, action, subjectType: 'export', subjectId: id, change });
}
