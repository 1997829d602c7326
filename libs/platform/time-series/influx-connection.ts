import { HttpError, InfluxDB, type WriteApi } from '@influxdata/influxdb-client';
import { type InfluxRows, readAnswer } from './influx-answer.js';
import { authorization, type InfluxOptions } from './influx-options.js';
import { TimeSeriesUnavailableError } from './time-series.js';

/** The server will never take some of what was sent; the rest is stored. Trying again never helps. */
export class InfluxRefusedError extends Error {
  readonly code = 'time-series-refused';

  /** @param refused how many lines; undefined when the server does not say */
  constructor(
    message: string,
    readonly refused: number | undefined,
  ) {
    super(message);
  }
}

/** More statements than this go in more than one request. */
const STATEMENTS_PER_REQUEST = 100;

/** Writes and queries over HTTP, each with a limit. 1.x by `/write`, 2.x and 3.x by `/api/v2/write`; all of them are asked by InfluxQL. */
export class InfluxConnection {
  private readonly client: InfluxDB;
  private readonly headers: Record<string, string>;
  private databaseThere: Promise<void> | undefined;

  constructor(private readonly options: InfluxOptions) {
    this.headers = authorization(options);
    this.client = new InfluxDB({
      url: options.url,
      timeout: options.writeTimeoutMs ?? 10_000,
      headers: this.headers,
    });
  }

  /** Resolves when the server has them on disk. @throws TimeSeriesUnavailableError, InfluxRefusedError */
  async write(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    await this.ensureDatabase();
    const api = this.writeApi();
    // One record for the whole request: the client would otherwise send parts by itself and only log their failure.
    api.writeRecord(lines.join('\n'));
    try {
      await api.flush();
    } catch (error) {
      throw this.writeError(error);
    }
  }

  /** The answers in the order of the statements. @throws TimeSeriesUnavailableError */
  async query(statements: readonly string[]): Promise<InfluxRows[][]> {
    await this.ensureDatabase();
    const answers: InfluxRows[][] = [];
    for (let offset = 0; offset < statements.length; offset += STATEMENTS_PER_REQUEST) {
      const part = statements.slice(offset, offset + STATEMENTS_PER_REQUEST);
      const results = await this.answerOf(await this.post(part.join(';')));
      if (results.length < part.length) throw new TimeSeriesUnavailableError('InfluxDB left a statement unanswered');
      answers.push(...results);
    }
    return answers;
  }

  /** A fresh one for each request, that neither batches nor retries nor logs by itself. */
  private writeApi(): WriteApi {
    const { org = '', bucket } = this.options;
    const api = this.client.getWriteApi(org, bucket, 'ms', {
      batchSize: 2,
      maxBatchBytes: Number.MAX_SAFE_INTEGER,
      flushInterval: 0,
      maxRetries: 0,
      gzipThreshold: Number.MAX_SAFE_INTEGER,
      writeFailed: (error) => Promise.reject(error),
    });
    if (!org) api.path = `/write?db=${encodeURIComponent(bucket)}&precision=ms`;
    return api;
  }

  private ensureDatabase(): Promise<void> {
    return (this.databaseThere ??= this.createDatabase().catch((error: unknown) => {
      this.databaseThere = undefined;
      throw error;
    }));
  }

  /** Buckets of 2.x and 3.x are made by their operator, who decides how long they keep. */
  private async createDatabase(): Promise<void> {
    const { org, bucket } = this.options;
    if (org) return;
    const response = await this.post(`create database "${bucket.replace(/["\\]/g, '\\$&')}"`);
    // An account that may not create it may still use one that is there: then the first write tells.
    if (response.status !== 401 && response.status !== 403) await this.answerOf(response);
    else await response.body?.cancel();
  }

  private async answerOf(response: Response): Promise<InfluxRows[][]> {
    const { error, results } = readAnswer(
      await response.text().catch((cause: unknown) => {
        throw new TimeSeriesUnavailableError('InfluxDB broke off its answer', { cause });
      }),
    );
    if (response.ok && error === undefined) return results;
    if (/database not found/.test(error ?? '')) this.databaseThere = undefined;
    throw new TimeSeriesUnavailableError(`InfluxDB answered ${response.status}: ${error ?? 'no reason given'}`);
  }

  private async post(q: string): Promise<Response> {
    const { url, bucket, queryTimeoutMs = 30_000 } = this.options;
    const target = new URL(`${url.replace(/\/$/, '')}/query`);
    target.search = new URLSearchParams({ db: bucket, epoch: 'ms', chunked: 'true' }).toString();
    try {
      return await fetch(target, {
        method: 'POST',
        headers: { ...this.headers, accept: 'application/json' },
        body: new URLSearchParams({ q }),
        signal: AbortSignal.timeout(queryTimeoutMs),
      });
    } catch (cause) {
      throw new TimeSeriesUnavailableError('InfluxDB does not answer', { cause });
    }
  }

  private writeError(error: unknown): Error {
    const detail = error instanceof Error ? error.message : String(error);
    if (!(error instanceof HttpError)) return new TimeSeriesUnavailableError(`InfluxDB: ${detail}`, { cause: error });
    // The database was dropped under us: it is made again before the next write.
    if (error.statusCode === 404) this.databaseThere = undefined;
    if (![400, 413, 422].includes(error.statusCode))
      return new TimeSeriesUnavailableError(`InfluxDB answered ${error.statusCode}: ${detail}`, { cause: error });
    const dropped = /dropped=(\d+)/.exec(`${detail} ${error.body ?? ''}`)?.[1];
    return new InfluxRefusedError(detail.slice(0, 500), dropped === undefined ? undefined : Number(dropped));
  }
}
