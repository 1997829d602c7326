import { eventTypeNames, type EventType } from '@sc/contracts';
import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useSyncExternalStore } from 'react';
import { z } from 'zod';
import { Attendance, type TakePlace } from './attendance.js';
import { apiUrl } from './client.js';
import { staleAfter } from './stale.js';

export interface LiveState {
  connection: 'connecting' | 'live' | 'reconnecting';
  /** When the stream last told of a change, epoch ms; null where there was none or some may have been missed. */
  lastEventAt: number | null;
  /** When the stream last said anything, also only that it is there; null before it ever did. */
  lastHeardAt: number | null;
}

/** Hears every event as it comes; after a time without the stream all queries are asked again instead. */
type Follower = (type: EventType, payload: unknown) => void;

const frameSchema = z.object({ type: z.string(), payload: z.unknown() });
/** A flood of events becomes a handful of requests: stale keys are collected this long. */
const collectMs = 200;
const firstRetryMs = 1_000;
const longestRetryMs = 15_000;
/** The platform says every 15 s that it is there. After three times of silence the connection is dead, whatever the browser thinks of it. */
const deadAfterMs = 45_000;

/**
 * The live stream. The browser resumes by `Last-Event-ID` itself; after every time without the stream all queries in
 * use are asked again, so that nothing is missed even when the server could not resume.
 */
export class LiveStream {
  private state: LiveState = { connection: 'connecting', lastEventAt: null, lastHeardAt: null };
  private readonly listeners = new Set<() => void>();
  private readonly followers = new Set<Follower>();
  private source: EventSource | undefined;
  private pending = new Map<string, readonly unknown[]>();
  private collectTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private watchTimer: ReturnType<typeof setTimeout> | undefined;
  private retryMs = firstRetryMs;
  private mayHaveMissed = false;
  /** Whether this page may hold a stream at present. */
  private admitted = false;
  private readonly attendance: Attendance;

  constructor(
    private readonly queries: QueryClient,
    private readonly open: (url: string) => EventSource = (url) => new EventSource(url),
    takePlace?: TakePlace,
  ) {
    this.attendance = new Attendance((open) => this.admit(open), takePlace);
  }

  start(): void {
    window.addEventListener('offline', this.onOffline);
    window.addEventListener('online', this.reopen);
    this.attendance.start();
    // What the page asked meanwhile may be old by the time it first connects.
    if (!this.admitted) this.mayHaveMissed = true;
  }

  stop(): void {
    window.removeEventListener('offline', this.onOffline);
    window.removeEventListener('online', this.reopen);
    this.attendance.stop();
    clearTimeout(this.collectTimer);
    this.collectTimer = undefined;
    this.admit(false);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly follow = (follower: Follower): (() => void) => {
    this.followers.add(follower);
    return () => this.followers.delete(follower);
  };
  readonly snapshot = (): LiveState => this.state;

  /** A page that must do without its stream is no disturbance: it connects anew when it is seen. */
  private admit(open: boolean): void {
    if (open === this.admitted) return;
    this.admitted = open;
    if (open) return this.reopen();
    clearTimeout(this.retryTimer);
    clearTimeout(this.watchTimer);
    this.source?.close();
    this.source = undefined;
    this.mayHaveMissed = true;
    this.change({ connection: 'connecting' });
  }

  private connect(): void {
    const source = this.open(apiUrl('/stream'));
    this.source = source;
    source.addEventListener('hello', () => this.onHello());
    source.addEventListener('error', () => this.onError(source));
    source.addEventListener('heartbeat', () => this.onHeartbeat(source));
    for (const type of eventTypeNames) source.addEventListener(type, (event) => this.onEvent(type, event));
  }

  private onHello(): void {
    this.retryMs = firstRetryMs;
    const lastHeardAt = Date.now();
    if (!this.mayHaveMissed) return this.change({ connection: 'live', lastHeardAt });
    this.mayHaveMissed = false;
    void this.queries.invalidateQueries();
    this.change({ connection: 'live', lastEventAt: null, lastHeardAt });
  }

  private onEvent(type: EventType, event: MessageEvent<string>): void {
    const now = Date.now();
    this.change({ connection: 'live', lastEventAt: now, lastHeardAt: now });
    let data: unknown;
    try {
      data = JSON.parse(event.data);
    } catch {
      return;
    }
    const frame = frameSchema.safeParse(data);
    if (!frame.success) return;
    for (const follower of this.followers) follower(type, frame.data.payload);
    for (const key of staleAfter(type, frame.data.payload)) this.pending.set(JSON.stringify(key), key);
    this.collectTimer ??= setTimeout(() => this.flush(), collectMs);
  }

  private onHeartbeat(source: EventSource): void {
    if (source !== this.source) return;
    this.change({ connection: 'live', lastHeardAt: Date.now() });
    // Only once a beat was heard is silence a sign: an older platform sends none.
    clearTimeout(this.watchTimer);
    this.watchTimer = setTimeout(() => this.onSilence(source), deadAfterMs);
  }

  /** A cable that was pulled ends no connection: the browser would wait for hours. */
  private onSilence(source: EventSource): void {
    if (source !== this.source) return;
    const heard = this.state.lastHeardAt ?? 0;
    const left = heard + deadAfterMs - Date.now();
    if (left > 0) {
      this.watchTimer = setTimeout(() => this.onSilence(source), left);
      return;
    }
    this.mayHaveMissed = true;
    this.change({ connection: 'reconnecting' });
    this.reopen();
  }

  private flush(): void {
    this.collectTimer = undefined;
    const keys = [...this.pending.values()];
    this.pending = new Map();
    for (const queryKey of keys) void this.queries.invalidateQueries({ queryKey });
  }

  private onError(source: EventSource): void {
    if (source !== this.source) return;
    this.mayHaveMissed = true;
    this.change({ connection: 'reconnecting' });
    // The browser gives up for good after an HTTP error (a restarting gateway, an expired session): then we try again.
    if (source.readyState !== EventSource.CLOSED) return;
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(this.reopen, this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, longestRetryMs);
  }

  private readonly reopen = (): void => {
    if (!this.admitted) return;
    clearTimeout(this.retryTimer);
    this.source?.close();
    this.connect();
  };

  private readonly onOffline = (): void => {
    this.mayHaveMissed = true;
    if (this.admitted) this.change({ connection: 'reconnecting' });
  };

  private change(part: Partial<LiveState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}

export const LiveContext = createContext<LiveStream | null>(null);

/** Connection state and time of the last event, for the header. */
export function useLiveState(): LiveState {
  const live = useContext(LiveContext);
  if (!live) throw new Error('useLiveState needs a LiveContext');
  return useSyncExternalStore(live.subscribe, live.snapshot);
}

/** For a page that brings itself up to date piece by piece: what it follows the stream by. */
export function useLiveEvents(): LiveStream['follow'] {
  const live = useContext(LiveContext);
  if (!live) throw new Error('useLiveEvents needs a LiveContext');
  return live.follow;
}
