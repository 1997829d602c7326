import type { ReportPiece } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import type { Transaction } from 'kysely';

/** What a report is about. */
export interface ReportSelection {
  from: Date;
  to: Date;
  areaId: string;
  every: ReportPiece;
  timeZone: string;
}

export type Db = Transaction<Database>;
