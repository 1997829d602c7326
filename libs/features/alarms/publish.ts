import type { AlarmAction, AlarmState, Certainty, Severity, Urgency } from '@sc/contracts';
import type { Transaction } from '@sc/platform/database';

/** What stays the same while an alarm moves; severity and work order as they stand at the step. */
export interface AlarmFacts {
  deviceId: string;
  /** '' where a rule has one condition on a device. */
  subject: string;
  areaId: string;
  domain: string;
  ruleId: string;
  ruleVersion: number;
  severity: Severity;
  urgency: Urgency;
  certainty: Certainty;
  workOrder: boolean;
}

/** A silence that ends while the condition holds is as good as its begin: now it asks for a person. */
const asksAnew: ReadonlySet<AlarmAction> = new Set<AlarmAction>([
  'raise',
  'unshelve',
  'unsuppress',
  'return-to-service',
  'break-through',
]);

/**
 * Says what happened: `alarm.raised.v1` when the alarm now asks to be seen, `alarm.changed.v1` for everything else, so also
 * for what begins under a silence.
 * @param hushed the alarm is silenced when the transaction ends, whatever it was in between
 */
export function publish(
  tx: Transaction,
  step: { alarmId: string; at: number; action: AlarmAction; toState: AlarmState },
  facts: AlarmFacts,
  hushed: boolean,
): void {
  const payload = {
    alarmId: step.alarmId,
    deviceId: facts.deviceId,
    ruleId: facts.ruleId,
    domain: facts.domain,
    severity: facts.severity,
    areaId: facts.areaId,
    state: step.toState,
    at: new Date(step.at).toISOString(),
  };
  const common = { areaId: facts.areaId, subjectId: step.alarmId };
  if (asksAnew.has(step.action) && step.toState === 'unacknowledged' && !hushed)
    tx.emit({ type: 'alarm.raised.v1', payload: { ...payload, workOrder: facts.workOrder }, ...common });
  else tx.emit({ type: 'alarm.changed.v1', payload: { ...payload, action: step.action }, ...common });
}
