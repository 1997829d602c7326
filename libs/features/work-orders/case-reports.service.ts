import { Inject, Injectable } from '@nestjs/common';
import type { Person, ProblemCode, ReportCase, Text } from '@sc/contracts';
import { Directory } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { type Transaction, UnitOfWork } from '@sc/platform/database';
import { CaseIntake, UnknownKindOfWork } from './case-intake.js';
import { refusals } from './refusals.js';

type ReportResult = { ok: true; id: string } | { ok: false; code: ProblemCode; reason: Text };

/** What staff found themselves. */
@Injectable()
export class CaseReports {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly intake: CaseIntake,
    private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The same key from the same person is the same case, whatever else it says. */
  async report(person: Person, report: ReportCase): Promise<ReportResult> {
    const { category, areaId, position, placement, description, solving, key } = report;
    try {
      return await this.unitOfWork.run(async (transaction): Promise<ReportResult> => {
        if (!(await this.mayReport(transaction, person, areaId)))
          return { ok: false, code: 'forbidden', reason: refusals.notThere };
        const order = await this.intake.open(transaction, {
          source: 'person',
          category,
          areaId,
          ...(position ? { longitude: position[0], latitude: position[1] } : {}),
          ...(placement ? { placement } : {}),
          description,
          finderId: person.id,
          key: `${person.id}:${key}`,
          solving,
        });
        return { ok: true, id: order.id };
      });
    } catch (error) {
      if (!(error instanceof UnknownKindOfWork)) throw error;
      return { ok: false, code: 'invalid-request', reason: error.reason };
    }
  }

  /** Where their role is, and where they walk: the community of the grid they are on shift in. */
  private async mayReport({ db }: Transaction, person: Person, areaId: string): Promise<boolean> {
    const { directory } = this;
    const path = await directory.areaPath(areaId, db);
    if (!path.length) return false;
    const shifts = await directory.shiftAreasOf(person.id, this.clock.now(), db);
    const walked = await Promise.all(shifts.map(async (id) => (await directory.communityOf(id, db)) ?? id));
    const own = (await directory.communityOf(person.areaId, db)) ?? person.areaId;
    return [own, ...walked].some((scope) => path.includes(scope));
  }
}
