import { fixed, integer, percent, table } from './table.mjs';

const leastShare = 0.005;

export function profilePage({ messagesPerSecond, processCores, postgresCores, owners, functions }) {
  const rows = (list, key) =>
    list.filter(({ share }) => share >= leastShare).map((entry) => [entry[key], percent(1)(entry.share)]);
  return [
    `Where the platform's main thread spends its time under the load of the throughput (${integer(messagesPerSecond)} messages/s with the profiler on), by who owns the code, without what it calls. All threads of the process together keep ${fixed(2)(processCores)} processors busy (DuckDB and garbage collection have threads of their own), PostgreSQL ${fixed(2)(postgresCores)}.`,
    table(['owner', 'share'], rows(owners, 'owner')),
    'The most expensive functions:',
    table(['function', 'share'], rows(functions, 'name')),
  ];
}
