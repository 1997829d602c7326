import { fixed, integer, show, table } from './table.mjs';
import { baselineLasts, baselineRow } from './throughput.mjs';

export function externalPage({ skipped, maxAhead, baseline, platform }) {
  if (skipped) return [`Not measured: ${skipped}.`];
  const { spreads } = platform;
  const cpu = [
    show(spreads.cpuUs, fixed(1)),
    `broker ${show(spreads.brokerCpuUs, fixed(1))}`,
    `PostgreSQL ${show(spreads.postgresCpuUs, fixed(1))}`,
  ];
  const row = [
    'platform on Mosquitto',
    show(spreads.messagesPerSecond, integer),
    show(spreads.ratio, fixed(2)),
    cpu.join(' + '),
    `${show(spreads.memoryMb, integer)}, broker ${show(spreads.brokerMemoryMb, integer)}`,
  ];
  return [
    `The same load into Mosquitto as \`deploy/mosquitto\` sets it up (accounts, permissions, persistence), from where the platform fetches it; everything else of the platform is embedded. What the platform has stored counts, not what the broker has acknowledged. Publishers are held to ${integer(maxAhead)} messages ahead of it, so that the broker's queue has a bound.`,
    table(['', 'messages/s', 'ratio', 'CPU µs per message', 'memory MB'], [baselineRow(baseline).slice(0, 5), row]),
    baselineLasts,
  ];
}
