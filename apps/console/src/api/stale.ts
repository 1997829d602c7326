import { eventSchemas, type EventPayloadOf, type EventType } from '@sc/contracts';
import { keys } from './keys.js';

type Key = readonly unknown[];

/** Which queries an event makes stale. Every event type has its line: the compiler asks for it. */
const touched: { [T in EventType]: (payload: EventPayloadOf<T>) => Key[] } = {
  'alarm.raised.v1': (e) => [
    keys.alarmLists,
    keys.alarm(e.alarmId),
    keys.device(e.deviceId),
    keys.deviceLists,
    keys.incidents,
  ],
  'alarm.changed.v1': (e) => [
    keys.alarmLists,
    keys.alarm(e.alarmId),
    keys.device(e.deviceId),
    keys.deviceLists,
    keys.incidents,
  ],
  'incident.opened.v1': (e) => [keys.incident(e.incidentId), keys.alarmLists],
  'incident.changed.v1': (e) => [keys.incident(e.incidentId), keys.alarmLists],
  'work-order.changed.v1': (e) => [
    keys.workOrderLists,
    keys.workOrder(e.workOrderId),
    ...(e.incidentId ? [keys.incident(e.incidentId), keys.alarmLists] : []),
  ],
  'round.changed.v1': () => [keys.allRounds],
  'handover.changed.v1': () => [keys.handovers],
  'device.changed.v1': (e) => [keys.deviceLists, keys.device(e.deviceId), keys.deviceRules(e.deviceId)],
  'bridge.changed.v1': () => [keys.bridges],
  'rule.changed.v1': (e) => [keys.rules, keys.rule(e.ruleId)],
  'catalogue.changed.v1': () => [keys.catalogue],
  'dead-letter.added.v1': () => [keys.allDeadLetters],
  // Whoever is told of an order may see it now, also where its own events do not reach them.
  'notification.created.v1': (e) => [
    keys.notifications,
    ...(e.workOrderId ? [keys.workOrderLists, keys.workOrder(e.workOrderId)] : []),
  ],
};

/** The keys an event from the stream touches; none for one that is not understood. */
export function staleAfter(type: EventType, payload: unknown): Key[] {
  const parsed = eventSchemas[type].safeParse(payload);
  if (!parsed.success) return [];
  return (touched[type] as (payload: unknown) => Key[])(parsed.data);
}
