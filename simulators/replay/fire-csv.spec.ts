import { CsvError, readFireCsv } from './fire-csv.js';

const csv = (...lines: string[]) => lines.join('\n');

describe('reading a NIST fire', () => {
  it('takes time, smoke and temperature at the ceiling, and nothing else', () => {
    const stations = readFireCsv(
      csv(
        'TIME,TCA_1,TCA_2,TCB_1,SMA_1,SMA_4,SMF_1O,GASA_1,Ion1A,Pho1A,CO1A,Heat1A,Asp1A,TCG',
        '1.00E+00,2.54E+01,9,2.37E+01,4.02E-03,9,9,9,9,9,9,9,9,9',
      ),
    );
    expect(stations).toEqual([
      {
        letter: 'A',
        readings: [{ timeS: 1, opticalDensity: 0.00402, temperature: 25.4 }],
        hasSmoke: true,
        hasTemperature: true,
      },
      { letter: 'B', readings: [{ timeS: 1, temperature: 23.7 }], hasSmoke: false, hasTemperature: true },
    ]);
  });

  it('takes a station whose smoke column is empty as one that measures temperature only', () => {
    const [station] = readFireCsv(csv('TIME,TCA_1,SMA_1', '0,20,', '2,21,NaN'));
    expect(station).toMatchObject({ hasSmoke: false, hasTemperature: true });
    expect(station!.readings).toEqual([
      { timeS: 0, temperature: 20 },
      { timeS: 2, temperature: 21 },
    ]);
  });

  it('passes over single missing cells, short lines, blank lines, a byte order mark and Windows line ends', () => {
    const [a, b] = readFireCsv('\uFEFFTIME , TCA_1 ,SMA_1,SMB_1\r\n0,20,0.1,0.2\r\n\r\n2,,0.3\r\n4, 22 , , \r\n');
    expect(a!.readings).toEqual([
      { timeS: 0, opticalDensity: 0.1, temperature: 20 },
      { timeS: 2, opticalDensity: 0.3 },
      { timeS: 4, temperature: 22 },
    ]);
    expect(b!.readings).toEqual([{ timeS: 0, opticalDensity: 0.2 }]);
  });

  it('brings lines that are out of order into order', () => {
    const [station] = readFireCsv(csv('TIME,SMA_1', '4,0.4', '0,0', '2,0.2'));
    expect(station!.readings.map(({ timeS }) => timeS)).toEqual([0, 2, 4]);
  });

  it.each([
    ['', 'is empty'],
    ['a,b\n1,2', 'no column TIME'],
    ['TIME,Pho1A\n1,2', 'no column SMx_1 or TCx_1'],
    ['TIME,SMA_1\n1,0\nlater,0', 'line 3: TIME "later"'],
    ['TIME,SMA_1\n', 'not a single number'.slice(4)],
    ['TIME,SMA_1\n1,"open', 'not a CSV file'],
  ])('says what is wrong with %j', (text, message) => {
    expect(() => readFireCsv(text)).toThrow(CsvError);
    expect(() => readFireCsv(text)).toThrow(message);
  });
});
