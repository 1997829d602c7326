import { Inject, Injectable } from '@nestjs/common';
import { type Fleet, type FleetDevice, fleetProblems, type FleetQuery, type Person } from '@sc/contracts';
import { placeName } from '@sc/features/directory';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { DATABASE, type Database } from '@sc/platform/database';
import { encodeCursor } from '@sc/platform/http';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type CountRow, type JudgedRow, noCounts, toCounts, toFleetDevice } from './fleet-rows.js';
import { after, sortKey, sortOrder } from './fleet-sorting.js';
import { judgedDevices } from './fleet-sql.js';

/** Of a table for spreadsheets: more than any fleet this is made for. */
const mostLines = 50_000;

/** How the devices of a person's area are themselves. */
@Injectable()
export class FleetReadModel {
  constructor(
    @Inject(DATABASE) private readonly db: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Counts and a page of devices, of one moment. */
  async fleet(person: Person, query: FleetQuery): Promise<Fleet> {
    const now = this.clock.now();
    const { rows } = await sql<{ counts: CountRow[] | null; items: JudgedRow[] | null }>`
      with ${judgedDevices(scopeOf(person, query, now))}, ${counted}, ${page(query, query.limit + 1)}
      select (select json_agg(counted) from counted) as counts,
        (select json_agg(named order by ${sortOrder(query.sort)}) from named) as items`.execute(this.db);
    const counts = rows[0]?.counts ?? [];
    const found = rows[0]?.items ?? [];
    const shown = found.slice(0, query.limit);
    const last = shown.at(-1);
    const all = counts.find(({ level, devices }) => level === 'all' && devices > 0);
    return {
      asOf: new Date(now).toISOString(),
      counts: all ? toCounts(all) : noCounts,
      grids: counts
        .filter(({ level }) => level === 'grid')
        .map((row) => ({ gridId: row.grid_id, gridName: row.grid_name, ...toCounts(row) })),
      domains: counts
        .filter(({ level }) => level === 'domain')
        .map((row) => ({ domain: row.domain!, ...toCounts(row) })),
      items: shown.map(toFleetDevice),
      nextCursor: found.length > query.limit && last ? encodeCursor([last.key, last.id]) : null,
    };
  }

  /** Every device that the filters leave, in the same order. */
  async all(person: Person, query: FleetQuery): Promise<FleetDevice[]> {
    const { rows } = await sql<{ items: JudgedRow[] | null }>`
      with ${judgedDevices(scopeOf(person, query, this.clock.now()))}, ${page({ ...query, cursor: undefined }, mostLines)}
      select json_agg(named order by ${sortOrder(query.sort)}) as items from named`.execute(this.db);
    return (rows[0]?.items ?? []).map(toFleetDevice);
  }
}

const scopeOf = (person: Person, { areaId, domain, q }: FleetQuery, now: number) => ({
  personAreaId: person.areaId,
  areaId,
  domain,
  q: q === '' ? undefined : q,
  now,
});

const counted = sql`sums as (
  select case when grouping(grid_id) = 0 then 'grid' when grouping(domain) = 0 then 'domain' else 'all' end as level,
    grid_id, domain, count(*)::int as devices,
    count(*) filter (where problems = '{}')::int as well,
    json_build_object(${sql.join(
      fleetProblems.flatMap((problem) => [
        sql.lit(problem),
        sql`count(*) filter (where ${sql.lit(problem)} = any(problems))`,
      ]),
    )}) as problems
  from judged group by grouping sets ((), (grid_id), (domain))),
  counted as (
    select sums.*, areas.name as grid_name from sums left join areas on areas.id = sums.grid_id
    order by sums.grid_id, sums.domain)`;

function page({ problem, sort, cursor }: FleetQuery, limit: number): RawBuilder<unknown> {
  const listed =
    problem === undefined
      ? sql`true`
      : problem === 'any'
        ? sql`problems <> '{}'`
        : problem === 'none'
          ? sql`problems = '{}'`
          : sql`${problem} = any(problems)`;
  // Names of places are put together for what is shown only: for all of 20,000 they cost more than the rest.
  return sql`page as (
    select judged.*, ${sortKey(sort)} as key from judged
    where ${listed} and ${cursor === undefined ? sql`true` : after(sort, cursor)}
    order by ${sortOrder(sort)} limit ${limit}),
  named as (select page.*, ${placeName} as area_name from page join areas on areas.id = page.area_id)`;
}
