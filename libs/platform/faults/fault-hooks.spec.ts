import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { faultHooks } from './fault-hooks.js';

describe('faultHooks', () => {
  it('does nothing when nothing is given, and refuses what it does not understand', () => {
    expect(() => faultHooks(undefined).at('between-commits')).not.toThrow();
    for (const wrong of ['between-commits', 'between-commits:0', ':1', 'a:1:2'])
      expect(() => faultHooks(wrong)).toThrow(RangeError);
  });

  it('ends the process with SIGKILL at the named point, the n-th time', async () => {
    const source = `${faultHooks.toString()}; const hooks = faultHooks('here:2');
      hooks.at('elsewhere'); hooks.at('here'); console.log('alive'); hooks.at('here'); console.log('still alive');`;
    const ended = await promisify(execFile)(process.execPath, ['-e', `const noFaults = {}; ${source}`]).catch(
      (error: unknown) => error,
    );
    expect(ended).toMatchObject({ signal: 'SIGKILL', stdout: 'alive\n' });
  });
});
