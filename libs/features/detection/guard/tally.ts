import type { AlarmTransition } from '../types.js';
import type { GuardLimits } from './limits.js';

const minuteMs = 60_000;

/** What one rule did in the running minute of our clock. Bounded by what was told in it. */
export class Tally {
  throws = 0;
  /** Transitions beyond what a calm device tells. */
  excess = 0;
  private readonly devices = new Map<string, { minute: number; told: number; excess: number }>();

  constructor(
    readonly minute: number,
    private readonly limits: GuardLimits,
  ) {}

  /** The tally that counts at `now`: a new one when a minute has begun. */
  static at(now: number, present: Tally | undefined, limits: GuardLimits): Tally {
    const minute = Math.floor(now / minuteMs);
    return present?.minute === minute ? present : new Tally(minute, limits);
  }

  /** Minutes are those of the device: one that was cut off and tells an hour at once is not fluttering. */
  tell({ deviceId, at }: AlarmTransition): void {
    const minute = Math.floor(at / minuteMs);
    const known = this.devices.get(deviceId);
    if (!known) {
      this.devices.set(deviceId, { minute, told: 1, excess: 0 });
      return;
    }
    if (known.minute !== minute) [known.minute, known.told] = [minute, 0];
    known.told += 1;
    if (known.told <= this.limits.calmPerDevice || known.excess >= this.limits.mostPerDevice) return;
    known.excess += 1;
    this.excess += 1;
  }
}
