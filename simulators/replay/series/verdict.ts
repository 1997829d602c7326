import type { Seen } from './seen.js';
import type { Sent } from './send.js';
import type { ReplayStory } from './story.js';

export interface Verdict {
  lines: string[];
  /** Empty when the platform made of the file what was expected. */
  differences: string[];
}

/** Expected against seen, as lines to print. */
export function judge({ expected }: ReplayStory, sent: Sent, seen: Seen): Verdict {
  const pairs: [string, number, number][] = [
    ['messages acknowledged', sent.messages, sent.acknowledged],
    ['readings refused', expected.refused, seen.refused.total],
    ['readings stored', expected.stored, seen.stored],
    ...Object.entries(expected.raised).map(([ruleId, times]): [string, number, number] => [
      `${ruleId} raised`,
      times,
      seen.raised.get(ruleId) ?? 0,
    ]),
  ];
  if (expected.closedBySensor !== undefined)
    pairs.push(['orders closed by the sensor', expected.closedBySensor, seen.orders.closed]);
  const reasons = [...seen.refused.byReason].map(([reason, times]) => `${reason} ${times}`).join(', ');
  const others = [...seen.raised].filter(([ruleId]) => !(ruleId in expected.raised));
  const holding = [...seen.holding].map(([ruleId, times]) => `${ruleId} ${times}`).join(', ');
  return {
    lines: [
      `  sent      ${sent.messages} messages: ${sent.readings} readings, ${sent.events} events`,
      ...pairs.map(
        ([what, wanted, got]) => `  ${wanted === got ? '✓' : '✗'} ${what.padEnd(34)} expected ${wanted}, seen ${got}`,
      ),
      `  dead letters by reason: ${reasons || 'none'}`,
      ...(others.length ? [`  also raised: ${others.map(([ruleId, times]) => `${ruleId} ${times}`).join(', ')}`] : []),
      `  still so: ${holding || 'nothing'}`,
      `  orders: ${seen.orders.total}, of them ${seen.orders.closed} closed, ${seen.orders.open} open`,
    ],
    differences: pairs
      .filter(([, wanted, got]) => wanted !== got)
      .map(([what, wanted, got]) => `${what}: ${wanted} expected, ${got} seen`),
  };
}
