/** Injection token of the `Kysely<Database>`. */
export const DATABASE = Symbol('Database');

/** Injection token of a second `Kysely<Database>`, of few connections that stay open: for what must not wait for the others. */
export const URGENT_DATABASE = Symbol('UrgentDatabase');
