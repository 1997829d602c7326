import { auditVerificationSchema } from '@sc/contracts';
import { acknowledgedIn, type Ledger, metricsEach, type ReadingsFound } from './ledger.js';
import { ask } from './postgres.js';
import { compareTimes, type Span } from './record.js';
import type { ExpectedAlarm, StoryDevice } from './story.js';
import type { Store, Target } from './target.js';
import { poll } from './poll.js';

/** Counts in the store every reading of the spans; waits while it is still catching up, not when there is too much. */
export async function checkReadings(
  target: Target,
  ledger: Ledger,
  spans: readonly Span[],
  limitMs: number,
): Promise<ReadingsFound> {
  const look = async () => {
    let [missing, doubled] = [0, 0];
    for (let metric = 0; metric < metricsEach; metric += 1) {
      const counts = await target.count(spans, (deviceId) => ledger.metricOf(deviceId, metric));
      spans.forEach(({ acknowledged }, index) => {
        missing += Math.max(0, acknowledged - counts[index]!);
        doubled += Math.max(0, counts[index]! - acknowledged);
      });
    }
    return { acknowledged: acknowledgedIn(spans), missing, doubled };
  };
  return poll(look, ({ missing }) => missing === 0, limitMs);
}

/** Compares every acknowledged time of the whole campaign with what the store itself holds. */
export async function checkStore(store: Store, ledger: Ledger): Promise<ReadingsFound & { foreign: number }> {
  const found = { acknowledged: 0, missing: 0, doubled: 0, foreign: 0 };
  for (const deviceId of ledger.deviceIds) {
    const acknowledged = ledger.timesOf(deviceId);
    found.acknowledged += acknowledged.length;
    for (let metric = 0; metric < metricsEach; metric += 1) {
      const stored = await store.times(deviceId, ledger.metricOf(deviceId, metric));
      const { missing, foreign } = compareTimes(acknowledged, ledger.withoutExcused(deviceId, stored));
      found.missing += missing;
      found.doubled += compareTimes(stored, stored).doubled;
      found.foreign += foreign;
    }
  }
  return found;
}

interface AlarmRow extends Record<string, unknown> {
  deviceId: string;
  ruleId: string;
  occurrences: number;
  incidentId: string | null;
  orders: number;
  assigned: number;
}

const alarmsQuery = `
  select a.device_id as "deviceId", a.rule_id as "ruleId", a.occurrences, a.incident_id as "incidentId",
    (select count(*)::int from work_orders w where w.incident_id = a.incident_id) as orders,
    (select count(*)::int from work_orders w where w.incident_id = a.incident_id and w.assignee_id is not null) as assigned
  from alarms a`;

/** Every alarm of the platform against those that have to be there, and the one order of each incident. @returns what is wrong */
export async function checkAlarms(target: Target, expected: readonly ExpectedAlarm[]): Promise<string[]> {
  const rows = await ask<AlarmRow>(await target.databaseUrl(), alarmsQuery);
  const problems: string[] = [];
  const found = Map.groupBy(rows, ({ deviceId, ruleId }) => `${deviceId} ${ruleId}`);
  const incidents = new Map<string, string>();
  for (const { deviceId, ruleId, incident, orOn = deviceId } of expected) {
    const key = [deviceId, orOn].map((id) => `${id} ${ruleId}`).find((one, at) => at === 1 || found.has(one))!;
    const [alarm, ...more] = found.get(key) ?? [];
    found.delete(key);
    if (!alarm) problems.push(`no alarm: ${key}`);
    else if (more.length > 0) problems.push(`${more.length + 1} alarms: ${key}`);
    else if (alarm.occurrences !== 1) problems.push(`begun ${alarm.occurrences} times: ${key}`);
    else if (!alarm.incidentId || alarm.orders !== 1 || alarm.assigned !== 1)
      problems.push(`${alarm.orders} orders, ${alarm.assigned} assigned: ${key}`);
    else if ((incidents.get(incident) ?? alarm.incidentId) !== alarm.incidentId)
      problems.push(`an incident of its own: ${key}`);
    else incidents.set(incident, alarm.incidentId);
  }
  for (const key of found.keys()) problems.push(`nobody expected: ${key}`);
  if (new Set(incidents.values()).size < incidents.size) problems.push('one incident for two buildings or domains');
  return problems;
}

/** Orders that exist altogether. */
export async function countOrders(target: Target): Promise<number> {
  const [row] = await ask<{ orders: number }>(
    await target.databaseUrl(),
    'select count(*)::int as orders from work_orders',
  );
  return row!.orders;
}

/** Nothing due is left undone, nothing has died, the trail is whole, every process takes work. @returns what is wrong */
export async function checkWork(target: Target): Promise<string[]> {
  const [jobs] = await ask<{ due: number; dead: number }>(
    await target.databaseUrl(),
    `select count(*) filter (where state = 'pending' and due_at < now())::int as due,
       count(*) filter (where state = 'dead')::int as dead from jobs`,
  );
  const admin = await target.platform.login('admin');
  const audit = await admin.get(auditVerificationSchema, '/audit/verification');
  return [
    ...(jobs!.due > 0 ? [`${jobs!.due} jobs are due`] : []),
    ...(jobs!.dead > 0 ? [`${jobs!.dead} jobs are dead`] : []),
    ...(audit.intact ? [] : [`the audit trail breaks at ${audit.firstBrokenSequence}`]),
    ...((await target.isReady()) ? [] : ['not ready']),
  ];
}

/** Of alarms whose making a broker may have lost: those that it has handed on. */
export async function madeAlarms(
  target: Target,
  devices: readonly StoryDevice[],
  expected: readonly ExpectedAlarm[],
): Promise<ExpectedAlarm[]> {
  const url = await target.databaseUrl();
  const made = new Set<string>();
  for (const { part, login } of devices) {
    if (part.madeBy && 'event' in part.madeBy) {
      const query = 'select 1 from device_events where device_id = $1 and type = $2';
      if ((await ask(url, query, [login.id, part.madeBy.event])).length > 0) made.add(login.id);
    } else if (part.madeBy) {
      const { metric } = part.madeBy;
      const span = { deviceId: login.id, from: 0, to: Date.now() + 60_000, acknowledged: 0 };
      const [count] = await target.count([span], () => metric);
      // Smoke is measured all the time; its last readings are long after the broker is back.
      if (count! > 0) made.add(login.id);
    }
  }
  return expected.filter(({ deviceId, orOn = deviceId }) => made.has(deviceId) && made.has(orOn));
}
