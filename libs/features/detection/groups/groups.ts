import type { Rule } from '@sc/contracts';
import type { DeviceMemory, Slot } from '../device-memory.js';
import type { Scene } from '../scene.js';
import { conditionsOf } from '../state.js';
import { clear, transitionOf } from '../transition.js';
import type { AlarmTransition, DetectionInput, OpenCondition, Tick } from '../types.js';
import { beginEpisode, endEpisode, isAnew } from './episodes.js';
import {
  conditionOn,
  followGroupHours,
  forgetWhatIsOver,
  type GroupConditionState,
  type GroupMemory,
  type GroupRule,
  newGroupMemory,
  settle,
} from './group-memory.js';
import { groupPlace, type Places } from './place.js';

interface Group {
  rule: GroupRule;
  /** By the key of the place; only of places of which there is something to remember. */
  places: Map<string, GroupMemory>;
}

/** The second stage of detection: what members tell, counted place by place. Pure apart from its memory, like the detector. */
export class Groups {
  private groups = new Map<string, Group>();
  private places: Places = new Map();
  /** Conditions whose alarm stood at the start. */
  private readonly adopted = new WeakSet<GroupConditionState>();

  constructor(private readonly scene: Scene) {}

  /** Whether the rule is a group in force. */
  has(ruleId: string): boolean {
    return this.groups.has(ruleId);
  }

  /** A member told something on a device. */
  take(slot: Slot, told: readonly AlarmTransition[], input?: DetectionInput | Tick): void {
    const found = this.find(slot, told[0]?.deviceId);
    if (!found) return;
    const { group, memory } = found;
    for (const transition of told) this.count(group, memory, slot, transition);
    if (input && input.kind !== 'tick') memory.lagMs = input.receivedAt - input.ts;
    settle(group.rule, memory, this.scene);
  }

  /** Time passes: windows close, hours open. */
  tick(now: number): void {
    for (const { rule, places } of this.groups.values())
      for (const memory of places.values()) {
        memory.seenTs = Math.max(memory.seenTs, now - memory.lagMs);
        settle(rule, memory, this.scene);
        followGroupHours(rule, memory, this.scene);
        forgetWhatIsOver(rule, memory);
        if (memory.episodes.length === 0 && memory.conditions.every(({ active }) => !active)) places.delete(memory.key);
      }
  }

  /** Conditions that hold and were told, as the transitions that began them. */
  activeConditions(): AlarmTransition[] {
    return this.conditions().flatMap(({ rule, one }) =>
      one.told ? [transitionOf('raise', rule, one, one.deviceId, one.told)] : [],
    );
  }

  /** Other rules or other places: counts what holds of the members of `devices` and nothing else; ends what has no rule any more. */
  align(rules: readonly Rule[], places: Places, devices: ReadonlyMap<string, DeviceMemory>): void {
    this.places = places;
    this.useRules(rules);
    for (const { rule, places: memories } of this.groups.values())
      for (const memory of memories.values()) this.keepWhatIsThere(rule, memory, devices);
    for (const { deviceId, slots } of devices.values())
      for (const slot of slots.values()) if (slot.membership) this.countWhatHolds(slot, deviceId);
    for (const { rule, places: memories } of this.groups.values())
      for (const memory of memories.values()) settle(rule, memory, this.scene);
  }

  /** The device is gone: it counts no more, and what stands on it ends or goes over to another. */
  forget(deviceId: string): void {
    for (const { rule, places } of this.groups.values())
      for (const memory of places.values()) {
        const before = memory.episodes.length;
        memory.episodes = memory.episodes.filter((episode) => episode.deviceId !== deviceId);
        for (const one of memory.conditions)
          if (one.deviceId === deviceId && one.active)
            clear(rule, one, deviceId, one.at + 1, { kind: 'device-gone' }, this.scene);
        if (before !== memory.episodes.length) settle(rule, memory, this.scene);
      }
  }

  reset(): void {
    for (const { places } of this.groups.values()) places.clear();
  }

  /** After a start: a member that an alarm which stands has counted began then. */
  adoptMember(slot: Slot, { deviceId, subject, at }: OpenCondition): void {
    const found = this.find(slot, deviceId);
    const known = found?.memory.episodes.some(
      (one) => one.memberId === slot.membership?.memberId && one.deviceId === deviceId,
    );
    if (found && !known) this.count(found.group, found.memory, slot, begun(slot, deviceId, subject, at));
  }

