import { type CaseLimits, isUrgent, type Position, type Severity, type Text } from '@sc/contracts';
import { domains } from '@sc/domains';
import { areaScope } from '@sc/features/directory';
import type { Database } from '@sc/platform/database';
import { type Kysely, sql } from 'kysely';
import { type CaseRecord, newRecord } from '../simulation/world.js';

/** A case of the site, with what it asked for and what became of it. */
export interface SiteCase {
  at: number;
  category: string;
  title: Text;
  severity: Severity;
  areaId: string;
  position: Position | null;
  limits: Pick<CaseLimits, 'accept' | 'handle' | 'verify'>;
  skills: string[];
  teamId: string | null;
  lifeSafety: boolean;
  record: CaseRecord;
}

interface Row {
  createdAt: Date;
  category: string;
  title: Text;
  severity: Severity;
  areaId: string;
  longitude: number | null;
  latitude: number | null;
  limits: CaseLimits | null;
  acceptWithinSeconds: number;
  skills: string[];
  teamId: string | null;
  givenAt: Date | null;
  acceptedAt: Date | null;
  begunAt: Date | null;
  reportedAt: Date | null;
  closedAt: Date | null;
  acceptDue: Date | null;
  handleDue: Date | null;
  verifyDue: Date | null;
  wentUp: boolean;
  withManager: boolean;
  nobody: boolean | null;
}

const lifeSafety = new Map(
  domains.flatMap((domain) => domain.workOrders.map(({ category }) => [category, domain.lifeSafety] as const)),
);

/** The limit that stood when a step was left; while it runs, that of the order. */
const dueOf = (states: string[]) => sql`coalesce(
  max(s.due_at) filter (where s.from_state = any(${states}) and s.to_state <> all(${states}) and s.to_state <> 'suspended'),
  case when o.state = any(${states}) then o.due_at end)`;

/** Cases that somebody had to handle, by time: neither voided nor merged, nor over by themselves before anybody accepted. */
export async function readCases(
  db: Kysely<Database>,
  areaId: string,
  { from, to, most }: { from: number; to: number; most: number },
): Promise<SiteCase[]> {
  const { rows } = await sql<Row>`
    select o.created_at, o.category, o.title, o.severity, o.area_id, o.longitude, o.latitude, o.limits,
      o.accept_within_seconds, o.skills, o.team_id,
      min(s.at) filter (where s.to_state in ('dispatched', 'accepted')) as given_at,
      min(s.at) filter (where s.action = 'accept') as accepted_at,
      min(s.at) filter (where s.action = 'start') as begun_at,
      max(s.at) filter (where s.action = 'report') as reported_at,
      max(s.at) filter (where s.action = 'close') as closed_at,
      ${dueOf(['registered', 'dispatched'])} as accept_due, ${dueOf(['accepted', 'in-hand'])} as handle_due,
      ${dueOf(['reported', 'verified'])} as verify_due,
      bool_or(s.action = 'escalate') as went_up, bool_or(s.action = 'escalate' and s.data ->> 'outcome' = 'nobody') as nobody,
      coalesce((select role = 'manager' from people where people.id = o.handler_id), false) as with_manager
    from work_orders o join areas on areas.id = o.area_id join work_order_steps s on s.work_order_id = o.id
    where o.created_at >= ${new Date(from)} and o.created_at < ${new Date(to)} and ${areaScope(areaId)}
      and o.duplicate_of is null and o.state <> 'voided'
    group by o.id
    having o.state not in ('closed', 'evaluated') or bool_or(s.action = 'accept')
    order by o.created_at, o.id
    limit ${most}`.execute(db);
  return rows.map(toCase);
}

function toCase(row: Row): SiteCase {
  const { category, severity, longitude, latitude } = row;
  const accept = { amount: Math.max(1, Math.ceil(row.acceptWithinSeconds / 60)), unit: 'minutes' as const };
  return {
    at: row.createdAt.getTime(),
    category,
    title: row.title,
    severity,
    areaId: row.areaId,
    position: longitude === null || latitude === null ? null : [longitude, latitude],
    limits: row.limits ?? { accept, handle: null, verify: null },
    skills: row.skills,
    teamId: row.teamId,
    lifeSafety: isUrgent(severity) && (lifeSafety.get(category) ?? false),
    record: recordOf(row),
  };
}

const ms = (date: Date | null): number | null => date?.getTime() ?? null;

const recordOf = (row: Row): CaseRecord => ({
  ...newRecord(row.category, row.createdAt.getTime()),
  givenAt: ms(row.givenAt),
  acceptedAt: ms(row.acceptedAt),
  begunAt: ms(row.begunAt),
  reportedAt: ms(row.reportedAt),
  closedAt: ms(row.closedAt),
  acceptDue: ms(row.acceptDue),
  handleDue: ms(row.handleDue),
  verifyDue: ms(row.verifyDue),
  wentUp: row.wentUp,
  withManager: row.withManager,
  nobody: row.nobody ?? false,
});
