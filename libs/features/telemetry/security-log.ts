import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, IDS, type Ids } from '@sc/platform/clock';
import { type Database, DATABASE, type NewRow } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import type { Refusal } from '@sc/platform/mqtt';
import type { Kysely } from 'kysely';

const flushEveryMs = 1000;
/** What strangers can cause must be bounded: more within one flush are counted, not kept. A flood of one hides no other. */
const mostOfKind = 200;
const mostOfActor = 20;
/** While it cannot be written: five kinds. */
const mostWaiting = 5 * mostOfKind;

/** Writes what the broker refused to the security log, in bulk: an attack must not become a flood of transactions. */
@Injectable()
export class BrokerSecurityLog {
  private waiting: NewRow<'securityLog'>[] = [];
  /** Entries since the last flush, by kind and by kind and actor. */
  private readonly kept = new Map<string, number>();
  private dropped = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(DATABASE) private readonly database: Kysely<Database>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  add({ kind, actor, remoteAddress, detail }: Refusal): void {
    const ofActor = `${kind} ${actor}`;
    const [kindKept = 0, actorKept = 0] = [this.kept.get(kind), this.kept.get(ofActor)];
    if (kindKept >= mostOfKind || actorKept >= mostOfActor) this.dropped += 1;
    else {
      this.kept.set(kind, kindKept + 1).set(ofActor, actorKept + 1);
      this.waiting.push({ id: this.ids.next(), at: new Date(this.clock.now()), kind, actor, remoteAddress, detail });
    }
    this.timer ??= setTimeout(() => void this.flush(), flushEveryMs).unref();
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.length === 0) return;
    const rows = this.waiting;
    this.waiting = [];
    this.kept.clear();
    if (this.dropped > 0) {
      const at = new Date(this.clock.now());
      rows.push({
        id: this.ids.next(),
        at,
        kind: 'log-overflow',
        actor: '',
        remoteAddress: null,
        detail: `${this.dropped} more`,
      });
      this.dropped = 0;
    }
    try {
      await this.database.insertInto('securityLog').values(rows).execute();
    } catch (error) {
      this.logger.warn({ error: String(error), entries: rows.length }, 'security log not written');
      this.waiting = [...rows, ...this.waiting].slice(0, mostWaiting);
      this.timer ??= setTimeout(() => void this.flush(), flushEveryMs * 5).unref();
    }
  }
}
