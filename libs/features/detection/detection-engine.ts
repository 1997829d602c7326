import { Inject, Injectable, Optional } from '@nestjs/common';
import { CLOCK, type Clock } from '@sc/platform/clock';
import { SETTINGS, type Settings } from '@sc/platform/config';
import type { Database } from '@sc/platform/database';
import { LOGGER, type Logger } from '@sc/platform/logging';
import { type TimeSeries, TimeSeriesUnavailableError } from '@sc/platform/time-series';
import type { Kysely } from 'kysely';
import { adopt, takeKnownEnds, takeUp } from './adopt.js';
import { Detector, type DetectorOptions } from './detector.js';
import { loadPlaces } from './groups/load-places.js';
import { Troubles } from './guard/troubles.js';
import { type Kept, longMemories } from './memory/long-memories.js';
import { catchUp, restoreMemories } from './memory/restore.js';
import { eventReachOf, judgedFromOf, reachOf } from './reach.js';
import { rebuildDetector } from './rebuild.js';
import { RuleStore, type RulesInForce } from './rule-store.js';
import type { AlarmTransition, DetectionInput, KnownEnd, OpenCondition } from './types.js';

/**
 * A pause between two ticks longer than this was ours (a suspended machine, a blocked process, a clock that was set, back too),
 * so no device is silent for it.
 */
const stallMs = 60_000;

/** Only for tests: what `DetectorOptions.faults` is. */
export const DETECTOR_FAULTS = Symbol('DetectorFaults');

type Standing = OpenCondition & { domain: string };

/**
 * The detector of this process. Use: `evaluate` or `tick`, commit what they return, then `committed`. What was not
 * confirmed is returned again by the next call, so a failed commit loses no alarm; applying it twice changes nothing.
 */
