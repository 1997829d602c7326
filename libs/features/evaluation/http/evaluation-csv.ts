import { type Evaluation, type EvaluationValues, type Locale, smallNumber } from '@sc/contracts';
import { writeCsv } from '@sc/platform/csv';

const header = [
  'row',
  'name',
  'from',
  'to',
  'figure',
  'title',
  'value',
  'of',
  'small',
  'unit',
  'formula',
  'definition',
  'source',
];

/** All of an answer as one table, a line per number, each with its definition beside it. An empty value is none, not zero. */
export function evaluationCsv(evaluation: Evaluation, locale: Locale): string {
  const { total, rows, from, to, compareFrom, compareTo } = evaluation;
  const lines = [{ ...total, key: '*' }, ...rows].flatMap(({ key, name, values, compared }) => {
    const row = [key ?? '', name?.[locale] ?? ''];
    const first = linesOf(evaluation, [...row, from, to], values, locale);
    return compared && compareFrom && compareTo
      ? [...first, ...linesOf(evaluation, [...row, compareFrom, compareTo], compared, locale)]
      : first;
  });
  return writeCsv(header, lines);
}

function linesOf({ definitions }: Evaluation, row: string[], values: EvaluationValues, locale: Locale): string[][] {
  return definitions.map(({ code, title, unit, formula, definition, source }) => {
    const { value, of } = values[code];
    return [
      ...row,
      code,
      title[locale],
      value === null ? '' : String(Number(value.toFixed(4))),
      String(of),
      of > 0 && unit !== 'count' && of < smallNumber ? 'yes' : '',
      unit,
      formula[locale],
      definition[locale],
      source,
    ];
  });
}
