import { type Kysely, sql } from 'kysely';

/** Where the level of a rule comes from is told in both languages. What was written in one stands in both until somebody translates it. */
const tables = [
  { table: 'rules', column: 'definition' },
  { table: 'rule_versions', column: 'definition' },
  { table: 'back_tests', column: 'rule' },
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const { table, column } of tables) {
    const rule = sql.ref(column);
    await sql`update ${sql.table(table)} set ${rule} = jsonb_set(${rule}, '{source}',
      jsonb_build_object('zh-CN', ${rule} -> 'source', 'en', ${rule} -> 'source'))
      where jsonb_typeof(${rule} -> 'source') = 'string'`.execute(db);
  }
}
