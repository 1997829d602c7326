import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type AuditEntry,
  auditEntrySchema,
  type AuditQuery,
  auditQuerySchema,
  type AuditVerification,
  auditVerificationSchema,
  type Page,
  pageOf,
} from '@sc/contracts';
import { DATABASE, type Database } from '@sc/platform/database';
import { Answers, commonRefusals, decodeCursor, encodeCursor, ProblemError, Roles } from '@sc/platform/http';
import { type Kysely, sql } from 'kysely';
import { AuditVerifier } from '../audit-verifier.js';

@ApiTags('audit')
@Roles('admin')
@Controller('audit')
export class AuditController {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    private readonly verifier: AuditVerifier,
  ) {}

  /** The audit trail, newest first; of one actor, one subject or a time where asked for. */
  @Get()
  @Answers(pageOf(auditEntrySchema))
  async list(@Query({ schema: auditQuerySchema }) query: AuditQuery): Promise<Page<AuditEntry>> {
    let select = this.db
      .selectFrom('auditTrail')
      .leftJoin('people', (join) =>
        join.on(sql<boolean>`people.id::text = audit_trail.actor_id and audit_trail.actor_kind = 'person'`),
      )
      .selectAll('auditTrail')
      .select('people.name as actorName');
    for (const name of ['actorKind', 'actorId', 'subjectType', 'subjectId'] as const)
      if (query[name] !== undefined) select = select.where(`auditTrail.${name}`, '=', query[name]);
    if (query.from) select = select.where('auditTrail.at', '>=', new Date(query.from));
    if (query.to) select = select.where('auditTrail.at', '<', new Date(query.to));
    if (query.cursor) select = select.where('sequence', '<', parseCursor(query.cursor));
    const rows = await select
      .orderBy('sequence', 'desc')
      .limit(query.limit + 1)
      .execute();
    const items = rows.slice(0, query.limit).map(({ previousHash: _, at, hash, ...row }) => ({
      ...row,
      at: at.toISOString(),
      hash: hash.toString('hex'),
    }));
    return { items, nextCursor: rows.length > query.limit ? encodeCursor([items.at(-1)!.sequence]) : null };
  }

  /** Computes the whole chain again and tells the first entry that does not fit. */
  @Get('verification')
  @Answers(auditVerificationSchema)
  verify(): Promise<AuditVerification> {
    return this.verifier.verify();
  }
}

function parseCursor(cursor: string): number {
  const [sequence] = decodeCursor(cursor, 1);
  if (!Number.isSafeInteger(sequence)) throw new ProblemError('invalid-request', commonRefusals.strangeCursor);
  return sequence as number;
}
