import { baselineSeconds } from '../rows/baseline.mjs';
import { fixed, integer, show, table } from './table.mjs';

const titles = { distinct: 'distinct readings', duplicates: '1 % duplicates', disorder: '20 % out of order' };

export function throughputPage({ generatorCeiling, baseline, baselineSkipped, rows }) {
  const ours = rows.map(({ name, spreads }) => [
    `platform, ${titles[name]}`,
    show(spreads.messagesPerSecond, integer),
    spreads.ratio ? show(spreads.ratio, fixed(2)) : 'no baseline',
    `${show(spreads.cpuUs, fixed(1))} + PostgreSQL ${show(spreads.postgresCpuUs, fixed(1))}`,
    `${show(spreads.pubackP50Ms, integer)} / ${show(spreads.pubackP99Ms, integer)}`,
    `${show(spreads.memoryStartMb, integer)} → ${show(spreads.memoryEndMb, integer)}`,
  ]);
  return [
    '50 publishers, 200 bytes of JSON with three values, QoS 1, 300 messages unacknowledged each, default rules. The platform is the whole product on embedded stores: broker, rules, PostgreSQL and time series in one; a message counts when its PUBACK arrives, that is when its readings are on disk. After each round the stored readings are compared with those sent; a difference fails the run. The baseline parses and counts and keeps nothing.',
    table(
      ['', 'messages/s', 'ratio', 'CPU µs per message', 'PUBACK p50 / p99 ms', 'memory MB'],
      baseline ? [baselineRow(baseline), ...ours] : ours,
    ),
    baseline && baselineLasts,
    baselineSkipped && `The baseline was skipped: ${baselineSkipped}.`,
    `With up to 15,000 messages under way a PUBACK takes as long as 15,000 messages take: that figure is the queue, not the path. The load generator alone reaches ${integer(generatorCeiling)} messages/s against a server that only acknowledges.`,
  ];
}

export const baselineLasts = `The baseline is measured for no more than ${baselineSeconds} s of a round, because it does not last: with fifty busy publishers Mosquitto 2.0.11 reads too few of the subscriber's acknowledgements, broker and subscriber grow by some 70 MB a second together, and after 25 to 40 s the connection breaks and messages are lost.`;

/** The bare subscriber, as the tables of both throughputs begin. */
export const baselineRow = ({ spreads }) => [
  'bare MQTT.js subscriber on Mosquitto',
  show(spreads.messagesPerSecond, integer),
  '1',
  `${show(spreads.subscriberCpuUs, fixed(1))} + broker ${show(spreads.brokerCpuUs, fixed(1))}`,
  '',
  '',
];
