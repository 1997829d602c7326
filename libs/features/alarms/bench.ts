import type { AlarmAction } from '@sc/contracts';
import type { ToldStep } from './ledger.js';
import type { Standing } from './look-up.js';
import type { Moving } from './moving.js';
import type { AlarmFacts } from './publish.js';
import { settle } from './settle.js';

/** The alarms of locked devices as they stand within a transaction, and which of them it changed. */
export class Bench {
  private readonly alarms = new Map<string, { alarm: Moving; facts: AlarmFacts; fresh: boolean }>();
  private readonly changed = new Set<string>();

  constructor(private readonly standing: Pick<Standing, 'alarms' | 'inForce'>) {
    for (const { alarm, facts } of standing.alarms) this.alarms.set(alarm.id, { alarm, facts, fresh: false });
  }

  /** The alarm as it stands now. */
  of(id: string): { alarm: Moving; facts: AlarmFacts } | undefined {
    return this.alarms.get(id);
  }

  change(alarm: Moving): void {
    const known = this.alarms.get(alarm.id);
    if (!known) throw new Error(`alarm ${alarm.id} is not on the bench`);
    known.alarm = alarm;
    this.changed.add(alarm.id);
  }

  add(alarm: Moving, facts: AlarmFacts): void {
    this.alarms.set(alarm.id, { alarm, facts, fresh: true });
  }

  /** Begins and ends silences, as they are at `now`; adds the steps of it to the story so far. */
  settle(now: number, story: readonly ToldStep[] = []): ToldStep[] {
    const byDevice = Map.groupBy(this.alarms.values(), ({ facts }) => facts.deviceId);
    const told = [...story];
    const last = new Map(told.map((one, place) => [one.step.alarmId, place]));
    for (const [deviceId, known] of byDevice) {
      const open = known.map(({ alarm }) => alarm).filter(({ state }) => state !== 'normal');
      const { changed, steps } = settle(open, this.standing.inForce(deviceId), now);
      for (const alarm of changed) this.change(alarm);
      for (const step of steps) {
        const place = last.get(step.alarmId);
        const before = place === undefined ? undefined : told[place];
        if (place !== undefined && before && begins.has(step.action) && before.step.action === 'raise') {
          // What begins under a silence begins silenced: one step.
          const { toState, cause } = step;
          told[place] = {
            ...before,
            step: { ...before.step, toState, cause: { ...before.step.cause, silence: cause } },
          };
        } else {
          last.set(step.alarmId, told.length);
          told.push({ step, facts: this.alarms.get(step.alarmId)!.facts, actor: { kind: 'system', id: 'alarms' } });
        }
      }
    }
    return told;
  }

  get updated(): Moving[] {
    return this.pick(false).map(({ alarm }) => alarm);
  }

  get created(): { alarm: Moving; facts: AlarmFacts }[] {
    return this.pick(true);
  }

  private pick(fresh: boolean) {
    return [...this.alarms.values()].filter((one) => one.fresh === fresh && (fresh || this.changed.has(one.alarm.id)));
  }
}

const begins: ReadonlySet<AlarmAction> = new Set<AlarmAction>(['suppress', 'take-out-of-service']);
