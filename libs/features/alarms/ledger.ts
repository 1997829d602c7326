import { type AuditAction, isSilenced } from '@sc/contracts';
import type { Clock, Ids } from '@sc/platform/clock';
import type { Actor, Transaction } from '@sc/platform/database';
import { insertAlarms, updateAlarms } from './alarm-rows.js';
import type { Moving, Step } from './moving.js';
import { type AlarmFacts, publish } from './publish.js';

/** A step, what the alarm was when it happened, and who made it. */
export interface ToldStep {
  step: Step;
  facts: AlarmFacts;
  actor: Actor;
  note?: string | undefined;
}

/** What became of alarms in one transaction. */
export interface Outcome {
  updated: Iterable<Moving>;
  created: readonly { alarm: Moving; facts: AlarmFacts }[];
  steps: readonly ToldStep[];
}

/** Writes alarms, their steps and their events: two statements whatever their number, the events with the commit. */
export async function writeDown(
  tx: Transaction,
  { clock, ids }: { clock: Clock; ids: Ids },
  { updated, created, steps }: Outcome,
): Promise<void> {
  const changed = [...updated];
  const recordedAt = clock.now();
  await updateAlarms(tx.db, changed);
  await insertAlarms(
    tx.db,
    created,
    recordedAt,
    steps.map(({ step, actor, note }) => ({
      ...step,
      id: ids.next(),
      recordedAt,
      actorKind: actor.kind,
      actorId: actor.id,
      note: note ?? null,
    })),
  );
  const silenced = new Set(
    [...changed, ...created.map(({ alarm }) => alarm)].filter(({ state }) => isSilenced(state)).map(({ id }) => id),
  );
  for (const { step, facts } of steps)
    publish(tx, step, { ...facts, severity: step.severity, workOrder: step.workOrder }, silenced.has(step.alarmId));
}

/** A storm is one record per so many changes: the chain is written one after the other, and a record names each alarm. */
const changesPerRecord = 200;

/** What happened by itself, in the audit trail. */
export function auditSteps(tx: Transaction, actor: Actor, action: AuditAction, steps: readonly Step[]): void {
  for (let start = 0; start < steps.length; start += changesPerRecord) {
    const part = steps.slice(start, start + changesPerRecord);
    const [only] = part;
    tx.audit({
      actor,
      action,
      subjectType: 'alarm',
      subjectId: part.length === 1 && only ? only.alarmId : 'several',
      change: { alarms: part.map((step) => [step.alarmId, step.action, step.toState]) },
    });
  }
}
