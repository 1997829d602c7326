import { TimeSeriesUnavailableError } from './time-series.js';

/** One series of an answer: its tags and its rows by column name. */
export interface InfluxRows {
  tags: Record<string, string>;
  rows: Record<string, unknown>[];
}

interface Series {
  tags?: Record<string, string>;
  columns: string[];
  values?: unknown[][];
  /** More of this series follows, or `max-row-limit` of the server cut the rest off. */
  partial?: boolean;
}

interface Piece {
  error?: string;
  results?: { statement_id?: number; error?: string; series?: Series[] }[];
}

/** Of each statement its series. */
export interface InfluxAnswer {
  error: string | undefined;
  results: InfluxRows[][];
}

/**
 * Puts together what InfluxDB answers with `chunked=true`: pieces of JSON, one on each line, a long series over several of them.
 * In one piece it marks every series of more than 10,000 rows as partial, whole or not, so that nobody could tell them apart.
 * @throws TimeSeriesUnavailableError when a line is no JSON, or the end of a series is missing: that would be a lie
 */
export function readAnswer(text: string): InfluxAnswer {
  const statements: { series: Series; rows: Record<string, unknown>[] }[][] = [];
  let error: string | undefined;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const piece = parsed(line);
    error ??= piece.error;
    for (const [place, result] of (piece.results ?? []).entries()) {
      error ??= result.error;
      const known = (statements[result.statement_id ?? place] ??= []);
      for (const series of result.series ?? []) append(known, series);
    }
  }
  if (statements.some((series) => series?.at(-1)?.series.partial))
    throw new TimeSeriesUnavailableError('InfluxDB cut its answer short: raise its max-row-limit');
  const results = Array.from(statements, (series = []) =>
    series.map(({ series: { tags = {} }, rows }) => ({ tags, rows })),
  );
  return { error, results };
}

function parsed(line: string): Piece {
  try {
    return JSON.parse(line) as Piece;
  } catch (cause) {
    throw new TimeSeriesUnavailableError('InfluxDB broke off its answer', { cause });
  }
}

/** A series goes on where the piece before left it open. */
function append(known: { series: Series; rows: Record<string, unknown>[] }[], series: Series): void {
  const { columns, values = [] } = series;
  const rows = values.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
  const last = known.at(-1);
  if (!last?.series.partial) {
    known.push({ series, rows });
    return;
  }
  last.series = series;
  for (const row of rows) last.rows.push(row);
}
