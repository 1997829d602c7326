import type { JudgedAlarms, Report, Text } from '@sc/contracts';
import { areaScope } from '@sc/features/directory';
import { sql } from 'kysely';
import type { Db, ReportSelection } from './selection.js';

/** More rules than anybody reads through. */
const mostRules = 100;
const mostWorst = 10;

interface Sum {
  domain: string | null;
  ruleId: string | null;
  deviceId: string | null;
  title: Text | null;
  deviceName: string | null;
  alarms: number;
  judgedTrue: number;
  judgedFalse: number;
  judgedTest: number;
}

/** What people said of the alarms: of all, of each kind of device and rule, and the rules on devices that were wrong most. */
export async function judgeAlarms(
  db: Db,
  { from, to, areaId }: Pick<ReportSelection, 'from' | 'to' | 'areaId'>,
): Promise<Report['quality']> {
  const { rows } = await sql<Sum>`
    with pairs as materialized (
      select a.domain, a.rule_id, a.device_id, count(*)::int as alarms,
        (count(*) filter (where a.judgement = 'true'))::int as judged_true,
        (count(*) filter (where a.judgement = 'false'))::int as judged_false,
        (count(*) filter (where a.judgement = 'test'))::int as judged_test
      from alarms a join areas on areas.id = a.area_id
      where a.raised_at >= ${from} and a.raised_at < ${to} and ${areaScope(areaId)}
      group by a.domain, a.rule_id, a.device_id
    ), sums as (
      -- without any alarm there is the row of all, and its sums are none
      select domain, rule_id, null::text as device_id, coalesce(sum(alarms), 0)::int as alarms,
        coalesce(sum(judged_true), 0)::int as judged_true, coalesce(sum(judged_false), 0)::int as judged_false,
        coalesce(sum(judged_test), 0)::int as judged_test
      from pairs group by grouping sets ((), (domain), (domain, rule_id))
      union all
      (select domain, rule_id, device_id, alarms, judged_true, judged_false, judged_test from pairs
        where judged_false > 0 order by judged_false desc, alarms desc, rule_id, device_id limit ${mostWorst})
    )
    select sums.*, rules.definition -> 'title' as title, devices.name as device_name
    from sums left join rules on rules.id = sums.rule_id left join devices on devices.id = sums.device_id
    order by alarms desc, rule_id, device_id`.execute(db);
  const total = rows.find(({ domain }) => domain === null);
  const rules = rows.filter(({ ruleId, deviceId }) => ruleId && !deviceId);
  const named = ({ ruleId, title }: Sum) => ({
    ruleId: ruleId!,
    title: title ?? { 'zh-CN': ruleId!, en: ruleId! },
  });
  return {
    total: judgedOf(total),
    kinds: rows
      .filter(({ domain, ruleId }) => domain !== null && !ruleId)
      .map((row) => ({ domain: row.domain!, ...judgedOf(row) })),
    rules: rules.slice(0, mostRules).map((row) => ({ ...named(row), domain: row.domain!, ...judgedOf(row) })),
    left: Math.max(0, rules.length - mostRules),
    worst: rows
      .filter(({ deviceId }) => deviceId)
      .toSorted((a, b) => b.judgedFalse - a.judgedFalse)
      .map((row) => ({
        ...named(row),
        deviceId: row.deviceId!,
        deviceName: row.deviceName ?? row.deviceId!,
        ...judgedOf(row),
      })),
  };
}

function judgedOf(sum: Pick<Sum, 'alarms' | 'judgedTrue' | 'judgedFalse' | 'judgedTest'> | undefined): JudgedAlarms {
  const { alarms = 0, judgedTrue = 0, judgedFalse = 0, judgedTest = 0 } = sum ?? {};
  const decided = judgedTrue + judgedFalse;
  return { alarms, judgedTrue, judgedFalse, judgedTest, precision: decided ? judgedTrue / decided : null };
}
