import type { Rule } from '@sc/contracts';
import {
  type AlarmTransition,
  beginRange,
  type DetectionInput,
  Detector,
  isEndless,
  type Places,
  retellPast,
} from '@sc/features/detection';
import type { Standing } from './standing.js';

const minute = 60_000;
const hour = 60 * minute;

export interface ReplayOptions {
  /** Of the site: hours of rules. */
  timeZone: string;
  /** Device time (ms) of the earliest input there can be. */
  from: number;
  /** When the range begins that is asked about. What was before is told as at a start, and nothing is told of it. */
  start: number;
  /** What stood then of this very condition; `undefined`: the rule was another one, or none. */
  standing: readonly Standing[] | undefined;
  /** Where devices are now; where they were then nobody keeps. */
  places: Places;
  onTold(transitions: readonly AlarmTransition[]): void;
  onRuleFailure(error: unknown): void;
}

/**
 * The production detector with one rule, told of the past as if it came now: inputs in order of device time, each received in
 * its own moment, and the passing of time. Our clock stands where the newest input is: each whole minute that it passes is
 * a tick, before the inputs of that minute (live there is one every few seconds). In a hole without any input it is an hour
 * after the first hour: what time brings about carries device time, so that a tick only has to come, not when.
 */
export class Replay {
  private readonly detector: Detector;
  private nextTick: number;
  /** When the newest input was. */
  private heard: number;
  private started = false;

  constructor(
    private readonly rule: Rule,
    private readonly options: ReplayOptions,
  ) {
    this.detector = new Detector({
      timeZone: options.timeZone,
      onRuleFailure: (_, error) => options.onRuleFailure(error),
    });
    this.detector.setPlaces(options.places);
    this.detector.setRules([{ ...rule, enabled: true }]);
    retellPast(this.detector, { ...rule, enabled: true }, options.start, options.standing ?? []);
    this.heard = options.from;
    this.nextTick = Math.floor(options.from / minute) * minute + minute;
  }

  /** What was before the range and may still matter, in any order: told without a tick. */
  remember(inputs: readonly DetectionInput[]): void {
    this.tell(this.detector.evaluate(inputs));
  }

  /** Inputs in order of time, none older than those before. */
  take(inputs: readonly DetectionInput[]): void {
    let begin = 0;
    for (let index = 0; index < inputs.length; index += 1) {
      const { ts } = inputs[index]!;
      const starts = !this.started && ts >= this.options.start;
      if (ts < this.nextTick && !starts) continue;
      this.evaluate(inputs, begin, index);
      begin = index;
      if (starts) this.begin();
      this.passTo(ts);
    }
    this.evaluate(inputs, begin, inputs.length);
  }

  /** Time has passed up to `now`. */
  passTo(now: number): void {
    while (this.nextTick <= now) {
      this.tell(this.detector.tick(this.nextTick));
      this.nextTick += this.nextTick - this.heard < hour ? minute : hour;
    }
    // After a hole it is each minute again.
    this.nextTick = Math.min(this.nextTick, Math.floor(now / minute) * minute + minute);
  }

  /** It is `now`: what time has brought about until then is told. */
  end(now: number): void {
    if (!this.started) this.begin();
    this.passTo(now);
    this.tell(this.detector.tick(now));
  }

  /** The range begins: what holds, and was told before. */
  private begin(): void {
    const { start, standing, onTold } = this.options;
    this.passTo(start - 1);
    this.started = true;
    const stood = new Set(standing?.map(keyOf));
    const holds = beginRange(this.detector, standing ?? []).filter(
      (one) => standing === undefined || !isEndless(this.rule) || stood.has(keyOf(one)),
    );
    if (holds.length > 0) onTold(holds);
  }

  private evaluate(inputs: readonly DetectionInput[], begin: number, end: number): void {
    if (end === begin) return;
    const part = end - begin === inputs.length ? inputs : inputs.slice(begin, end);
    this.heard = part.at(-1)!.ts;
    this.tell(this.detector.evaluate(part));
  }

  private tell(transitions: readonly AlarmTransition[]): void {
    if (this.started && transitions.length > 0) this.options.onTold(transitions);
  }
}

const keyOf = ({ deviceId, subject }: Pick<AlarmTransition, 'deviceId' | 'subject'>): string =>
  `${deviceId} ${subject}`;
