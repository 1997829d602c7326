/** Injection token of the `Kysely<Database>`. */
export const DATABASE = Symbol('Database');