  /**
   * After a start: an alarm that stands, the newest first. It is told already, on this device; what has become of it since follows from what
   * its members did. Should it be over, its end is told.
   */
  adopt(open: OpenCondition): void {
    const { deviceId, ruleId, subject, ruleVersion, at } = open;
    const group = this.groups.get(ruleId);
    const place = group && groupPlace(group.rule.condition.within, deviceId, this.places.get(deviceId));
    const perDevice = group?.rule.condition.alarmOn !== undefined;
    const memory = group && place && this.memory(group, place);
    const one = memory && conditionOn(group.rule, memory, deviceId);
    // One alarm for a place.
    if (!one || (perDevice ? '' : place?.subject) !== subject || this.adopted.has(one)) {
      const cause = { kind: 'rule-off' };
      this.scene.out.push({ kind: 'clear', deviceId, ruleId, subject, ruleVersion, at: at + 1, cause });
      return;
    }
    this.adopted.add(one);
    // Where it holds by what was told again it held all along: what its members did before is known in part.
    const turnedTs = one.active ? one.turnedTs : at;
    const told = one.told ?? { raisedAt: at, cause: open.cause ?? {}, level: null };
    Object.assign(one, { deviceId, at, active: true, told, heldBack: 0, turnedTs });
    settle(group.rule, memory, this.scene);
  }

  private useRules(rules: readonly Rule[]): void {
    const next = new Map<string, Group>();
    for (const rule of rules)
      if (rule.enabled && isGroup(rule))
        next.set(rule.id, { rule, places: this.groups.get(rule.id)?.places ?? new Map() });
    for (const [id, { rule, places }] of this.groups) {
      const after = next.get(id);
      if (after && goesOver(rule, after.rule)) continue;
      for (const { conditions } of places.values())
        for (const one of conditions)
          if (one.active) clear(rule, one, one.deviceId, one.at + 1, { kind: 'rule-off' }, this.scene);
      if (after) after.places = new Map();
    }
    this.groups = next;
  }

  private keepWhatIsThere(rule: GroupRule, memory: GroupMemory, devices: ReadonlyMap<string, DeviceMemory>): void {
    const isHere = (deviceId: string): boolean =>
      groupPlace(rule.condition.within, deviceId, this.places.get(deviceId)).key === memory.key;
    memory.episodes = memory.episodes.filter(
      ({ memberId, deviceId }) =>
        isHere(deviceId) && devices.get(deviceId)?.slots.has(`${rule.id}/${memberId}`) === true,
    );
    for (const one of memory.conditions)
      if (one.active && !isHere(one.deviceId))
        clear(rule, one, one.deviceId, one.at + 1, { kind: 'rule-off' }, this.scene);
  }

  private countWhatHolds(slot: Slot, deviceId: string): void {
    const found = this.find(slot, deviceId);
    if (!found) return;
    for (const one of conditionsOf(slot.state)) {
      const known = found.memory.episodes.some(
        (episode) =>
          episode.memberId === slot.membership?.memberId &&
          episode.deviceId === deviceId &&
          episode.holding.includes(one.subject),
      );
      if (one.active && !known)
        this.count(
          found.group,
          found.memory,
          slot,
          transitionOf('raise', slot.rule, one, deviceId, { cause: one.cause ?? {}, level: one.level }),
        );
    }
  }

  private count({ rule }: Group, memory: GroupMemory, slot: Slot, transition: AlarmTransition): void {
    const { deviceId, subject, at, cause, kind } = transition;
    const told = { memberId: slot.membership?.memberId ?? '', deviceId, subject, at };
    memory.seenTs = Math.max(memory.seenTs, at);
    if (kind === 'raise' && isAnew(memory.episodes, told, rule.condition.windowMs)) {
      settle(rule, memory, this.scene);
      memory.knownFrom = Math.max(memory.knownFrom, at);
    }
    if (kind === 'raise') beginEpisode(memory.episodes, { ...told, cause }, rule.condition.windowMs);
    else if (kind === 'clear') endEpisode(memory.episodes, told);
  }

  private find({ membership }: Slot, deviceId = ''): { group: Group; memory: GroupMemory } | undefined {
    const group = membership && this.groups.get(membership.group.id);
    if (!group) return undefined;
    return {
      group,
      memory: this.memory(group, groupPlace(group.rule.condition.within, deviceId, this.places.get(deviceId))),
    };
  }

  private memory({ places }: Group, { key, subject }: { key: string; subject: string }): GroupMemory {
    const known = places.get(key);
    if (known) return known;
    const added = newGroupMemory(key, subject);
    places.set(key, added);
    return added;
  }

  private conditions(): { rule: GroupRule; one: GroupConditionState }[] {
    return [...this.groups.values()].flatMap(({ rule, places }) =>
      [...places.values()].flatMap(({ conditions }) => conditions.map((one) => ({ rule, one }))),
    );
  }
}

const isGroup = (rule: Rule): rule is GroupRule => rule.condition.kind === 'group';

const goesOver = ({ condition: old }: GroupRule, { condition: next }: GroupRule): boolean =>
  old.within === next.within && old.alarmOn === next.alarmOn;

const begun = ({ rule }: Slot, deviceId: string, subject: string, at: number): AlarmTransition => ({
  kind: 'raise',
  deviceId,
  ruleId: rule.id,
  subject,
  ruleVersion: rule.version,
  at,
  cause: {},
});
