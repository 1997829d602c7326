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
  attendance.bridge('c1/nvr', true);
  expect(told(attendance, 10)).toEqual([
    ['c1/yard', 'online', 10, undefined],
    ['c1/gate', 'online', 10, undefined],
  ]);
  attendance.part('c1/nvr', 'gate', 'detect', false);
  expect(told(attendance, 20)).toEqual([['c1/gate', 'offline', 20, 'detect']]);
  attendance.part('c1/nvr', 'gate', 'record', true);
  expect(told(attendance, 30)).toEqual([]);
  attendance.bridge('c1/nvr', false);
  expect(told(attendance, 40)).toEqual([['c1/yard', 'offline', 40, 'bridge']]);
  attendance.bridge('c1/nvr', true);
  // the gate is still broken: the bridge coming back does not mend it
  expect(told(attendance, 50)).toEqual([['c1/yard', 'online', 50, undefined]]);
  attendance.part('c1/nvr', 'gate', 'detect', true);
  expect(told(attendance, 60)).toEqual([['c1/gate', 'online', 60, undefined]]);
});

it('never tells a later word with an earlier time', () => {
  const attendance = new BridgeAttendance();
  attendance.bridge('c1/nvr', true);
  told(attendance, 1000);
  attendance.bridge('c1/nvr', false);
  expect(told(attendance, 900).map(([, , ts]) => ts)).toEqual([1001, 1001]);
});
