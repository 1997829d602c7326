import type { QueryClient } from '@tanstack/react-query';
import { LiveStream } from './live.js';

class FakeSource {
  readonly listeners = new Map<string, (event: { data: string }) => void>();
  readyState = 1;
  addEventListener(type: string, listener: (event: { data: string }) => void): void {
    this.listeners.set(type, listener);
  }
  close(): void {
    this.readyState = 2;
  }
  tell(type: string): void {
    this.listeners.get(type)?.({ data: '{}' });
  }
}
const nothing = { addEventListener: () => undefined, removeEventListener: () => undefined };

describe('the live stream', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('window', nothing);
    vi.stubGlobal('document', { ...nothing, hidden: false });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('is dead when it falls silent after it was heard, whatever the browser thinks; then everything is asked again', () => {
    const sources: FakeSource[] = [];
    const asked = vi.fn();
    const open = () => sources[sources.push(new FakeSource()) - 1] as unknown as EventSource;
    const live = new LiveStream({ invalidateQueries: asked } as unknown as QueryClient, open);
    live.start();
    sources[0]!.tell('hello');
    // An older platform sends no beats: its silence is no sign.
    vi.advanceTimersByTime(300_000);
    expect([live.snapshot().connection, sources.length]).toEqual(['live', 1]);

    sources[0]!.tell('heartbeat');
    vi.advanceTimersByTime(44_000);
    sources[0]!.tell('heartbeat');
    vi.advanceTimersByTime(44_000);
    expect([live.snapshot().connection, Date.now() - live.snapshot().lastHeardAt!]).toEqual(['live', 44_000]);
    vi.advanceTimersByTime(2_000);
    expect([live.snapshot().connection, sources.length, sources[0]!.readyState]).toEqual(['reconnecting', 2, 2]);
    // What the dead one says late does not count.
    sources[0]!.tell('heartbeat');
    expect(live.snapshot().connection).toBe('reconnecting');
    expect(asked).not.toHaveBeenCalled();
    sources[1]!.tell('hello');
    expect([live.snapshot().connection, asked.mock.calls.length]).toEqual(['live', 1]);
    live.stop();
  });
});
