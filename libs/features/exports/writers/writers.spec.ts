import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Reading } from '@sc/platform/time-series';
import fc from 'fast-check';
import { CsvWriter } from './csv-writer.js';
import { ParquetWriter } from './parquet-writer.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sc-export-it's "));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const value = fc.oneof(
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
  fc.constantFrom('=1+1', '', ' ', '"', "'", 'a\r\nb', '中文，逗号', '😀', 'null', 'true', '-5', 'a\0b'),
);
const reading = fc.record<Reading>({
  deviceId: fc.constantFrom('c1/a', 'c1/b'),
  metric: fc.constantFrom('smoke', 'select "x"', '温度'),
  ts: fc.integer({ min: -62_000_000_000_000, max: 250_000_000_000_000 }),
  value,
});

async function readBack(path: string): Promise<Reading[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const result = await connection.runAndReadAll(
    `select device, metric, epoch_ms(ts)::double, epoch_ms::double, number, boolean, text from read_parquet('${path.replaceAll("'", "''")}')`,
  );
  const rows = result.getRows();
  connection.closeSync();
  instance.closeSync();
  return rows.map(([deviceId, metric, ts, epochMs, number, boolean, text]) => {
    expect(ts).toBe(epochMs);
    const values = [number, boolean, text].filter((one) => one !== null);
    expect(values).toHaveLength(1);
    return { deviceId, metric, ts, value: values[0] } as Reading;
  });
}

describe('a Parquet file', () => {
  it('holds exactly what was written, in order, from one part or many', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(reading, { maxLength: 8 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 12 }),
        async (chunks, rowsPerPart) => {
          const path = join(folder, 'a.parquet');
          const writer = await ParquetWriter.create(path, rowsPerPart);
          for (const chunk of chunks) await writer.write(chunk);
          await writer.finish();
          expect(await readBack(path)).toEqual(chunks.flat());
          expect(writer.bytes).toBeGreaterThan(0);
          expect(await readdir(folder)).toEqual(['a.parquet']);
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it('leaves nothing behind when it is given up', async () => {
    const writer = await ParquetWriter.create(join(folder, 'a.parquet'), 1);
    await writer.write([{ deviceId: 'c1/a', metric: 'm', ts: 1, value: 'x' }]);
    await writer.abort();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a CSV file', () => {
  it('has one line for each reading; no text is taken for a formula, and numbers stay numbers', async () => {
    const path = join(folder, 'a.csv');
    const writer = await CsvWriter.create(path);
    const of = (one: Reading['value']): Reading => ({ deviceId: 'c1/a', metric: 'm', ts: 0, value: one });
    await writer.write([of(-5.5), of(true)]);
    await writer.write([of('=1+1'), of('a,"b"\nc')]);
    await writer.finish();
    const text = await readFile(path, 'utf8');
    const start = 'c1/a,m,1970-01-01T00:00:00.000Z,0';
    expect(text).toBe(
      `\uFEFFdevice,metric,time,ts,type,value\r\n${start},number,-5.5\r\n${start},boolean,true\r\n${start},text,'=1+1\r\n${start},text,"a,""b""\nc"\r\n`,
    );
    expect(writer.bytes).toBe(Buffer.byteLength(text));
  });
});
