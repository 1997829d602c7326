import { type ChannelMessage, delivered, type Destination, type NotificationChannel, type Outcome } from './channel.js';

/** The fake: keeps what it was told, and answers what it is told to. */
export class InMemoryChannel implements NotificationChannel {
  readonly sent: { message: ChannelMessage; destination: Destination }[] = [];
  readonly answers: Outcome[] = [];
  closed = false;

  async deliver(message: ChannelMessage, destination: Destination): Promise<Outcome> {
    const outcome = this.answers.shift() ?? delivered;
    if (outcome.outcome === 'delivered') this.sent.push({ message, destination });
    return outcome;
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}
