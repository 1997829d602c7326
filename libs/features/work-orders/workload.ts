import type { Position, Severity } from '@sc/contracts';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';

/** How much an order in hand weighs against taking another one. */
export const weightOf: Readonly<Record<Severity, number>> = {
  extreme: 4,
  severe: 3,
  moderate: 2,
  minor: 1,
  unknown: 1,
};

/** Who reported a step so long ago may be anywhere. */
const positionHoldsMs = 30 * 60_000;
/** No shift is longer: one planned for weeks does not count what was given long ago. */
const longestShiftMs = 24 * 3_600_000;
/** For who is asked without a shift. */
const ordinaryShiftMs = 12 * 3_600_000;

/** What somebody has to do, was given, and where they were last. */
export interface Workload {
  openOrders: number;
  load: number;
  givenInShift: number;
  lastGivenAt: number | null;
  /** Where their last step was made, as they said themselves; nobody is tracked. */
  seenAt: Position | null;
}

interface WorkloadRow {
  personId: string;
  openOrders: number;
  load: number;
  given: number;
  lastGivenAt: Date | null;
  longitude: number | null;
  latitude: number | null;
}

const inHand = ['dispatched', 'accepted', 'in-hand'];
const ended = ['closed', 'evaluated', 'voided'];

/** Of all of them in one statement. */
export async function workloadsOf(
  db: Kysely<Database>,
  personIds: readonly string[],
  now: number,
): Promise<Map<string, Workload>> {
  if (!personIds.length) return new Map();
  const at = new Date(now);
  const weights = sql.join(
    Object.entries(weightOf).map(([severity, weight]) => sql`when ${severity} then ${sql.lit(weight)}`),
    sql` `,
  );
  const { rows } = await sql<WorkloadRow>`
    select asked.id as person_id, work.open_orders, work.load, given.given, given.last_given_at, seen.longitude, seen.latitude
    from unnest(${personIds}::uuid[]) as asked (id)
    cross join lateral (
      select count(*)::int as open_orders,
        coalesce(sum(case o.severity ${weights} end) filter (where o.state = any(${inHand}::text[])), 0)::int as load
      from work_orders o where o.assignee_id = asked.id and o.state <> all(${ended}::text[])
    ) work
    cross join lateral (
      select count(*)::int as given, max(c.at) as last_given_at from work_order_candidates c
      where c.person_id = asked.id and c.chosen and c.at >= greatest(${new Date(now - longestShiftMs)}::timestamptz, coalesce(
        (select min(s.starts_at) from shifts s where s.person_id = asked.id and s.starts_at <= ${at} and s.ends_at > ${at}),
        ${new Date(now - ordinaryShiftMs)}::timestamptz))
    ) given
    left join lateral (
      select s.longitude, s.latitude from work_order_steps s
      where s.actor_id = asked.id::text and s.longitude is not null and s.at > ${new Date(now - positionHoldsMs)}
      order by s.at desc limit 1
    ) seen on true`.execute(db);
  return new Map(rows.map((row) => [row.personId, toWorkload(row)]));
}

const toWorkload = ({ longitude, latitude, lastGivenAt, ...row }: WorkloadRow): Workload => ({
  openOrders: row.openOrders,
  load: row.load,
  givenInShift: row.given,
  lastGivenAt: lastGivenAt?.getTime() ?? null,
  seenAt: longitude === null || latitude === null ? null : [longitude, latitude],
});
