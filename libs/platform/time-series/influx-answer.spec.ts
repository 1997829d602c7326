import fc from 'fast-check';
import { readAnswer } from './influx-answer.js';

const piece = (statement: number, values: unknown[][], more: object = {}) =>
  JSON.stringify({
    results: [{ statement_id: statement, series: [{ name: 'r', columns: ['time', 'k'], values, ...more }] }],
  });

describe('an answer of InfluxDB in pieces', () => {
  it('is the same wherever it was cut', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.array(fc.nat(), { minLength: 1 }), { minLength: 1 })), (statements) => {
        const lines = statements.flatMap((pieces, statement) =>
          pieces.map((times, index) =>
            piece(
              statement,
              times.map((time) => [time, 1]),
              index < pieces.length - 1 ? { partial: true } : {},
            ),
          ),
        );
        const { results, error } = readAnswer(lines.join('\n'));
        expect(error).toBeUndefined();
        expect(results).toEqual(
          statements.map((pieces) => [{ tags: {}, rows: pieces.flat().map((time) => ({ time, k: 1 })) }]),
        );
      }),
    );
  });

  it('keeps series with other tags apart, and statements without an answer empty', () => {
    const { results } = readAnswer(
      [
        piece(2, [[1, 1]], { tags: { metric: 'smoke' } }),
        piece(2, [[2, 1]], { tags: { metric: 'co' } }),
        JSON.stringify({ results: [{ statement_id: 1 }] }),
      ].join('\n'),
    );
    expect(results.map((series) => series.map(({ tags }) => tags))).toEqual([
      [],
      [],
      [{ metric: 'smoke' }, { metric: 'co' }],
    ]);
  });

  it('is refused when its end is missing or it is broken off', () => {
    expect(() => readAnswer(piece(0, [[1, 1]], { partial: true }))).toThrow('cut its answer short');
    expect(() => readAnswer(piece(0, [[1, 1]]).slice(0, -5))).toThrow('broke off');
  });

  it('tells the first error', () => {
    const { error } = readAnswer(`${piece(0, [[1, 1]])}\n{"results":[{"statement_id":1,"error":"too much"}]}`);
    expect(error).toBe('too much');
    expect(readAnswer('{"error":"no"}').error).toBe('no');
  });
});
