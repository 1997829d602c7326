import {
  type ChannelMessage,
  delivered,
  type Destination,
  later,
  type NotificationChannel,
  type Outcome,
  refused,
  unreachable,
} from '../channel.js';

export interface InboxEntry {
  personId: string;
  message: ChannelMessage;
}

/** What everybody is told in the app: kept, and shown live to who has it open. */
export interface Inbox {
  /** Takes all of them or throws; what it has under the same key and person already changes nothing. @returns people who have no account */
  put(entries: readonly InboxEntry[]): Promise<ReadonlySet<string>>;
}

/** The app itself. What is told in one breath is written by one statement: a storm tells hundreds. */
export class InAppChannel implements NotificationChannel {
  private waiting: { entry: InboxEntry; answer: (outcome: Outcome) => void }[] = [];

  constructor(private readonly inbox: Inbox) {}

  deliver(message: ChannelMessage, destination: Destination): Promise<Outcome> {
    if (destination.to !== 'account') return Promise.resolve(unreachable);
    const { personId } = destination;
    return new Promise((answer) => {
      this.waiting.push({ entry: { personId, message }, answer });
      if (this.waiting.length === 1) queueMicrotask(() => void this.write());
    });
  }

  async close(): Promise<void> {
    // it has nothing of its own
  }

  private async write(): Promise<void> {
    const told = this.waiting;
    this.waiting = [];
    try {
      const unknown = await this.inbox.put(told.map(({ entry }) => entry));
      for (const { entry, answer } of told) answer(unknown.has(entry.personId) ? refused('no-account') : delivered);
    } catch (error) {
      for (const { answer } of told) answer(later(reasonOf(error)));
    }
  }
}

/** The code of a database is no secret; its words may hold what was written. */
function reasonOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[A-Z0-9]{5}$/.test(code) ? `database-${code.toLowerCase()}` : 'database-away';
}
