import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import type { Transaction } from '@sc/platform/database';
import { Bench } from './bench.js';
import { auditSteps, writeDown } from './ledger.js';
import { lockDevices, standingOf } from './look-up.js';

/** Begins and ends silences of alarms when their time has come. */
@Injectable()
export class Silences {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  /**
   * Brings all alarms of these devices in accord with what silences them now: what still holds when a silence ends is raised
   * then. Looks at the present rows alone, so a repeat and a late call change nothing.
   */
  async review(tx: Transaction, deviceIds: readonly string[]): Promise<void> {
    if (deviceIds.length === 0) return;
    await lockDevices(tx.db, deviceIds);
    const now = this.clock.now();
    const bench = new Bench(await standingOf(tx.db, deviceIds, [], now));
    const steps = bench.settle(now);
    if (bench.updated.length === 0) return;
    await writeDown(tx, { clock: this.clock, ids: this.ids }, { updated: bench.updated, created: [], steps });
    auditSteps(
      tx,
      { kind: 'system', id: 'alarms' },
      'alarm.silence-changed',
      steps.map(({ step }) => step),
    );
  }
}
