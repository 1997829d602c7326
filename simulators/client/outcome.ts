import {
  alarmSchema,
  incidentDetailSchema,
  isSilenced,
  ruleSchema,
  type Alarm,
  type IncidentDetail,
  type Rule,
} from '@sc/contracts';
import { z } from 'zod';
import type { PlatformClient } from './platform-client.js';
import { waitUntil } from './wait-until.js';

const ruleListSchema = z.object({ items: z.array(ruleSchema) });

export interface Outcome {
  alarms: Alarm[];
  incidents: IncidentDetail[];
}

/** Dispatch is done through a queue: this long it may take before we call it stuck. */
const dispatchLimitMs = 60_000;

/**
 * Alarms of these devices in this area with their incidents and orders. The alarms are there at once, since they commit
 * before the PUBACK; incidents and orders are waited for.
 * @throws WaitedTooLongError when an alarm that asks for a person gets no incident with an order
 */
export async function readOutcome(
  client: PlatformClient,
  areaId: string,
  deviceIds: ReadonlySet<string>,
): Promise<Outcome> {
  const rules = (await client.get(ruleListSchema, '/rules')).items;
  const ruleOf = new Map(rules.map((rule) => [rule.id, rule]));
  // What stands behind a graver alarm of its device, or is silenced, asks for nobody.
  const asks = (alarm: Alarm): boolean => !isSilenced(alarm.state) && asksForPerson(ruleOf.get(alarm.ruleId), alarm);
  const alarmsNow = async (): Promise<Alarm[]> =>
    (await client.all(alarmSchema, '/alarms', { state: 'all', areaId, limit: 200 })).filter((alarm) =>
      deviceIds.has(alarm.deviceId),
    );
  const alarms = await waitUntil(
    'an incident with a work order for every alarm that asks for a person',
    async () => {
      const found = await alarmsNow();
      return found.every((alarm) => !asks(alarm) || alarm.incidentId !== null) && found;
    },
    { limitMs: dispatchLimitMs, everyMs: 250 },
  );
  const ids = [...new Set(alarms.flatMap(({ incidentId }) => (incidentId === null ? [] : [incidentId])))];
  const incidents = await waitUntil(
    'a work order for every incident',
    async () => {
      const found = await Promise.all(ids.map((id) => client.get(incidentDetailSchema, `/incidents/${id}`)));
      return found.every((incident) => incident.workOrders.length > 0) && found;
    },
    { limitMs: dispatchLimitMs, everyMs: 250 },
  );
  return { alarms: alarms.sort((a, b) => (a.raisedAt < b.raisedAt ? -1 : 1)), incidents };
}

/** Where the severity comes with the events, so does whether somebody is sent. */
function asksForPerson(rule: Rule | undefined, { severity }: Alarm): boolean {
  const levels = rule?.condition.kind === 'event' ? rule.condition.levels : undefined;
  if (!levels) return rule?.workOrder === true;
  return Object.values(levels.of).some((level) => level.workOrder && level.severity === severity);
}
