import { Inject, Injectable } from '@nestjs/common';
import type { Rule } from '@sc/contracts';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import type { Actor, Transaction } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { Bench } from './bench.js';
import { auditSteps, type ToldStep, writeDown } from './ledger.js';
import { type Condition, lockDevicesAndRules, standingOf } from './look-up.js';
import type { Manner, Step } from './moving.js';
import type { AlarmFacts } from './publish.js';
import { type Change, tell } from './story.js';

/** Told apart by a character that neither id can hold; the subject, which a device may have made up, comes last. */
const keyOf = ({ deviceId, ruleId, subject }: Condition) => `${deviceId} ${ruleId} ${subject}`;

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
    const deviceIds = [...new Set(transitions.map(({ deviceId }) => deviceId))];
    const ruleIds = [...new Set(transitions.map(({ ruleId }) => ruleId))];
    const { devices, rules } = await lockDevicesAndRules(tx.db, deviceIds, ruleIds);
    const now = this.clock.now();
    const conditions = [...stories.values()].map(([first]) => first);
    const standing = await standingOf(tx.db, deviceIds, conditions, now);
    const latest = new Map(standing.alarms.map((one) => [keyOf(one), one]));
    const bench = new Bench(standing);

    const told: ToldStep[] = [];
    for (const [key, changes] of stories) {
      const [{ deviceId, ruleId }] = changes;
      const before = latest.get(key);
      const device = devices.get(deviceId);
      const rule = rules.get(ruleId);
      const fresh = device && rule ? factsOf(changes[0], device, rule) : before?.facts;
      const manner = mannerOf(rule) ?? before?.alarm;
      if (!fresh || !manner) {
        this.logger.error({ deviceId, ruleId }, 'transition of an unknown device or rule left out');
        continue;
      }
      // What can no longer begin, because its rule cannot be read, must still be able to end.
      const usable = rule ? changes : changes.filter(({ kind }) => kind === 'clear');
      const story = tell(before?.alarm, usable, manner, () => this.ids.next(), now);
      if (story.updated) bench.change(story.updated);
      if (story.created) bench.add(story.created, fresh);
      for (const step of story.steps) {
        const facts = before && step.alarmId === before.alarm.id ? before.facts : fresh;
        told.push({ step, facts, actor: actorOf(step, facts) });
      }
    }

    const steps = bench.settle(now, told);
    await writeDown(
      tx,
      { clock: this.clock, ids: this.ids },
      { updated: bench.updated, created: bench.created, steps },
    );
    auditSteps(
      tx,
      { kind: 'system', id: 'detection' },
      'alarm.condition-changed',
      steps.map(({ step }) => step),
    );
  }
}

/** Kinds whose begin no device tells: nobody hears a silence, and what lasts, is missing or will come, we conclude. */
const concluded: ReadonlySet<unknown> = new Set(['silence', 'held', 'sequence', 'forecast', 'stuck', 'group']);

/** What goes quiet nobody tells either. */
function actorOf({ action, cause }: Step, { deviceId }: AlarmFacts): Actor {
  const kind = cause['kind'];
  const ours = kind === 'quiet' || kind === 'overflow' || (action === 'raise' && concluded.has(kind));
  return ours ? { kind: 'system', id: 'detection' } : { kind: 'device', id: deviceId };
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

const mannerOf = (rule: Rule | undefined): Manner | undefined =>
  rule && {
    severity: rule.severity,
    workOrder: rule.workOrder,
    latching: rule.latching ?? false,
    suppressionGroup: rule.suppressionGroup ?? null,
  };

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
