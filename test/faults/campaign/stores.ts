import { DuckDBInstance } from '@duckdb/node-api';
import { readingsSchema } from '@sc/contracts';
import type { PlatformClient } from '../../../simulators/client/index.js';
import type { Span } from './record.js';
import type { Store } from './target.js';

/** Most devices of one question to the API. */
const devicesAtOnce = 20;
const widestMs = 366 * 86_400_000;

/** Spans that begin and end alike are asked for together; windows are aligned, so a span may lie in two. */
export async function countThroughPlatform(
  client: PlatformClient,
  spans: readonly Span[],
  metricOf: (deviceId: string) => string,
): Promise<number[]> {
  const counts = spans.map(() => 0);
  const groups = new Map<string, number[]>();
  spans.forEach(({ deviceId, from, to }, index) => {
    const key = `${metricOf(deviceId)} ${from} ${to}`;
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  for (const group of groups.values()) {
    for (let at = 0; at < group.length; at += devicesAtOnce) {
      const part = group.slice(at, at + devicesAtOnce);
      const { deviceId, from, to } = spans[part[0]!]!;
      const { items } = await client.get(readingsSchema, '/readings', {
        deviceId: part.map((index) => spans[index]!.deviceId).join(','),
        metric: metricOf(deviceId),
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        windowMs: widestMs,
        aggregate: 'count',
      });
      for (const index of part)
        for (const item of items) if (item.deviceId === spans[index]!.deviceId) counts[index]! += Number(item.value);
    }
  }
  return counts;
}

/** The file of the embedded store, after its platform has ended. */
export class DuckDbStore implements Store {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: Awaited<ReturnType<DuckDBInstance['connect']>>,
  ) {}

  static async open(file: string): Promise<DuckDbStore> {
    const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
    return new DuckDbStore(instance, await instance.connect());
  }

  async times(deviceId: string, metric: string): Promise<Float64Array> {
    const statement = await this.connection.prepare(
      `select r.ts::double from readings r join series s on s.id = r.series_id
       where s.device = $1 and s.metric = $2 order by r.ts`,
    );
    statement.bindVarchar(1, deviceId);
    statement.bindVarchar(2, metric);
    const columns = await (await statement.runAndReadAll()).getColumns();
    return Float64Array.from((columns[0] ?? []) as number[]);
  }

  async close(): Promise<void> {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

interface InfluxAnswer {
  results: { error?: string; series?: { tags?: Record<string, string>; values: number[][] }[] }[];
}

/** InfluxDB, asked by InfluxQL. A point of it is there once by its nature: what could be doubled is overwritten. */
export class InfluxStore implements Store {
  constructor(private readonly place: { url: string; database: string }) {}

  async count(spans: readonly Span[], metricOf: (deviceId: string) => string): Promise<number[]> {
    const statements = spans.map(
      ({ deviceId, from, to }) =>
        `select count(k) from reading where device = '${deviceId}' and metric = '${metricOf(deviceId)}' and time >= ${from}ms and time < ${to}ms`,
    );
    const { results } = await this.ask(statements.join('; '));
    return results.map(({ series }) => series?.[0]?.values[0]?.[1] ?? 0);
  }

  async times(deviceId: string, metric: string): Promise<Float64Array> {
    const { results } = await this.ask(
      `select k from reading where device = '${deviceId}' and metric = '${metric}' order by time`,
    );
    return Float64Array.from((results[0]?.series?.[0]?.values ?? []).map(([ts]) => ts!));
  }

  async close(): Promise<void> {}

  private async ask(query: string): Promise<InfluxAnswer> {
    const response = await fetch(`${this.place.url}/query`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ db: this.place.database, epoch: 'ms', q: query }).toString(),
      signal: AbortSignal.timeout(120_000),
    });
    const answer = (await response.json()) as InfluxAnswer;
    const error = answer.results?.find((result) => result.error)?.error;
    if (!response.ok || error) throw new Error(`InfluxDB: ${response.status} ${error}`);
    return answer;
  }
}
