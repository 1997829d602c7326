import type { ServerResponse } from 'node:http';
import type { Person, StoredEvent } from '@sc/contracts';

/** Events looked at in one go; between two the client's connection must have taken them. */
const page = 500;
/** A connection that takes nothing for this long is given up; its client resumes by `Last-Event-ID`. */
const drainTimeoutMs = 15_000;
const endTimeoutMs = 1000;

export interface LiveSource {
  readonly head: number | undefined;
  after(position: number, limit: number): Promise<StoredEvent[]>;
  visible(person: Person, event: StoredEvent): Promise<boolean>;
}

/** One open stream. It holds at most one page of unsent text: who reads slowly waits for nobody and nobody waits for them. */
export class LiveClient {
  private pumping = false;
  private again = false;
  private ended = false;

  constructor(
    readonly tokenHash: Buffer,
    public person: Person,
    private readonly response: ServerResponse,
    private readonly source: LiveSource,
    private position: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  hello(): void {
    this.write(
      `retry: 2000\nid: ${this.position}\nevent: hello\ndata: ${JSON.stringify({ position: this.position })}\n\n`,
    );
  }

  /**
   * Keeps proxies from closing a quiet stream, moves `Last-Event-ID` past events the person may not see, and is an event of its
   * own: a page can tell a quiet stream from a dead one.
   */
  heartbeat(): void {
    if (!this.pumping && !this.response.writableNeedDrain)
      this.write(`id: ${this.position}\nevent: heartbeat\ndata: {}\n\n`);
  }

  /** Sends everything there is; asked while it sends, it looks again afterwards. */
  async pump(): Promise<void> {
    this.again = true;
    if (this.pumping || this.closed) return;
    this.pumping = true;
    try {
      while (this.again && !this.closed) {
        this.again = false;
        while (!this.closed && (await this.sendPage()));
      }
    } catch (error) {
      // The next event or heartbeat tries again from the same position.
      this.onError(error);
    } finally {
      this.pumping = false;
    }
  }

  private get closed(): boolean {
    return this.ended || this.response.destroyed;
  }

  /** Ends the stream in order; the client may come back. */
  end(): void {
    this.ended = true;
    this.response.end();
    // A client that does not read would keep the connection, and with it a stop, waiting.
    setTimeout(() => this.response.destroy(), endTimeoutMs).unref();
  }

  /** @returns whether there may be more */
  private async sendPage(): Promise<boolean> {
    if (this.position >= (this.source.head ?? 0)) return false;
    const events = await this.source.after(this.position, page);
    if (events.length === 0) return false;
    let text = '';
    for (const event of events) if (await this.source.visible(this.person, event)) text += format(event);
    if (this.closed) return false;
    this.position = events.at(-1)!.position;
    if (text && !this.write(text)) await this.drained();
    return true;
  }

  private write(text: string): boolean {
    return this.closed || this.response.write(text);
  }

  private drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.response.off('drain', done).off('close', done);
        resolve();
      };
      const timer = setTimeout(() => {
        this.response.destroy();
        done();
      }, drainTimeoutMs);
      this.response.on('drain', done).on('close', done);
    });
  }
}

function format(event: StoredEvent): string {
  const { personId: _, ...facts } = event;
  return `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(facts)}\n\n`;
}
