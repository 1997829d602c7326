import { vi } from 'vitest';
import { Attendance, type TakePlace } from './attendance.js';

class FakePage extends EventTarget {
  hidden = false;
}

describe('which pages hold a stream', () => {
  const globals = globalThis as unknown as Record<'document' | 'window', EventTarget | undefined>;
  let page: FakePage;
  let open: boolean;
  let free: number;
  let attendance: Attendance | undefined;

  /** As Web Locks: the answer comes later, and letting go makes room for the next. */
  const takePlace: TakePlace = async () => {
    await Promise.resolve();
    if (free === 0) return undefined;
    free--;
    return () => void free++;
  };
  const start = (take = takePlace) => {
    attendance = new Attendance((value) => (open = value), take);
    attendance.start();
  };
  const show = (visible: boolean) => {
    page.hidden = !visible;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  const happens = (type: 'pagehide' | 'pageshow') => globals.window?.dispatchEvent(new Event(type));
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    vi.useFakeTimers();
    page = new FakePage();
    open = false;
    free = 1;
    globals.document = page;
    globals.window = new EventTarget();
  });
  afterEach(() => {
    attendance?.stop();
    vi.useRealTimers();
    delete globals.document;
    delete globals.window;
  });

  it('one that is seen, at once and without a place', () => {
    free = 0;
    start();
    expect(open).toBe(true);
  });

  it('a hidden one with a place, which it gives back when it is seen again', async () => {
    start();
    show(false);
    await pass(60_000);
    expect([open, free]).toEqual([true, 0]);
    show(true);
    expect([open, free]).toEqual([true, 1]);
  });

  it.each<[string, TakePlace]>([
    ['every place is taken', () => Promise.resolve(undefined)],
    ['places are refused', () => Promise.reject(new Error('SecurityError'))],
  ])('a hidden one no longer than a moment when %s, and again as soon as it is seen', async (_, take) => {
    start(take);
    show(false);
    await pass(1_000);
    expect(open).toBe(true);
    await pass(10_000);
    expect(open).toBe(false);
    show(true);
    expect(open).toBe(true);
  });

  it('one that is looked at again within the moment keeps it', async () => {
    free = 0;
    start();
    show(false);
    await pass(1_000);
    show(true);
    await pass(60_000);
    expect(open).toBe(true);
  });

  it('none that was opened in the background without a place', async () => {
    free = 0;
    page.hidden = true;
    start();
    await pass(60_000);
    expect(open).toBe(false);
  });

  it('none in the back/forward cache, whatever order its events come in, and again when it is back', async () => {
    start();
    happens('pagehide');
    show(false);
    await pass(60_000);
    expect([open, free]).toEqual([false, 1]);
    page.hidden = false;
    happens('pageshow');
    expect(open).toBe(true);
  });

  it('gives a place back that was granted too late, and the one it holds when it ends', async () => {
    start();
    show(false);
    show(true);
    await pass(0);
    expect(free).toBe(1);
    show(false);
    await pass(0);
    expect(free).toBe(0);
    attendance?.stop();
    expect(free).toBe(1);
  });
});
