import { news, newsSize } from './news.js';
import { drift, paceSize, restlessness } from './pace.js';
import { record, recordSize } from './record.js';
import { season, seasonSize, type Expectation } from './season.js';
import { shape, shapeSize } from './shape.js';
import { borderOf, surprise, tailSize } from './tail.js';

/** What is thought of one reading, by the readings before it alone. */
export interface Judgement {
  /** How strange it is, 0 to 1: see {@link scoreOf}. Stays up while the strange goes on. */
  strangeness: number;
  /** The same, but only where it is news: one peak at the begin of what is strange. */
  score: number;
  /** What this hour is usually like; `undefined` while nothing is known of it. */
  usual?: Usual;
}

export interface Usual {
  expected: number;
  /** Between these about 49 of 50 values lie. */
  low: number;
  high: number;
}

const [readings, newest, recordAt] = [0, 1, 2] as const;
const seasonAt = recordAt + recordSize;
const shapeAt = seasonAt + seasonSize;
const restAt = shapeAt + shapeSize;
const driftAt = restAt + paceSize;
const tailsAt = driftAt + paceSize;
const newsAt = tailsAt + 4 * tailSize;
const size = newsAt + newsSize;

/** Changes when a memory of before means something else: such a memory is not taken up. */
export const baselineLayout = 1;
export const baselineBytes = size * 8;

/** Everything that is remembered of one series: a fixed number of numbers, so it can be copied, kept and taken up again exactly. */
export const newBaseline = (): Float64Array => new Float64Array(size);

/** So many readings were taken. */
export const historyOf = (memory: Float64Array): number => memory[readings]!;

/** Five views agree on decades of rarity by their sum (Fisher's method); this many are a score of one half. */
const half = 5;
/** 5 decades (one in 100,000 if the views were independent) are 0.5, 10 are 0.67, 20 are 0.8: never 1, so the top has room. */
export const scoreOf = (decades: number): number => decades / (decades + half);

/** Squares of larger values would not be numbers any more. */
const largest = 1e100;

/**
 * One reading of a series, changing `memory` in place; `undefined` and no change if it is not newer than the newest or not a number.
 * `local` is the wall clock of the place as ms: what is usual depends on it.
 */
export function judge(memory: Float64Array, ts: number, value: number, local = ts): Judgement | undefined {
  if (!Number.isFinite(value) || !Number.isFinite(ts)) return undefined;
  if (memory[readings]! > 0 && ts <= memory[newest]!) return undefined;
  memory[readings]!++;
  memory[newest] = ts;
  const bounded = Math.min(largest, Math.max(-largest, value));

  const expectation = season(memory, seasonAt, ts, local, bounded);
  const usual = expectation && usualOf(expectation, borderOf(memory, tailsAt));
  const decades =
    record(memory, recordAt, bounded) +
    surprise(memory, tailsAt, Math.abs(expectation?.off ?? 0)) +
    surprise(memory, tailsAt + tailSize, shape(memory, shapeAt, bounded)) +
    surprise(memory, tailsAt + 2 * tailSize, restlessness(memory, restAt, bounded)) +
    surprise(memory, tailsAt + 3 * tailSize, drift(memory, driftAt, bounded));
  const judgement: Judgement = { strangeness: scoreOf(decades), score: scoreOf(news(memory, newsAt, decades)) };
  if (usual) judgement.usual = usual;
  return judgement;
}

function usualOf({ mean, deviation }: Expectation, border: number): Usual {
  const reach = Math.max(1, border) * deviation;
  return { expected: mean, low: mean - reach, high: mean + reach };
}
