import { ApiProblem } from '../../api/problem.js';
import type { RoundAct } from './round-db.js';
import { type ActStore, sendActs } from './send-acts.js';

const act = (requestId: string): RoundAct => ({
  requestId,
  personId: 'p',
  createdAt: 0,
  state: 'waiting',
  kind: 'scan',
  body: { requestId, token: 'x', at: '2026-01-01T00:00:00Z' },
});
function storeOf(...acts: RoundAct[]): ActStore & { left: Map<string, RoundAct> } {
  const left = new Map(acts.map((one) => [one.requestId, one]));
  return {
    left,
    waiting: async () => [...left.values()],
    save: async (one) => void left.set(one.requestId, one),
    remove: async (id) => void left.delete(id),
  };
}

describe('what waits on the phone for the platform', () => {
  it('is sent once each; a refusal stays to be seen and holds nothing back', async () => {
    const store = storeOf(act('a'), act('b'), act('c'));
    const send = async ({ requestId }: RoundAct) => {
      if (requestId === 'b') throw new ApiProblem('not-in-time', 422);
    };
    expect(await sendActs(store, send)).toEqual({ sent: 2 });
    expect([...store.left.values()]).toEqual([{ ...act('b'), state: 'refused', problem: 'not-in-time' }]);
    expect(await sendActs(store, send)).toEqual({ sent: 0 });
  });

  it('waits on when the network is away', async () => {
    const store = storeOf(act('a'), act('b'));
    const away = async () => Promise.reject(new ApiProblem('network', 0));
    expect(await sendActs(store, away)).toEqual({ sent: 0, stoppedBy: 'network' });
    expect([...store.left.values()]).toEqual([act('a'), act('b')]);
  });
});
