/** The embedded PostgreSQL cannot be used; the message says what a person can do about it. */
export class EmbeddedPostgresError extends Error {
  readonly code = 'embedded-postgres-failed';
}
