import { Inject, Injectable } from '@nestjs/common';
import type { Person, TakeOutOfService, Text } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Transaction, UnitOfWork, violatedUnique } from '@sc/platform/database';
import { ProblemError } from '@sc/platform/http';
import { refusals } from './refusals.js';
import { Silences } from './silences.js';

/** Devices, or single rules on them, that are not listened to until somebody takes them back. Each change is in the audit trail. */
@Injectable()
export class OutOfServiceService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly silences: Silences,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /** @throws ProblemError `not-found` (device or rule), `already-exists` when it is out of service */
  async take(person: Person, { deviceId, ruleId, reason }: TakeOutOfService): Promise<void> {
    try {
      await this.unitOfWork.run(async (tx) => {
        const device = await tx.db
          .selectFrom('devices')
          .innerJoin('areas', 'areas.id', 'devices.areaId')
          .select(['devices.domain', 'devices.state'])
          .where('devices.id', '=', deviceId)
          .where(areaScope(person.areaId))
          .executeTakeFirst();
        if (!device || device.state === 'retired') throw missing('deviceId', refusals.noDevice);
        if (ruleId !== undefined) {
          const rule = tx.db
            .selectFrom('rules')
            .select('id')
            .where('id', '=', ruleId)
            .where('domain', '=', device.domain);
          if (!(await rule.executeTakeFirst())) throw missing('ruleId', refusals.noRuleOfDevice);
        }
        const id = this.ids.next();
        const takenAt = new Date(this.clock.now());
        const row = { id, deviceId, ruleId: ruleId ?? null, reason, takenBy: person.id, takenAt };
        await tx.db.insertInto('outOfService').values(row).execute();
        await this.silences.review(tx, [deviceId]);
        this.record(tx, person, 'taken', id, { deviceId, ruleId, reason });
      });
    } catch (error) {
      if (violatedUnique(error) === 'out_of_service_one') throw new ProblemError('already-exists', refusals.outAlready);
      throw error;
    }
  }

  /** What holds then is raised then. Twice is once. @throws ProblemError `not-found` */
  async giveBack(person: Person, id: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const row = await tx.db
        .selectFrom('outOfService')
        .innerJoin('devices', 'devices.id', 'outOfService.deviceId')
        .innerJoin('areas', 'areas.id', 'devices.areaId')
        .select(['outOfService.id', 'outOfService.deviceId', 'outOfService.ruleId', 'outOfService.returnedAt'])
        .where('outOfService.id', '=', id)
        .where(areaScope(person.areaId))
        .executeTakeFirst();
      if (!row) throw new ProblemError('not-found', refusals.notOut);
      const { numUpdatedRows } = await tx.db
        .updateTable('outOfService')
        .set({ returnedAt: new Date(this.clock.now()), returnedBy: person.id })
        .where('id', '=', id)
        .where('returnedAt', 'is', null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return;
      await this.silences.review(tx, [row.deviceId]);
      this.record(tx, person, 'returned', id, { deviceId: row.deviceId, ruleId: row.ruleId });
    });
  }

  private record(
    tx: Transaction,
    person: Person,
    what: 'taken' | 'returned',
    subjectId: string,
    change: Record<string, unknown>,
  ): void {
    tx.audit({
      actor: { kind: 'person', id: person.id },
      action: `out-of-service.${what}`,
      subjectType: 'out-of-service',
      subjectId,
      change,
    });
  }
}

const missing = (path: string, reason: Text) => new ProblemError('not-found', reason, [{ path, message: reason }]);
