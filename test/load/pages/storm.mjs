import { fixed, integer, show, table } from './table.mjs';

const titles = {
  pingMs: ['baseline: ping before it, ms', fixed(2)],
  pubackMs: ['all acknowledged, ms', integer],
  listedMs: ['all in `GET /alarms`, ms', integer],
  streamedMs: ["all on an operator's stream, ms", integer],
  orderedMs: ['one order per incident, ms', integer],
  memoryStartMb: ['memory before, MB', integer],
  memoryPeakMb: ['memory at most, MB', integer],
  memoryEndMb: ['memory a minute after, MB', integer],
};

export function stormPage({ alarms, buildings, spreads }) {
  return [
    `${integer(alarms)} smoke detectors of ${integer(buildings)} buildings sound within one second. Times count from the first event, so 1,000 ms is as fast as can be. Every alarm was found, and a minute later exactly one order per incident, or the run would have failed. The lists are asked place by place while the platform works.`,
    table(
      ['', ''],
      Object.entries(titles).map(([key, [title, format]]) => [title, show(spreads[key], format)]),
    ),
  ];
}
