import { DuckDBInstance } from '@duckdb/node-api';
import { join } from 'node:path';
import { dayMs, deviceCount, metric } from './series.mjs';
import { bytesBelow, makeFolder } from './stores.mjs';

const ticksPerInsert = 200;

/** The baseline: one table as one would write it first, filled in the order of arrival, with no more help than that. */
export async function openPlainTable(plan) {
  const folder = await makeFolder();
  const instance = await DuckDBInstance.create(join(folder.path, 'plain.duckdb'), {
    // As much as the platform gives its own.
    memory_limit: '512MB',
    threads: '2',
    preserve_insertion_order: 'true',
  });
  const connection = await instance.connect();
  await connection.run('create table plain (device varchar, metric varchar, ts bigint, value double)');
  for (let tick = 0; tick < plan.perDevice; tick += ticksPerInsert)
    await connection.run(
      `insert into plain
       select 'bench/history-' || lpad(d::varchar, 5, '0'), '${metric}', ${plan.start} + t * ${plan.everyMs}, 20 + ((d * 31 + t * 17) % 500) / 100
       from range(${tick}, ${Math.min(plan.perDevice, tick + ticksPerInsert)}) ticks(t), range(${deviceCount}) devices(d)`,
    );
  await connection.run('checkpoint');
  const count = async (sql) => (await connection.runAndReadAll(sql)).currentRowCount;
  const windows = (device, from, to, width) =>
    count(
      `select ts // ${width} * ${width} as start, avg(value) from plain
       where device = '${device}' and metric = '${metric}' and ts >= ${from} and ts < ${to} group by start order by start`,
    );
  return {
    day: (device, from) => windows(device, from, from + dayMs, 60_000),
    month: (device) => windows(device, plan.start, plan.end, 3_600_000),
    last: () => count('select device, metric, max(ts), arg_max(value, ts) from plain group by device, metric'),
    bytes: () => bytesBelow(folder.path),
    async stop() {
      connection.closeSync();
      instance.closeSync();
      await folder.remove();
    },
  };
}
