import { importColumns } from '@sc/contracts';
import { readTable } from './read-table.js';
import { writeCsv } from './write-csv.js';

const columns = importColumns.people;
const read = (text: string | Uint8Array) => readTable(typeof text === 'string' ? Buffer.from(text) : text, columns);
const codes = (text: string | Uint8Array) => read(text).errors.map(({ line, column, code }) => [line, column, code]);
const body = 'login,name,role,area\r\nwang,王晓敏,officer,g1\r\n';

it('reads what spreadsheets of this world write', () => {
  const expected = [{ line: 2, cells: { login: 'wang', name: '王晓敏', role: 'officer', area: 'g1' } }];
  expect(read(body)).toMatchObject({ encoding: 'utf-8', delimiter: ',', rows: expected, errors: [] });
  expect(read(`\uFEFF${body}`).rows).toEqual(expected);
  expect(read(body.replaceAll(',', ';'))).toMatchObject({ delimiter: ';', rows: expected });
  expect(read(body.replaceAll(',', '\t')).rows).toEqual(expected);
  expect(read(Buffer.from(`\uFEFF${body}`, 'utf16le')).rows).toEqual(expected);
  // 王晓敏 as Chinese Excel saves it
  const gbk = Buffer.concat([
    Buffer.from('login,name,role,area\nwang,'),
    Buffer.from('cdf5cffec3f4', 'hex'),
    Buffer.from(',officer,g1\n'),
  ]);
  expect(read(gbk)).toMatchObject({ encoding: 'gb18030', rows: expected });
});

it('knows the columns by their titles in either language, in any order', () => {
  expect(read('姓名,登录名,角色,区域编号\n王,wang,officer,g1').rows[0]!.cells).toEqual({
    login: 'wang',
    name: '王',
    role: 'officer',
    area: 'g1',
  });
  expect(read('NAME;Login;role;Area\nx;y;z;g').errors).toEqual([]);
});

it('counts lines as a spreadsheet does: breaks inside a cell, empty lines, lines of separators', () => {
  const text = 'login,name,role,area\n\na,"two\nlines",officer,g1\n,,,\nb,B,officer,g1\n';
  expect(read(text).rows.map(({ line, cells }) => [line, cells['login']])).toEqual([
    [3, 'a'],
    [6, 'b'],
  ]);
});

it('says what is wrong with a file as a whole instead of throwing', () => {
  expect(codes(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0xff]))).toEqual([[0, '', 'not-text']]);
  expect(codes('')).toEqual([[0, '', 'no-rows']]);
  expect(codes('login,name,role,area\n')).toEqual([[0, '', 'no-rows']]);
  expect(codes('login,name,role,area\n"a,b\n')[0]![2]).toBe('malformed');
  expect(codes('login,name,role,shoe size\na,b,c,d')).toEqual([
    [1, 'shoe size', 'unknown-column'],
    [1, 'area', 'missing-column'],
  ]);
  expect(codes('login,login,name,role,area\na,a,b,c,d')).toEqual([[1, 'login', 'duplicate']]);
  const many = `login,name,role,area\n${'a,b,c,d\n'.repeat(20_001)}`;
  expect(codes(many)).toEqual([[0, '', 'too-many-rows']]);
});

it('writes no cell that a spreadsheet would run, and reads back what it wrote', () => {
  const evil = ['=cmd()', '+1', '-2', '@sum', "'quoted'"];
  const csv = writeCsv(['login', 'name', 'role', 'area', 'locale'], [evil]);
  expect(csv.split('\r\n')[1]).toBe(`'=cmd(),'+1,'-2,'@sum,'quoted'`);
  expect(Object.values(read(csv).rows[0]!.cells)).toEqual(evil);
  expect(read(writeCsv(['login', 'name', 'role', 'area'], [['a;b', 'c"d', 'e,f', 'g\nh']])).rows[0]!.cells).toEqual({
    login: 'a;b',
    name: 'c"d',
    role: 'e,f',
    area: 'g\nh',
  });
});
