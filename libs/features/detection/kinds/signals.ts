import type { EventCondition, Signal } from '@sc/contracts';
import type { SequenceState } from '../state.js';
import type { DetectionInput } from '../types.js';
import { causeOf, matches } from './event-data.js';

type Cause = Record<string, unknown>;

/** What one input says to a rule about signals. A reading says something only when the metric becomes another than it was. */
export interface Said {
  /** Whether it is one of these. */
  isOneOf(signals: readonly Signal[]): boolean;
  /** The metric was not known before: since when it is so, nobody knows. */
  isFirst: boolean;
  data: Record<string, unknown>;
  cause(signals: readonly Signal[], subject: string | undefined): Cause;
}

const nothing: Said = { isOneOf: () => false, isFirst: false, data: {}, cause: () => ({}) };

/** Also remembers the newest reading of the metrics in `values`; an older one says nothing. */
export function saidBy(input: DetectionInput, values: SequenceState['values']): Said {
  if (input.kind === 'event') {
    const { type, data } = input;
    const isIt = (signal: Signal) => 'event' in signal && signal.event === type && matches(signal.match, data);
    return {
      isOneOf: (signals) => signals.some(isIt),
      isFirst: false,
      data,
      cause: (signals, subject) => {
        const match = signals
          .filter(isIt)
          .flatMap((signal): EventCondition['match'] & object => ('event' in signal ? (signal.match ?? []) : []));
        return causeOf({ match, subject }, input);
      },
    };
  }
  const { metric, value, ts } = input;
  // The name of a metric comes from a device.
  const before = Object.hasOwn(values, metric) ? values[metric] : undefined;
  if (typeof value !== 'boolean' || before === undefined || ts <= before.ts) return nothing;
  const isSame = before.ts !== 0 && before.value === value;
  values[metric] = { ts, value };
  if (isSame) return nothing;
  return {
    isOneOf: (signals) =>
      signals.some((signal) => 'metric' in signal && signal.metric === metric && signal.value === value),
    isFirst: before.ts === 0,
    data: {},
    cause: () => ({ metric, value }),
  };
}

export const metricsOfSignals = (signals: readonly Signal[]): string[] => [
  ...new Set(signals.flatMap((signal) => ('metric' in signal ? [signal.metric] : []))),
];
