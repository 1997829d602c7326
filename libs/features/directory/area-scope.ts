import { type RawBuilder, sql } from 'kysely';

/**
 * SQL condition for a query that joins `areas`: the area is the person's area or lies below it.
 * @param scope the `areaId` of the person who asks
 */
export const areaScope = (scope: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref('areas.path')} @> array[${scope}]::text[]`;

/** The same for an area that the person's area lies in: what is above them, and their own. */
export const isAbove = (scope: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref('areas.id')} = any((select path from areas own where own.id = ${scope})::text[])`;
