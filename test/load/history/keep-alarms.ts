import { AlarmWriter } from '@sc/features/alarms';
import type { AlarmTransition } from '@sc/features/detection';
import { systemClock, systemIds } from '@sc/platform/clock';
import { type Database, UnitOfWork } from '@sc/platform/database';
import { createLogger } from '@sc/platform/logging';
import { RuleStore } from '@sc/features/detection';
import type { Kysely } from 'kysely';

/** Makes alarms of what a detector told, as ingest does. */
export async function keepAlarms(db: Kysely<Database>, told: readonly AlarmTransition[]): Promise<void> {
  const logger = createLogger('silent');
  const unitOfWork = new UnitOfWork(db, systemClock, systemIds);
  await new RuleStore(db, systemClock, logger, unitOfWork).seedDefaults();
  const writer = new AlarmWriter(systemClock, systemIds, logger);
  for (let start = 0; start < told.length; start += 500)
    await unitOfWork.run((transaction) => writer.apply(transaction, told.slice(start, start + 500)));
}
