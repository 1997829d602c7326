import { Inject, Injectable } from '@nestjs/common';
import { CaseIntake, type NewCase, UnknownKindOfWork } from '@sc/features/work-orders';
import { type Row, type Transaction, UnitOfWork } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { RoundRow } from './round-ledger.js';
import { describeFailure } from './texts.js';

type AnswerRow = Row<'roundAnswers'>;
const mostAtOnce = 20;

/** A failed item is a case: one for each item of a round, however often it is reported. */
@Injectable()
export class FailedItems {
  constructor(
    private readonly cases: CaseIntake,
    private readonly unitOfWork: UnitOfWork,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** In the transaction of the answers. An answer is never lost because its kind of work is: then the sweep tries again. */
  async openFor(transaction: Transaction, round: RoundRow, answers: readonly AnswerRow[]): Promise<void> {
    for (const answer of answers) {
      if (!answer.failed || answer.workOrderId) continue;
      const workOrderId = await this.open(transaction, round, answer);
      if (!workOrderId) continue;
      await transaction.db.updateTable('roundAnswers').set({ workOrderId }).where('id', '=', answer.id).execute();
    }
  }

  /** Failed items whose kind of work the catalogue did not have. */
  async openMissingOnce(): Promise<boolean> {
    await this.unitOfWork.run(async (transaction) => {
      const waiting = await transaction.db
        .selectFrom('roundAnswers')
        .selectAll()
        .where('failed', '=', true)
        .where('workOrderId', 'is', null)
        .orderBy('receivedAt', 'desc')
        .limit(mostAtOnce)
        .forUpdate()
        .skipLocked()
        .execute();
      for (const answer of waiting) {
        const found = transaction.db.selectFrom('rounds').selectAll().where('id', '=', answer.roundId);
        await this.openFor(transaction, await found.executeTakeFirstOrThrow(), [answer]);
      }
    });
    return false;
  }

  private async open(transaction: Transaction, round: RoundRow, answer: AnswerRow): Promise<string | undefined> {
    const point = round.points.find(({ id }) => id === answer.checkPointId);
    const item = point?.checklist.find(({ key }) => key === answer.itemKey);
    if (!point || !item) return undefined;
    const wish = point.categories[item.key] ?? round.category;
    const facts = {
      source: 'round' as const,
      areaId: point.areaId ?? round.areaId,
      ...(point.position ? { longitude: point.position[0], latitude: point.position[1] } : {}),
      ...(point.placement ? { placement: point.placement } : {}),
      description: describeFailure(point.name, item, answer.value, answer.note),
      finderId: answer.personId,
      key: `${round.id}:${point.id}:${item.key}`,
    };
    for (const category of new Set([wish, round.category])) {
      const workOrderId = await this.tryOpen(transaction, { ...facts, category });
      if (workOrderId) return workOrderId;
    }
    return undefined;
  }

  private async tryOpen(transaction: Transaction, newCase: NewCase): Promise<string | undefined> {
    try {
      return (await this.cases.open(transaction, newCase)).id;
    } catch (error) {
      if (!(error instanceof UnknownKindOfWork)) throw error;
      this.logger.error(
        { category: newCase.category, key: newCase.key },
        'the case of a failed item has no kind of work',
      );
      return undefined;
    }
  }
}
