import { Fifo } from './fifo.js';
import type { InboundMessage } from './message.js';
import type { Connection } from './session.js';

/** Whose messages wait together: a connection, or nobody's for those that are taken in again. */
export interface Sender {
  readonly pending: Set<PendingMessage>;
  pendingBytes: number;
  readonly lifeSafety: boolean;
  readonly connection?: Connection;
}

/** Book-keeping of one waiting message beside its topic and payload. */
export const entryOverheadBytes = 256;

/** A message between its arrival and its acknowledgement. */
export interface PendingMessage {
  readonly message: InboundMessage;
  readonly bytes: number;
  readonly sender: Sender;
  /** False for what is only acknowledged in its turn (a refused topic). */
  readonly deliver: boolean;
  /** A will is sent for a device that is gone, so its closed connection does not drop it. */
  readonly survivesClose: boolean;
  readonly acknowledge: () => void;
  state: 'waiting' | 'taken' | 'dropped';
}

/** Messages of one lane are handled and acknowledged in their order; the lanes do not wait for each other's stores. */
export const laneNames = ['life-safety', 'normal'] as const;
export type LaneName = (typeof laneNames)[number];

/** What waits to be taken, life safety apart from everything else. */
export class Lanes {
  private readonly waiting: Record<LaneName, Fifo<PendingMessage>> = { 'life-safety': new Fifo(), normal: new Fifo() };
  private last: LaneName = 'normal';

  push(pending: PendingMessage): void {
    this.waiting[pending.sender.lifeSafety ? 'life-safety' : 'normal'].push(pending);
  }

  /** The lane whose turn it is: life safety first; where both wait they alternate, so that neither starves. */
  next(mayTake: (lane: LaneName) => boolean): LaneName | undefined {
    const urgent = this.head('life-safety') !== undefined && mayTake('life-safety');
    const normal = this.head('normal') !== undefined && mayTake('normal');
    if (urgent && !(normal && this.last === 'life-safety')) return 'life-safety';
    return normal ? 'normal' : undefined;
  }

  /** At least one message, then as many as the bounds allow. */
  take(lane: LaneName, maxMessages: number, maxBytes: number): PendingMessage[] {
    this.last = lane;
    const taken: PendingMessage[] = [];
    let bytes = maxBytes;
    for (
      let next = this.head(lane);
      next && taken.length < maxMessages && (bytes >= next.bytes || taken.length === 0);
      next = this.head(lane)
    ) {
      this.waiting[lane].shift();
      next.state = 'taken';
      bytes -= next.bytes;
      taken.push(next);
    }
    return taken;
  }

  /** When the longest waiting message arrived, ms since the epoch. */
  oldestAt(): number | undefined {
    const times = laneNames.flatMap((lane) => this.head(lane)?.message.receivedAt ?? []);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** The first that is not dropped. */
  private head(lane: LaneName): PendingMessage | undefined {
    const fifo = this.waiting[lane];
    let next = fifo.peek();
    while (next?.state === 'dropped') {
      fifo.shift();
      next = fifo.peek();
    }
    return next;
  }
}
