import { readOptions } from './options.js';

it('knows its arguments and names the ones it does not know', () => {
  expect(readOptions([])).toEqual({ simulators: true, empty: false });
  expect(readOptions(['--no-simulators'])).toEqual({ simulators: false, empty: false });
  expect(readOptions(['--empty'])).toEqual({ simulators: true, empty: true });
  expect(() => readOptions(['--no-simulatros'])).toThrow(/--no-simulatros.*--no-simulators/);
});
