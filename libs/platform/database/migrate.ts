import { type Kysely, type Migration, Migrator } from 'kysely';
import type { Database } from './schema.js';
import * as spine from './migrations/0001-spine.js';
import * as conditions from './migrations/0002-conditions.js';
import * as setup from './migrations/0003-setup.js';
import * as bridges from './migrations/0005-bridges.js';
import * as replay from './migrations/0006-replay.js';
import * as brokerFiles from './migrations/0007-broker-files.js';
import * as initialPassword from './migrations/0008-initial-password.js';
import * as processReports from './migrations/0010-process-reports.js';
import * as exports from './migrations/0011-exports.js';
import * as bundles from './migrations/0012-bundles.js';
import * as deviceLabels from './migrations/0013-device-labels.js';
import * as alarmLife from './migrations/0014-alarm-life.js';
import * as rulesAsData from './migrations/0015-rules-as-data.js';
import * as incidentsAndLoad from './migrations/0016-incidents-and-load.js';
import * as backTests from './migrations/0017-back-tests.js';
import * as detectorMemory from './migrations/0018-detector-memory.js';
import * as channels from './migrations/0019-channels.js';
import * as cases from './migrations/0020-cases.js';
import * as clocks from './migrations/0021-clocks.js';
import * as catalogue from './migrations/0022-catalogue.js';
import * as directory from './migrations/0023-directory.js';
import * as assignment from './migrations/0024-assignment.js';
import * as rounds from './migrations/0025-rounds.js';
import * as files from './migrations/0026-files.js';
import * as evaluation from './migrations/0027-evaluation.js';
import * as alarmsOfRule from './migrations/0028-alarms-of-rule.js';
import * as residents from './migrations/0029-residents.js';
import * as noticesAndFacts from './migrations/0033-notices-and-facts.js';
import * as savedFilters from './migrations/0035-saved-filters.js';
import * as handovers from './migrations/0036-handovers.js';
import * as deviceVitals from './migrations/0037-device-vitals.js';
import * as residentReads from './migrations/0038-resident-reads.js';
import * as ruleSourceTexts from './migrations/0039-rule-source-texts.js';

const migrations: Record<string, Migration> = {
  '0001-spine': spine,
  '0002-conditions': conditions,
  '0003-setup': setup,
  '0005-bridges': bridges,
  '0006-replay': replay,
  '0007-broker-files': brokerFiles,
  '0008-initial-password': initialPassword,
  '0010-process-reports': processReports,
  '0011-exports': exports,
  '0012-bundles': bundles,
  '0013-device-labels': deviceLabels,
  '0014-alarm-life': alarmLife,
  '0015-rules-as-data': rulesAsData,
  '0016-incidents-and-load': incidentsAndLoad,
  '0017-back-tests': backTests,
  '0018-detector-memory': detectorMemory,
  '0019-channels': channels,
  '0020-cases': cases,
  '0021-clocks': clocks,
  '0022-catalogue': catalogue,
  '0023-directory': directory,
  '0024-assignment': assignment,
  '0025-rounds': rounds,
  '0026-files': files,
  '0027-evaluation': evaluation,
  '0028-alarms-of-rule': alarmsOfRule,
  '0029-residents': residents,
  '0033-notices-and-facts': noticesAndFacts,
  '0035-saved-filters': savedFilters,
  '0036-handovers': handovers,
  '0037-device-vitals': deviceVitals,
  '0038-resident-reads': residentReads,
  '0039-rule-source-texts': ruleSourceTexts,
};

/**
 * Brings the schema to the newest version; does nothing when it is there. Safe to call from several processes at once.
 * @throws the first failing migration's error, after which nothing of that migration is kept
 */
export async function migrate(db: Kysely<Database>): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error;
  return (results ?? []).map((result) => result.migrationName);
}

/** The tables are of another version than this program. */
export class NotMigratedError extends Error {
  readonly code = 'not-migrated';
}

/** For programs that do not migrate themselves. @throws NotMigratedError naming what is missing */
export async function assertMigrated(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const missing = (await migrator.getMigrations()).filter(({ executedAt }) => !executedAt).map(({ name }) => name);
  if (missing.length > 0)
    throw new NotMigratedError(`the database lacks ${missing.join(', ')}: run prepare of this version first`);
}
