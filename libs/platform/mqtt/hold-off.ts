import type { Clock } from '@sc/platform/clock';

/** Offences are counted within this time. */
const windowMs = 60_000;
/** Names are free for an attacker: of more keys the oldest is forgotten. */
const maxKeys = 10_000;

interface Record {
  since: number;
  count: number;
  heldUntil: number;
}

/** Counts offences per key and says who has to wait. */
export class HoldOff {
  private readonly records = new Map<string, Record>();

  constructor(
    private readonly clock: Clock,
    private readonly limit: number,
    private readonly holdMs: number,
  ) {}

  isHeld(key: string): boolean {
    return (this.records.get(key)?.heldUntil ?? 0) > this.clock.now();
  }

  /** Notes an offence; true when with it the key begins to be held off. */
  note(key: string): boolean {
    const now = this.clock.now();
    const before = this.records.get(key);
    this.records.delete(key);
    const record = before && now - before.since < windowMs ? before : { since: now, count: 0, heldUntil: 0 };
    record.count += 1;
    const begins = record.count >= this.limit && record.heldUntil <= now;
    if (begins) {
      record.heldUntil = now + this.holdMs;
      record.count = 0;
    }
    this.records.set(key, record);
    if (this.records.size > maxKeys) this.records.delete(this.records.keys().next().value!);
    return begins;
  }

  forget(key: string): void {
    this.records.delete(key);
  }
}