@Injectable()
export class DetectionEngine {
  private readonly unconfirmed = new Set<AlarmTransition>();
  private readonly detector: Detector;
  /** Rules in trouble: stopped ones judge nothing. */
  readonly troubles: Troubles;
  /** The past is told: what it brings about says nothing about rules. */
  private retelling = false;
  private fingerprint = '';
  private lastTickAt = 0;
  /** Devices of which it has to be read anew where they are. */
  private moved = new Set<string>();
  private readingPlaces: Promise<void> | undefined;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly rules: RuleStore,
    @Optional() @Inject(SETTINGS) settings?: Pick<Settings, 'TIME_ZONE'>,
    @Optional() @Inject(DETECTOR_FAULTS) faults?: DetectorOptions['faults'],
  ) {
    this.troubles = new Troubles(
      () => clock.now(),
      logger,
      () => this.detector,
    );
    this.detector = new Detector({
      timeZone: settings?.TIME_ZONE ?? 'UTC',
      onRuleFailure: (rule, error) => this.troubles.threw(rule, error),
      onTold: (rule, transition) => {
        if (!this.retelling) this.troubles.told(rule, transition);
      },
      ...(faults ? { faults } : {}),
    });
  }

  /** Unconfirmed transitions of before, then those of these inputs. Never throws for an input or a rule. */
  evaluate(inputs: readonly DetectionInput[]): AlarmTransition[] {
    const { costs } = this.troubles;
    const startedAt = costs.now();
    const transitions = this.detector.evaluate(inputs);
    costs.took(inputs.length, costs.now() - startedAt);
    return this.remember(transitions);
  }

  /**
   * To be called every few seconds (at most 60) while messages are taken in: what began and ended because time passed.
   * `now` is our clock in ms.
   */
  tick(now: number): AlarmTransition[] {
    if (this.lastTickAt !== 0 && Math.abs(now - this.lastTickAt) > stallMs) this.listenFrom(now);
    this.lastTickAt = now;
    return this.remember(this.detector.tick(now));
  }

  /** The transaction that applied these is committed. */
  committed(transitions: readonly AlarmTransition[]): void {
    for (const transition of transitions) this.unconfirmed.delete(transition);
  }

  /** Devices could not reach us until `now` (a store was down, acknowledgements waited): their silence counts from here. */
  listenFrom(now: number): void {
    this.detector.listenFrom(now);
  }

  /** The device was retired or replaced. Its alarms end with the next `evaluate` or `tick`. */
  forget(deviceId: string): void {
    for (const transition of this.detector.forget(deviceId)) this.unconfirmed.add(transition);
  }

  /** Conditions that hold now, as the transitions that began them. */
  activeConditions(): AlarmTransition[] {
    return this.detector.activeConditions();
  }

  /**
   * After {@link rebuild}: compares with the conditions PostgreSQL holds for active. Returns the clears of those that are
   * over, and takes over those nothing is known about, so that the next reading can end them.
   */
  adopt(open: readonly Standing[]): AlarmTransition[] {
    return adopt(this.detector, open, this.clock.now());
  }

  /** After {@link adopt}: of conditions that hold by what was told again, the ends that PostgreSQL knows. */
  takeKnownEnds(ends: readonly KnownEnd[]): void {
    takeKnownEnds(this.detector, ends);
  }

  /**
   * Makes the memory anew from what is stored (P8), as far back as the rules reach. `standing` are the conditions that PostgreSQL
   * holds for active. Without the store of readings it is made of events alone: alarms must go on, and those that stand are taken over.
   * @throws when PostgreSQL is away
   */
  async rebuild(timeSeries: TimeSeries, db: Kysely<Database>, standing: readonly Standing[] = []): Promise<void> {
    // The order of bootstrap hooks is not ours to rely on: without rules a rebuild would remember nothing.
    await this.rules.seedDefaults();
    const inForce = await this.rules.loadInForce();
    const { rules } = inForce;
    this.detector.reset();
    this.unconfirmed.clear();
    this.moved.clear();
    this.detector.setPlaces(await loadPlaces(db));
    this.useRules(inForce);
    const now = this.clock.now();
    const reach = reachOf(rules);
    const sources = { reach, eventsFrom: now - eventReachOf(rules), now };
    this.detector.retelling(judgedFromOf(sources));
    const remembered = await restoreMemories(this.detector, db);
    takeUp(this.detector, rules, standing);
    this.retelling = true;
    try {
      await catchUp(this.detector, timeSeries, remembered, (metric) => now - (reach.get(metric) ?? 0));
      await rebuildDetector(this.detector, timeSeries, db, sources);
    } catch (error) {
      if (!(error instanceof TimeSeriesUnavailableError)) throw error;
      this.logger.error({ err: error }, 'detection starts without the readings of before: their store is away');
      this.detector.reset();
      await restoreMemories(this.detector, db);
      await rebuildDetector(this.detector, noReadings, db, sources);
    } finally {
      this.retelling = false;
      this.detector.retelling();
    }
    this.listenFrom(this.clock.now());
    this.lastTickAt = 0;
  }

  /** Copies of what rules with a long memory learned since `known` (newest `ts` of each series), made as they are asked for. */
  longMemories(known: ReadonlyMap<string, number>): Iterable<Kept> {
    return longMemories(this.detector, known);
  }

  /** Reads the rules again; the detector changes only if they did. */
  async refreshRules(): Promise<void> {
    this.useRules(await this.rules.loadInForce());
  }

  /** The device was registered, moved, labelled or taken away: the next {@link refreshPlaces} reads where it is. */
  deviceChanged(deviceId: string): void {
    this.moved.add(deviceId);
  }

  /**
   * Which rules apply to a device, and with which others it counts, follows from where it is. What cannot be read now is read by
   * the next call, and until then the device is where it was.
   */
  async refreshPlaces(db: Kysely<Database>): Promise<void> {
    if (this.moved.size === 0) return;
    this.readingPlaces ??= this.readPlaces(db).finally(() => (this.readingPlaces = undefined));
    await this.readingPlaces;
  }

  private async readPlaces(db: Kysely<Database>): Promise<void> {
    // Whoever tells of many devices one after the other is waited for.
    await Promise.resolve();
    const ids = [...this.moved];
    // Who moves again meanwhile is read again.
    this.moved = new Set();
    try {
      const places = await loadPlaces(db, ids);
      for (const transition of this.detector.setPlaces(places, ids)) this.unconfirmed.add(transition);
    } catch (err) {
      for (const id of ids) this.moved.add(id);
      this.logger.warn({ err, devices: ids.length }, 'where devices are was not read; they stay where they were');
    }
  }

  private useRules(inForce: RulesInForce): void {
    const { rules } = inForce;
    this.troubles.use(inForce);
    const fingerprint = JSON.stringify(rules);
    if (fingerprint === this.fingerprint) return;
    this.fingerprint = fingerprint;
    for (const transition of this.detector.setRules(rules)) this.unconfirmed.add(transition);
    this.logger.info({ rules: rules.filter((rule) => rule.enabled).length }, 'rules in force');
  }

  private remember(transitions: AlarmTransition[]): AlarmTransition[] {
    if (this.unconfirmed.size === 0 && transitions.length === 0) return transitions;
    for (const transition of transitions) this.unconfirmed.add(transition);
    return [...this.unconfirmed];
  }
}

const noReadings: Pick<TimeSeries, 'last' | 'scan'> = { last: async () => [], scan: async function* () {} };
