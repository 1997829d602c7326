import { Inject, Injectable } from '@nestjs/common';
import type { Rule } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type AlarmFacts, publish } from './publish.js';
import { insertAlarms, latestAlarms, lockDevicesAndRules, updateAlarms } from './alarm-rows.js';
import { type Change, type Moving, type Step, tell } from './story.js';

/** Told apart by a character that neither id can hold; the subject, which a device may have made up, comes last. */
const keyOf = ({ deviceId, ruleId, subject }: { deviceId: string; ruleId: string; subject: string }) =>
  `${deviceId} ${ruleId} ${subject}`;

/**
 * Makes alarms of transitions. Whoever changes an alarm holds the row of its device, in order of device id: so two
 * appliers, or an applier and a person who acknowledges, go one after the other, and the unique index never has to refuse.
 */
@Injectable()
export class AlarmWriter {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Applies what began and ended, in a fixed number of statements whatever their number. What was applied before changes
   * nothing (P2), a second begin of a condition that holds makes no second alarm (P3). Writes the steps, the events
   * `alarm.raised.v1` and `alarm.changed.v1` and the audit record. Transitions of unknown devices or rules are logged and
   * left out: they can never be stored, so refusing them would block the rest for ever.
   */
  async apply(tx: Transaction, transitions: readonly Change[]): Promise<void> {
    if (transitions.length === 0) return;
    const stories = byCondition(transitions);
    const { devices, rules } = await lockDevicesAndRules(
      tx.db,
      [...new Set(transitions.map(({ deviceId }) => deviceId))],
      [...new Set(transitions.map(({ ruleId }) => ruleId))],
    );
    const latest = await latestAlarms(
      tx.db,
      [...stories.values()].map(([first]) => first),
    );
    const latestByKey = new Map(latest.map((row) => [keyOf(row), row]));

    const updated: Moving[] = [];
    const created: { alarm: Moving; facts: AlarmFacts }[] = [];
    const told: { step: Step; facts: AlarmFacts }[] = [];
    for (const [key, changes] of stories) {
      const [{ deviceId, ruleId }] = changes;
      const before = latestByKey.get(key);
      const device = devices.get(deviceId);
      const rule = rules.get(ruleId);
      const fresh = device && rule ? factsOf(changes[0], device, rule) : before?.facts;
      if (!fresh) {
        this.logger.error({ deviceId, ruleId }, 'transition of an unknown device or rule left out');
        continue;
      }
      // What can no longer begin, because its rule cannot be read, must still be able to end.
      const usable = rule ? changes : changes.filter(({ kind }) => kind === 'clear');
      const story = tell(before?.alarm, usable, fresh, () => this.ids.next());
      if (story.updated) updated.push(story.updated);
      if (story.created) created.push({ alarm: story.created, facts: fresh });
      for (const step of story.steps) {
        const facts = before && step.alarmId === before.alarm.id ? before.facts : fresh;
        told.push({ step, facts: { ...facts, severity: step.severity, workOrder: step.workOrder } });
      }
    }

    const recordedAt = this.clock.now();
    await updateAlarms(tx.db, updated);
    const steps = told.map(({ step, facts }) => ({
      ...step,
      id: this.ids.next(),
      recordedAt,
      ...actorOf(step, facts),
      note: null,
    }));
    await insertAlarms(tx.db, created, recordedAt, steps);
    for (const { step, facts } of told) publish(tx, step, facts);
    audit(tx, told);
  }
}

/** Nobody hears a silence, and what lasts or goes quiet nobody tells: it is we who say so. */
function actorOf(
  { action, cause }: Step,
  { deviceId }: AlarmFacts,
): { actorKind: 'system' | 'device'; actorId: string } {
  const kind = cause['kind'];
  const ours =
    (action === 'raise' && (kind === 'silence' || kind === 'held')) || kind === 'quiet' || kind === 'overflow';
  return ours ? { actorKind: 'system', actorId: 'detection' } : { actorKind: 'device', actorId: deviceId };
}

/** Transitions of each (device, rule, subject) in order of time. */
function byCondition(transitions: readonly Change[]): Map<string, [Change, ...Change[]]> {
  const stories = new Map<string, [Change, ...Change[]]>();
  for (const change of transitions) {
    const story = stories.get(keyOf(change));
    if (story) story.push(change);
    else stories.set(keyOf(change), [change]);
  }
  for (const story of stories.values()) story.sort((a, b) => a.at - b.at);
  return stories;
}

function factsOf({ deviceId, subject }: Change, device: { areaId: string; domain: string }, rule: Rule): AlarmFacts {
  return {
    deviceId,
    subject,
    areaId: device.areaId,
    domain: device.domain,
    ruleId: rule.id,
    ruleVersion: rule.version,
    severity: rule.severity,
    urgency: rule.urgency,
    certainty: rule.certainty,
    workOrder: rule.workOrder,
  };
}

/** A storm is one record per so many changes: the chain is written one after the other, and a record names each alarm. */
const changesPerRecord = 200;

function audit(tx: Transaction, told: readonly { step: Step; facts: AlarmFacts }[]): void {
  for (let start = 0; start < told.length; start += changesPerRecord) {
    const part = told.slice(start, start + changesPerRecord);
    const [only] = part;
    tx.audit({
      actor: { kind: 'system', id: 'detection' },
      action: 'alarm.condition-changed',
      subjectType: 'alarm',
      subjectId: part.length === 1 && only ? only.step.alarmId : 'several',
      change: { alarms: part.map(({ step }) => [step.alarmId, step.action, step.toState]) },
    });
  }
}
