import type { Backlog, ProcessFigures } from '@sc/contracts';
import system from '../../locales/en/system.js';
import { backlogFigures, type Figure, partsOf } from './judge.js';

const nothing = { count: 0, p50: null, p99: null };
const calm = (): ProcessFigures => ({
  windowSeconds: 60,
  process: {
    rssBytes: 3e8,
    heapUsedBytes: 1e8,
    heapLimitBytes: 4e9,
    cpuCores: 0.2,
    loopDelayP99Seconds: 0.01,
    loopDelayMaxSeconds: 0.02,
  },
  mqtt: {
    sessions: 3,
    messagesPerSecond: { lifeSafety: 1, normal: 2 },
    pendingMessages: 0,
    pendingBytes: 0,
    oldestPendingSeconds: 0,
    batchMessages: nothing,
    batchSeconds: nothing,
    stalledSeconds: 0,
    retries: 0,
  },
  ingest: {
    databaseCommitSeconds: nothing,
    timeSeriesCommitSeconds: nothing,
    readingsPerSecond: { stored: 3, duplicate: 1, conflict: 0, refused: 0 },
    bufferedReadings: 0,
    bufferedBytes: 0,
    rejected: [],
  },
  queues: [{ lane: 'default', waiting: 0, active: 0, delayed: 0, failed: 0 }],
  http: { requestsPerSecond: 1, requestSeconds: nothing, liveStreams: 1 },
});
const figuresOf = (figures: ProcessFigures): Figure[] => partsOf(figures).flatMap((part) => part.figures);
const level = (figures: Figure[], name: Figure['name']) => figures.find((one) => one.name === name)?.level;

describe('the judgement of figures', () => {
  it('finds nothing wrong with a calm process, nor with one that measured nothing', () => {
    expect(figuresOf(calm()).filter((one) => one.level === 'warn' || one.level === 'bad')).toEqual([]);
    const idle = { ...calm(), mqtt: null, ingest: null, queues: null, http: null };
    expect(partsOf(idle).map(({ name }) => name)).toEqual(['process']);
  });

  it('finds what stands still', () => {
    const stuck = calm();
    stuck.mqtt!.stalledSeconds = 31;
    stuck.mqtt!.oldestPendingSeconds = 2;
    stuck.ingest!.databaseCommitSeconds = { count: 1, p50: 3, p99: 3 };
    stuck.ingest!.bufferedReadings = 1;
    stuck.ingest!.readingsPerSecond.refused = 0.1;
    stuck.process.heapUsedBytes = 3.9e9;
    const figures = figuresOf(stuck);
    const levels = ['stalled', 'oldest', 'databaseCommit', 'timeSeriesCommit', 'buffered', 'refused', 'heap'] as const;
    expect(levels.map((name) => level(figures, name))).toEqual(['bad', 'warn', 'bad', 'good', 'warn', 'bad', 'bad']);
  });

  it('gives other programs more time than our own work', () => {
    const lane = (name: string) => ({ lane: name, due: 1, scheduled: 0, dead: 0, oldestDueSeconds: 61 });
    const backlog: Backlog = {
      jobs: [lane('default'), lane('outside')],
      outbox: { events: 9, oldestSeconds: 31 },
      deadLetters: [],
    };
    const figures = backlogFigures(backlog);
    expect(figures.filter((one) => one.name === 'oldestDue').map((one) => one.level)).toEqual(['bad', 'warn']);
    expect(level(figures, 'outbox')).toBe('bad');
  });

  it('has advice for everything that can be other than good, and for nothing else', () => {
    const judged = [
      ...figuresOf(calm()),
      ...backlogFigures({
        jobs: [{ lane: 'default', due: 0, scheduled: 0, dead: 0, oldestDueSeconds: null }],
        outbox: { events: 0, oldestSeconds: null },
        deadLetters: [],
      }),
    ].filter((one) => one.level);
    expect(Object.keys(system.advice).sort()).toEqual([...judged.map((one) => one.name), 'letters'].sort());
  });
});
