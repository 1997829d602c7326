import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  type Notification,
  notificationSchema,
  type Page,
  pageOf,
  type PageQuery,
  pageQuerySchema,
  type Person,
  uuidSchema,
} from '@sc/contracts';
import { orderNumber } from '@sc/features/work-orders';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database, UnitOfWork } from '@sc/platform/database';
import { Answers, ApiProblems, CurrentPerson, decodeCursor, encodeCursor, ProblemError } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { refusals } from '../refusals.js';

@ApiTags('notifications')
@Controller('notifications')
export class NotificationsController {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What the asking person was told, newest first. */
  @Get()
  @Answers(pageOf(notificationSchema))
  async list(
    @CurrentPerson() person: Person,
    @Query({ schema: pageQuerySchema }) { cursor, limit }: PageQuery,
  ): Promise<Page<Notification>> {
    let query = this.database
      .selectFrom('notifications as n')
      .leftJoin('workOrders as o', 'o.id', 'n.workOrderId')
      .leftJoin('rounds as r', 'r.id', 'n.roundId')
      .select(['n.id', 'n.kind', 'n.workOrderId', 'n.roundId', 'n.message', 'n.quiet'])
      .select(['n.createdAt', 'n.readAt', 'o.sequence'])
      .select(({ fn }) => fn.coalesce('o.title', 'r.title').as('title'))
      .where('n.personId', '=', person.id)
      .orderBy('n.createdAt', 'desc')
      .orderBy('n.id', 'desc')
      .limit(limit + 1);
    if (cursor) {
      const [createdAt, id] = decodeCursor(cursor, 2);
      query = query.where(
        sql<boolean>`(n.created_at, n.id::text) < (to_timestamp(${createdAt}::float8 / 1000), ${id})`,
      );
    }
    const rows = await query.execute();
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map((row) => ({
        id: row.id,
        kind: row.kind as Notification['kind'],
        workOrderId: row.workOrderId,
        workOrderNumber: row.sequence === null ? null : orderNumber(row.sequence),
        roundId: row.roundId,
        // as it was told; what was told by an earlier version has its title alone
        title: row.message?.body ?? row.title,
        quiet: row.quiet,
        createdAt: row.createdAt.toISOString(),
        readAt: row.readAt?.toISOString() ?? null,
      })),
      nextCursor: rows.length > limit && last ? encodeCursor([last.createdAt.getTime(), last.id]) : null,
    };
  }

  /** Marks one as read; again changes nothing. */
  @Post(':id/read')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Read.' })
  @ApiProblems('not-found')
  async read(@CurrentPerson() person: Person, @Param('id', { schema: uuidSchema }) id: string): Promise<void> {
    const readAt = new Date(this.clock.now());
    const found = await this.unitOfWork.run(({ db }) =>
      db
        .updateTable('notifications')
        .set(({ fn, val }) => ({ readAt: fn.coalesce('readAt', val(readAt)) }))
        .where('id', '=', id)
        .where('personId', '=', person.id)
        .executeTakeFirst(),
    );
    if (!found.numUpdatedRows) throw new ProblemError('not-found', refusals.noNotification);
  }
}
