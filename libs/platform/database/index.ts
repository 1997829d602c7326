export { isTransientDatabaseError, json, openDatabase, violatedUnique, type ConnectionOptions } from './connection.js';
export { DatabaseModule } from './database.module.js';
export { keepHouse } from './housekeeping.js';
export { assertMigrated, migrate } from './migrate.js';
export { whilePostgresIsAway } from './patience.js';
export { lastOutboxPosition, readOutbox, toStoredEvent } from './read-outbox.js';
export type { Database, NewRow, Row } from './schema.js';
export { DATABASE } from './tokens.js';
export { type Actor, auditHash, type AuditRecord, genesisHash, type Transaction, UnitOfWork } from './unit-of-work.js';
