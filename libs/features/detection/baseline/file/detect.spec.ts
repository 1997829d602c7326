import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detect } from './detect.js';

describe('npm run detect', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'detect-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...args: string[]) => {
    const said: string[] = [];
    const code = detect(
      args,
      (line) => said.push(line),
      (line) => said.push(line),
    );
    return { code, said: said.join('\n') };
  };
  const put = (text: string, name = 'in.csv') => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const detectText = (text: string) => {
    const out = join(folder, 'deep', 'out.csv');
    const { code, said } = run(put(text), '--out', out);
    return { code, said, lines: code === 0 ? readFileSync(out, 'utf8').trimEnd().split('\n') : [] };
  };
  const rows = (values: readonly (number | string)[]) =>
    values.map(
      (value, i) =>
        `${new Date(Date.UTC(2014, 3, 1) + i * 300_000).toISOString().slice(0, 19).replace('T', ' ')},${value}`,
    );

  it('answers each row, in order, as it was written', () => {
    const given = rows(Array.from({ length: 500 }, (_, i) => (i === 400 ? '1e3' : (i % 7) + 0.5)));
    const { lines, said } = detectText(['timestamp,value', ...given].join('\r\n'));
    expect(lines[0]).toBe('timestamp,value,anomaly_score');
    expect(lines.slice(1).map((line) => line.slice(0, line.lastIndexOf(',')))).toEqual(given);
    const scores = lines.slice(1).map((line) => Number(line.split(',')[2]));
    expect(scores[400]).toBe(Math.max(...scores));
    expect(scores[400]).toBeGreaterThan(0.5);
    expect(said).toContain('500 rows');
  });

  it('does not change a score when rows follow', () => {
    const given = rows(Array.from({ length: 300 }, (_, i) => Math.round(50 * Math.sin(i * i))));
    const whole = detectText(['timestamp,value', ...given].join('\n')).lines;
    expect(detectText(['timestamp,value', ...given.slice(0, 200)].join('\n')).lines).toEqual(whole.slice(0, 201));
  });

  it('keeps duplicates, late rows and rows without a value, with score 0, and says so', () => {
    const { lines, said } = detectText(
      'timestamp,value\n2014-04-01 00:10:00,1\n2014-04-01 00:10:00,900\n2014-04-01 00:05:00,900\n2014-04-01 00:15:00,\n\n2014-04-01 00:20:00,1\n',
    );
    expect(lines).toHaveLength(6);
    expect(lines.slice(2, 5).every((line) => line.endsWith(',0'))).toBe(true);
    expect(said).toContain('2 not newer than a row before, 1 without a value');
  });

  it('takes columns in any order and times of other kinds', () => {
    expect(detectText('\uFEFFid,Value,Timestamp\na,1,2014-04-01T00:00:00.5+08:00\nb,2,1396310400\n').lines).toEqual([
      'timestamp,value,anomaly_score',
      '2014-04-01T00:00:00.5+08:00,1,0',
      '1396310400,2,0',
    ]);
  });

  it.each([
    ['', 'line 1'],
    ['2014-04-01 00:00:00,1\n', 'write the header timestamp,value'],
    ['timestamp,value\n', 'no row'],
    ['timestamp,value\n2014-04-01 00:00:00,1\nyesterday,2\n', 'line 3: "yesterday" is no time'],
    ['timestamp,value\n2014-02-30 00:00:00,1\n', 'line 2: "2014-02-30 00:00:00" is no time'],
    ['timestamp,value\n2014-04-01 00:00:00,many\n', 'line 2: "many" is no number'],
    ['timestamp,value\n"2014-04-01 00:00:00,1\n', 'is no CSV'],
  ])('refuses %j with the place and the remedy', (text, remedy) => {
    const { code, said } = detectText(text);
    expect(code).toBe(1);
    expect(said).toContain('in.csv');
    expect(said).toContain(remedy);
    expect(readdirSync(folder)).toEqual(['in.csv']);
  });

  it('refuses wrong use with the usage, and a file that is not there by its name', () => {
    const file = put('timestamp,value\n2014-04-01 00:00:00,1\n');
    for (const args of [[], [file], [file, '--out'], [file, '--out', file], [file, file, '--out', 'x'], ['--fast']]) {
      const { code, said } = run(...args);
      expect(code).toBe(2);
      expect(said).toContain('npm run detect -- <csv');
    }
    expect(run('--help').code).toBe(0);
    expect(run(join(folder, 'none.csv'), '--out', join(folder, 'x.csv'))).toEqual({
      code: 1,
      said: expect.stringContaining('none.csv cannot be read (ENOENT)'),
    });
    expect(run(file, '--out', join(file, 'x.csv')).said).toContain('cannot be written');
  });
});
