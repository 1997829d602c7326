import type { Clock } from '@sc/platform/clock';
import type { MqttDevice } from '../client/index.js';
import type { Random } from '../prng.js';
import type { Behaviour, Saying } from './behaviour.js';

/** While the platform is away a device remembers this much (an hour or more) and forgets the oldest first. */
const mostKept = 360;

/** One device: speaks in its turns, keeps what it could not send, sends it in order when the platform is back. */
export class SimulatedDevice {
  private readonly kept: Saying[] = [];
  private readonly intervalMs: number;
  private readonly switchedOnAt: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending: Promise<void> | undefined;
  private stopped = false;
  private acknowledgedCount = 0;
  private forgottenCount = 0;

  constructor(
    private readonly device: MqttDevice,
    private readonly behaviour: Behaviour,
    private readonly random: Random,
    private readonly clock: Clock,
    everyMs: readonly [number, number],
  ) {
    this.intervalMs = random.between(...everyMs);
    this.switchedOnAt = clock.now();
  }

  get acknowledged(): number {
    return this.acknowledgedCount;
  }

  get forgotten(): number {
    return this.forgottenCount;
  }

  start(): void {
    this.device.client.on('connect', this.onConnect);
    // First words within one interval, not all devices at once.
    this.next(this.random.between(0, this.intervalMs));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    this.device.client.off('connect', this.onConnect);
    await this.device.end();
    await this.sending;
  }

  private readonly onConnect = (): void => {
    void this.device.status('online').catch(() => undefined);
    this.send();
  };

  private next(inMs: number): void {
    this.timer = setTimeout(() => {
      const now = this.clock.now();
      this.keep(this.behaviour({ now, age: now - this.switchedOnAt, random: this.random }));
      this.send();
      this.next(this.intervalMs * this.random.between(0.9, 1.1));
    }, inMs);
  }

  private keep(sayings: Saying[]): void {
    this.kept.push(...sayings);
    const surplus = this.kept.length - mostKept;
    if (surplus > 0) {
      this.kept.splice(0, surplus);
      this.forgottenCount += surplus;
    }
  }

  private send(): void {
    if (this.sending || this.stopped || !this.device.client.connected) return;
    this.sending = this.sendKept().finally(() => {
      this.sending = undefined;
    });
  }

  /** One at a time and in order; what gets no PUBACK stays kept and is sent again: again means once (P2). */
  private async sendKept(): Promise<void> {
    for (;;) {
      const saying = this.kept[0];
      if (!saying || this.stopped || !this.device.client.connected) return;
      try {
        await this.device.publish(saying.channel, saying.payload);
      } catch {
        return;
      }
      this.acknowledgedCount += 1;
      // The list may have lost this one to newer ones meanwhile.
      if (this.kept[0] === saying) this.kept.shift();
    }
  }
}
