import { setTimeout as delay } from 'node:timers/promises';

export interface StreamEvent {
  id: string;
  event: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into events freely
  data: any;
}

/** A reader of Server-Sent Events that keeps what it has seen. */
export class EventStream {
  readonly events: StreamEvent[] = [];
  /** As a browser would send it after a lost connection. */
  lastEventId = '';
  ended = false;
  private constructor(
    readonly status: number,
    readonly headers: Headers,
    private readonly abort: AbortController,
  ) {}

  static async open(url: string, cookie: string, lastEventId?: string): Promise<EventStream> {
    const abort = new AbortController();
    const headers = {
      cookie,
      accept: 'text/event-stream',
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    };
    const answer = await fetch(`${url}/api/v1/stream`, { headers, signal: abort.signal });
    const stream = new EventStream(answer.status, answer.headers, abort);
    void stream.read(answer.body!);
    return stream;
  }

  /** Events of a type besides `hello`, in the order they came. */
  of(type: string): StreamEvent[] {
    return this.events.filter((event) => event.event === type);
  }

  async until(condition: (stream: EventStream) => boolean, what: string, limitMs = 60_000): Promise<void> {
    for (const end = performance.now() + limitMs; !condition(this);) {
      if (performance.now() > end) throw new Error(`the stream did not see in time: ${what}`);
      await delay(5);
    }
  }

  close(): void {
    this.abort.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = '';
    try {
      for await (const chunk of body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)) {
        text += chunk;
        const blocks = text.split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) this.take(block);
      }
    } catch {
      // closed by us
    }
    this.ended = true;
  }

  private take(block: string): void {
    const fields = new Map(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
    );
    if (fields.has('id')) this.lastEventId = fields.get('id')!;
    if (fields.has('data'))
      this.events.push({ id: fields.get('id')!, event: fields.get('event')!, data: JSON.parse(fields.get('data')!) });
  }
}
