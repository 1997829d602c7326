import { readOptions } from './options.js';

it('knows its arguments and names the ones it does not know', () => {
  expect(readOptions([])).toEqual({ simulators: true });
  expect(readOptions(['--no-simulators'])).toEqual({ simulators: false });
  expect(() => readOptions(['--no-simulatros'])).toThrow(/--no-simulatros.*--no-simulators/);
});
