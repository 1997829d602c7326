import type { Text } from '@sc/contracts';
import { sql } from 'kysely';

/**
 * The name of the row of `areas` in an outer query, with its building before it: "Building 1 · Kitchen". A room's name
 * alone does not tell anybody where to go. Whoever may see the alarm or order may know it, also an officer of another grid.
 */
export const placeName = sql<Text>`(
  select jsonb_build_object(
    'zh-CN', string_agg(part.name ->> 'zh-CN', ' · ' order by cardinality(part.path)),
    'en', string_agg(part.name ->> 'en', ' · ' order by cardinality(part.path)))
  from areas part
  where part.id = any(areas.path)
    and (part.id = areas.id or exists (
      select from areas building
      where building.kind = 'building' and building.id = any(part.path) and building.id = any(areas.path))))`;
