import { BridgeAttendance } from './bridge-attendance.js';

const devices = new Map([
  ['yard', 'c1/yard'],
  ['gate', 'c1/gate'],
]);
const told = (attendance: BridgeAttendance, at: number) =>
  attendance.changes('c1/nvr', devices, at).map(({ deviceId, state, ts, because }) => [deviceId, state, ts, because]);

it('tells what changes, once, and why', () => {
  const attendance = new BridgeAttendance();
  expect(told(attendance, 1)).toEqual([]);
  attendance.bridge('c1/nvr', 'there');
  expect(told(attendance, 10)).toEqual([
    ['c1/yard', 'online', 10, undefined],
    ['c1/gate', 'online', 10, undefined],
  ]);
  attendance.part('c1/nvr', 'gate', 'detect', false);
  expect(told(attendance, 20)).toEqual([['c1/gate', 'offline', 20, 'detect']]);
  attendance.part('c1/nvr', 'gate', 'record', true);
  expect(told(attendance, 30)).toEqual([]);
  attendance.bridge('c1/nvr', 'stopped');
  expect(told(attendance, 40)).toEqual([['c1/yard', 'offline', 40, 'bridge']]);
  attendance.bridge('c1/nvr', 'there');
  // the gate is still broken: the bridge coming back does not mend it
  expect(told(attendance, 50)).toEqual([['c1/yard', 'online', 50, undefined]]);
  attendance.part('c1/nvr', 'gate', 'detect', true);
  expect(told(attendance, 60)).toEqual([['c1/gate', 'online', 60, undefined]]);
});

it('never tells a later word with an earlier time', () => {
  const attendance = new BridgeAttendance();
  attendance.bridge('c1/nvr', 'there');
  told(attendance, 1000);
  attendance.bridge('c1/nvr', 'stopped');
  expect(told(attendance, 900).map(([, , ts]) => ts)).toEqual([1001, 1001]);
});

it('tells of a lost bridge when it stays away, and only then', () => {
  const attendance = new BridgeAttendance();
  const lost = () => attendance.bridge('c1/nvr', 'lost');
  attendance.bridge('c1/nvr', 'there');
  told(attendance, 10);
  lost();
  expect(told(attendance, 1000)).toEqual([]);
  expect(attendance.overdue(60_999)).toEqual([]);
  attendance.bridge('c1/nvr', 'there');
  expect(told(attendance, 60_999)).toEqual([]);
  // each absence has a minute of its own, however often it is noticed
  lost();
  expect(told(attendance, 70_000)).toEqual([]);
  lost();
  expect(told(attendance, 100_000)).toEqual([]);
  expect(attendance.overdue(130_000)).toEqual(['c1/nvr']);
  expect(told(attendance, 130_000)).toEqual([
    ['c1/yard', 'offline', 130_000, 'bridge'],
    ['c1/gate', 'offline', 130_000, 'bridge'],
  ]);
  expect(attendance.overdue(140_000)).toEqual([]);
});

it('waits for nobody who was stopped, and whose connection ends then', () => {
  const attendance = new BridgeAttendance();
  attendance.bridge('c1/nvr', 'stopped');
  attendance.bridge('c1/nvr', 'lost');
  expect(told(attendance, 10)).toHaveLength(2);
  expect(attendance.overdue(100_000)).toEqual([]);
});

it('gives one that was lost before a restart its minute from the first look', () => {
  const attendance = new BridgeAttendance();
  attendance.bridge('c1/nvr', 'lost');
  expect(attendance.overdue(1000)).toEqual(['c1/nvr']);
  expect(told(attendance, 1000)).toEqual([]);
  expect(attendance.overdue(60_999)).toEqual([]);
  expect(attendance.overdue(61_000)).toEqual(['c1/nvr']);
});
