import { randomBytes } from 'node:crypto';
import { InfluxTimeSeries } from '../../libs/platform/time-series/influx-time-series.js';
import { timeSeriesLifeConformance } from '../../libs/platform/time-series/time-series-life.conformance.js';
import { timeSeriesConformance } from '../../libs/platform/time-series/time-series.conformance.js';
import { describeWith, provide } from '../support/services/index.js';

/** The disk may be busy with other suites; nothing here is about speed. */
const influx = await provide('influxdb');
const { TEST_INFLUX_TOKEN: token, TEST_INFLUX_ORG: org, TEST_INFLUX_BUCKET: bucket } = process.env;

describeWith(influx, 'InfluxDB', ({ url, stop }) => {
  afterAll(() => stop());

  /** A database of its own for each test; on 2.x and 3.x, whose buckets we do not make, the tests share one and empty it. */
  const options = () => ({ url, token, org, bucket: org && bucket ? bucket : `t_${randomBytes(6).toString('hex')}` });
  const ask = (q: string) =>
    fetch(`${url}/query`, { method: 'POST', body: new URLSearchParams({ q }), signal: AbortSignal.timeout(30_000) });

  const create = async () => {
    const chosen = options();
    let store = new InfluxTimeSeries(chosen);
    return {
      store,
      reopen: async () => {
        await store.close();
        store = new InfluxTimeSeries(chosen);
        return store;
      },
      dispose: async () => {
        await store.close();
        await ask(`drop database ${chosen.bucket}`);
      },
    };
  };
  timeSeriesConformance('InfluxTimeSeries', create);
  timeSeriesLifeConformance('InfluxTimeSeries', create);
});
