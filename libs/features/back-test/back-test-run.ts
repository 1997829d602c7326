import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { BackTestResult, Rule } from '@sc/contracts';
import { type DetectionInput, loadPlaces, newestEvents, type Past, pastOf, StoredEvents } from '@sc/features/detection';
import type { Database } from '@sc/platform/database';
import type { Reading, TimeSeries } from '@sc/platform/time-series';
import { type Kysely, sql } from 'kysely';
import { AlarmSpans } from './alarm-spans.js';
import { BackTestFailure } from './back-test-failure.js';
import { Comparison } from './comparison.js';
import { keptFrom } from './kept-from.js';
import type { BackTestLimits } from './limits.js';
import { raisedAlarms } from './raised-alarms.js';
import { Replay } from './replay.js';
import { SiteDays } from './site-days.js';
import { type Standing, standingAt } from './standing.js';

/** Who waited longer than this has work to do: then it rests as long as they took, twice. */
const noticeableMs = 2;
const longestRestMs = 100;
/** No rule looks further back. */
const longestMs = 30 * 86_400_000;

export interface BackTestQuestion {
  rule: Rule;
  deviceIds: readonly string[];
  from: number;
  to: number;
}

export interface BackTestSources {
  series: Pick<TimeSeries, 'scan'>;
  db: Kysely<Database>;
  timeZone: string;
  now: number;
  limits: BackTestLimits;
}

/** One rule on its way through the past, in chunks: memory and disturbance do not grow with the length of the past. */
export class BackTestRun {
  readonly progress = { progress: 0, readings: 0 };
  private events = 0;
  private ruleErrors = 0;
  private startedAt = 0;
  private domainOf: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly question: BackTestQuestion,
    private readonly sources: BackTestSources,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws BackTestFailure, what the stores throw, the signal's reason */
  async run(): Promise<BackTestResult> {
    this.startedAt = performance.now();
    const { rule, deviceIds, from } = this.question;
    const { db, limits, timeZone, now } = this.sources;
    // Nothing is known of what is still to come.
    const to = Math.min(this.question.to, Math.max(now, from + 1));
    this.domainOf = await domainsOf(db, deviceIds);
    const raised = await raisedAlarms(db, { ruleId: rule.id, deviceIds, from, to }, limits.raisedSteps);
    const days = new SiteDays(timeZone, from, to);
    const { alarms: mostAlarms, byDevice: mostDevices } = limits;
    const comparison = new Comparison({ from, to, days, raised, mostAlarms, mostDevices });
    const spans = new AlarmSpans(
      rule,
      (span, before) => raised.endedByPerson(span, before),
      (span) => comparison.add(span),
    );
    const past = pastOf(rule);
    const standing = await standingAt(db, rule, raised, from, this.domainOf);
    const replay = new Replay(rule, {
      timeZone,
      from: from - past.readingsMs,
      start: from,
      standing,
      places: await loadPlaces(db, deviceIds),
      onTold: (transitions) => spans.take(transitions),
      onRuleFailure: () => this.ruleFailed(),
    });
    await this.tell(replay, past, to, standing);
    replay.end(to);
    spans.finish(to);
    return {
      coveredFrom: new Date(Math.max(from, keptFrom(past, now))).toISOString(),
      readings: this.progress.readings,
      events: this.events,
      devices: deviceIds.length,
      ruleErrors: this.ruleErrors,
      ...comparison.result(),
    };
  }

  /** Of devices of which something stood: a door that is open may have said so long before. */
  private async newestBefore(
    begin: number,
    { metrics }: Past,
    standing: readonly Standing[],
  ): Promise<DetectionInput[]> {
    const deviceIds = [...new Set(standing.map(({ deviceId }) => deviceId))];
    const newest = new Map<string, Reading>();
    if (!deviceIds.length) return [];
    const filter = metrics ? { deviceIds, metrics } : { deviceIds };
    for await (const readings of this.sources.series.scan(begin - longestMs, begin, filter)) {
      for (const reading of readings) newest.set(`${reading.deviceId} ${reading.metric}`, reading);
      await this.letOthersGoOn();
    }
    return inputsOf([...newest.values()], this.domainOf);
  }

  /** Readings and events in order of time, from as far back as the rule remembers. */
  private async tell(replay: Replay, past: Past, to: number, standing: readonly Standing[] = []): Promise<void> {
    const { deviceIds, from } = this.question;
    const { db, series } = this.sources;
    const begin = from - past.readingsMs;
    const eventsFrom = from - past.eventsMs;
    const events = new StoredEvents(db, eventsFrom, to, { deviceIds, to });
    const older = [...(await newestEvents(db, eventsFrom, to, deviceIds)), ...(await events.until(begin - 1))];
    replay.remember([...older, ...(await this.newestBefore(begin, past, standing))]);
    const filter = past.metrics ? { deviceIds, metrics: past.metrics } : { deviceIds };
    for await (const readings of series.scan(begin, to, filter)) {
      const last = readings.at(-1);
      if (!last) continue;
      const told = await events.until(last.ts);
      this.events += told.length;
      replay.take(merged(inputsOf(readings, this.domainOf), told));
      this.progress.readings += readings.length;
      this.progress.progress = Math.min(1, Math.max(0, (last.ts - begin) / (to - begin)));
      await this.letOthersGoOn();
    }
    for (let rest = await events.next(); rest.length > 0; rest = await events.next()) {
      this.events += rest.length;
      replay.take(rest);
      await this.letOthersGoOn();
    }
  }

  /** At full speed while nobody else wants the processor of this process; else it works at most a third of the time. */
  private async letOthersGoOn(): Promise<void> {
    this.signal.throwIfAborted();
    const before = performance.now();
    if (before - this.startedAt > this.sources.limits.runMs) throw new BackTestFailure('too-slow');
    await nextTurn();
    const others = performance.now() - before;
    if (others > noticeableMs) await wait(Math.min(longestRestMs, 2 * others));
  }

  private ruleFailed(): void {
    this.ruleErrors += 1;
    if (this.ruleErrors >= this.sources.limits.ruleErrors) throw new BackTestFailure('rule-throws');
  }
}

/** When it reached us is not kept with a reading: in its own moment. */
function inputsOf(readings: readonly Reading[], domainOf: ReadonlyMap<string, string>): DetectionInput[] {
  const inputs: DetectionInput[] = [];
  for (const { deviceId, metric, ts, value } of readings) {
    const domain = domainOf.get(deviceId);
    if (domain !== undefined) inputs.push({ kind: 'reading', deviceId, domain, ts, receivedAt: ts, metric, value });
  }
  return inputs;
}

/** At the same moment readings come first, as after a start. */
function merged(readings: DetectionInput[], events: readonly DetectionInput[]): DetectionInput[] {
  return events.length === 0 ? readings : [...readings, ...events].sort((a, b) => a.ts - b.ts);
}

async function domainsOf(db: Kysely<Database>, deviceIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('devices')
    .select(['id', 'domain'])
    .where('state', '=', 'registered')
    .where(sql<boolean>`id = any(${deviceIds})`)
    .execute();
  return new Map(rows.map(({ id, domain }) => [id, domain]));
}
