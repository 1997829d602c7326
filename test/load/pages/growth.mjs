import { fixed, integer, show, table } from './table.mjs';

export function growthPage({ perSecond, devicesWanted, rows }) {
  const lines = rows.map(({ devices, rules, aimed, spreads }) => [
    integer(devices),
    `${integer(rules)}${aimed ? ', each about a metric of every message' : ''}`,
    show(spreads.cpuUs, fixed(1)),
    show(spreads.ratio, fixed(2)),
  ]);
  const most = Math.max(...rows.map(({ devices }) => devices));
  return [
    `CPU time of the platform per message at ${integer(perSecond)} messages/s from all devices in turn, each with a connection of its own; the first line is the baseline of the others. The rules beyond the default ones are thresholds on other metrics, spread over all kinds of devices, as rules of a site are; the last line shows what rules cost that must be looked at with every message.`,
    table(['devices', 'rules', 'CPU µs per message', 'ratio'], lines),
    most < Math.max(...devicesWanted) &&
      `${integer(most)} devices instead of ${integer(Math.max(...devicesWanted))}: a process may open no more files on this machine.`,
  ];
}
