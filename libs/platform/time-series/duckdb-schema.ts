/**
 * No primary key on purpose: DuckDB keeps the index of a key in memory (some GB for 100 million readings) and one
 * duplicate refuses its whole batch. Identity is guarded by `Series` and, for old readings, by a look-up.
 *
 * `readings` takes what arrives, in the order of its arrival. Compaction moves what is closed to `history`, sorted by (day, series,
 * time), and adds it to the roll-ups, in one transaction: a reading is in exactly one of the two, and in the roll-ups if and only
 * if it was moved. So a late reading needs no mark: it is rolled up when it is moved, as one more partial of its window.
 *
 * A window may have several rows in a roll-up, which add up. Of a window with one reading only `sum` and what begins with `first` is
 * set. A reading that is the only one of its window in its slice is its own roll-up and has no row there before it expires:
 * `alone` tells of which window. Without that, roll-ups of devices that report seldom would be larger than their readings.
 */
export const SCHEMA = `
  create table if not exists series(id uinteger not null, device varchar not null, metric varchar not null);
  create table if not exists readings(
    series_id uinteger not null, ts bigint not null, kind utinyint not null, number double, text varchar
  );
  create table if not exists history(
    series_id uinteger not null, ts bigint not null, kind utinyint not null, number double, text varchar, alone utinyint not null
  );
  ${['rollup_1m', 'rollup_1h']
    .map(
      (table) => `create table if not exists ${table}(
    series_id uinteger not null, start bigint not null, readings uinteger not null, numbers uinteger not null,
    sum double, min double, max double,
    first_ms uinteger not null, first_kind utinyint not null, first_number double, first_text varchar,
    last_ms uinteger, last_kind utinyint, last_number double, last_text varchar
  );`,
    )
    .join('\n')}
  create or replace view all_readings as
    select series_id, ts, kind, number, text from readings
    union all select series_id, ts, kind, number, text from history;`;

/** In no window, in its minute, in its hour (and so in its minute). */
export const ALONE = { never: 0, minute: 1, hour: 2 } as const;

/** Rounds down for times before 1970 too, where % alone would round towards the epoch. */
export function floorSql(ts: string, width: number): string {
  return `(${ts} - ((${ts} % ${width}) + ${width}) % ${width})`;
}
