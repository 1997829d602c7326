import { Inject, Injectable } from '@nestjs/common';
import type { AuditVerification } from '@sc/contracts';
import { auditHash, DATABASE, type Database, genesisHash, type Row } from '@sc/platform/database';
import type { Kysely } from 'kysely';

/** Entries in memory at once; between two chunks other work of the process has its turn. */
const chunk = 1000;

/** Computes the chain again from the first entry. */
@Injectable()
export class AuditVerifier {
  private running: Promise<AuditVerification> | undefined;

  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  /** One verification at a time: who asks meanwhile gets the answer of the one under way. */
  verify(): Promise<AuditVerification> {
    this.running ??= this.run().finally(() => (this.running = undefined));
    return this.running;
  }

  private async run(): Promise<AuditVerification> {
    let entries = 0;
    let previous: { sequence: number; hash: Buffer } = { sequence: 0, hash: genesisHash };
    let firstBrokenSequence: number | null = null;
    for (;;) {
      const rows = await this.after(previous.sequence);
      if (rows.length === 0) return { entries, intact: firstBrokenSequence === null, firstBrokenSequence };
      for (const row of rows) {
        entries += 1;
        if (firstBrokenSequence === null && !follows(row, previous))
          firstBrokenSequence = previous.sequence + 1 < row.sequence ? previous.sequence + 1 : row.sequence;
        previous = row;
      }
    }
  }

  private after(sequence: number): Promise<Row<'auditTrail'>[]> {
    return this.db
      .selectFrom('auditTrail')
      .selectAll()
      .where('sequence', '>', sequence)
      .orderBy('sequence')
      .limit(chunk)
      .execute();
  }
}

function follows(row: Row<'auditTrail'>, previous: { sequence: number; hash: Buffer }): boolean {
  if (row.sequence !== previous.sequence + 1 || !row.previousHash.equals(previous.hash)) return false;
  const { actorKind, actorId, action, subjectType, subjectId, change } = row;
  const record = { actor: { kind: actorKind, id: actorId }, action, subjectType, subjectId, change };
  return auditHash(previous.hash, row.sequence, row.at, record).equals(row.hash);
}
