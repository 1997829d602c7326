import type { DuckDBConnection } from '@duckdb/node-api';
import { asPoint, byDevice, seriesIn } from './duckdb-queries.js';
import { KIND_STRING } from './duckdb-rows.js';
import { ALONE, floorSql } from './duckdb-schema.js';
import { rollUpSpans, wholeMs, type Span } from './roll-up-spans.js';
import type { Series } from './series.js';
import type { Aggregate, Point, WindowQuery } from './time-series.js';
import { assertPointCount, MAX_POINTS } from './validation.js';

interface Expressions {
  /** Of a reading. */
  raw: string;
  /** Of a row of a roll-up, which stands for several. */
  rolled: string;
  /** Of all of a window. */
  answer: string;
}

const READING = 'ts as moment, {kind: kind, number: number, text: text} as v';

/** The same answer from readings, from roll-ups and from a mixture of both. */
const AGGREGATES: Record<Aggregate, Expressions> = {
  avg: { raw: 'number as v, 1 as n', rolled: 'sum as v, numbers as n', answer: 'sum(v) / sum(n)' },
  min: { raw: 'number as v', rolled: 'if(readings = 1, sum, min) as v', answer: 'min(v)' },
  max: { raw: 'number as v', rolled: 'if(readings = 1, sum, max) as v', answer: 'max(v)' },
  sum: { raw: 'number as v', rolled: 'sum as v', answer: 'sum(v)' },
  count: { raw: '1 as v', rolled: 'readings as v', answer: 'sum(v)::double' },
  first: { raw: READING, rolled: rolledReading('first'), answer: 'arg_min(v, moment)' },
  last: { raw: READING, rolled: rolledReading('last'), answer: 'arg_max(v, moment)' },
};

/** @throws RangeError when the answer would have more points than any caller can use. */
export async function aggregateWindows(
  connection: DuckDBConnection,
  series: readonly Series[],
  query: WindowQuery,
): Promise<Point[]> {
  const { aggregate, windowMs } = query;
  const typed = aggregate === 'first' || aggregate === 'last';
  const result = await connection.runAndReadAll(
    `select series_id, start::double, ${typed ? 'answer.kind, answer.number, answer.text' : '0, answer, null'} from (
       select series_id, ${floorSql('instant', windowMs)} as start, ${AGGREGATES[aggregate].answer} as answer
       from (${sources(series, query)}) group by all)
     order by series_id, start limit ${MAX_POINTS + 1}`,
  );
  assertPointCount(result.currentRowCount);
  return byDevice(result.getRows().map(asPoint), series);
}

/** What is not rolled up yet, the edges that no roll-up covers, and the roll-ups: nothing twice. */
function sources(series: readonly Series[], query: WindowQuery): string {
  const { raw, rolled } = AGGREGATES[query.aggregate];
  const numeric = !['count', 'first', 'last'].includes(query.aggregate);
  const spans = rollUpSpans(query);
  const rawRows = (table: string, { from, to }: Span, more = '') =>
    `select series_id, ts as instant, ${raw} from ${table} where ${seriesIn(series)} and ts >= ${from} and ts < ${to}${more}${
      numeric ? ` and kind <> ${KIND_STRING}` : ''
    }`;
  const rolledRows = (table: string, { from, to }: Span) =>
    `select series_id, start as instant, ${rolled} from ${table} where ${seriesIn(series)} and start >= ${from} and start < ${to}${
      numeric ? ' and numbers > 0' : ''
    }`;
  return [
    rawRows('readings', { from: wholeMs(query.from), to: wholeMs(query.to) }),
    ...spans.raw.map((span) => rawRows('history', span)),
    ...spans.minute.flatMap((span) => [
      rawRows('history', span, ` and alone >= ${ALONE.minute}`),
      rolledRows('rollup_1m', span),
    ]),
    ...spans.hour.flatMap((span) => [
      rawRows('history', span, ` and alone = ${ALONE.hour}`),
      rolledRows('rollup_1h', span),
    ]),
  ].join(' union all ');
}

function rolledReading(end: 'first' | 'last'): string {
  const of = (column: string) =>
    end === 'last' ? `if(readings = 1, first_${column}, last_${column})` : `first_${column}`;
  const number = `if(readings = 1, sum, ${end}_number)`;
  return `start + ${of('ms')} as moment, {kind: ${of('kind')}, number: ${number}, text: ${of('text')}} as v`;
}
