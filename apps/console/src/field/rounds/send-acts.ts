import { asProblem, type FailureCode } from '../../api/problem.js';
import type { RoundAct } from './round-db.js';

export interface ActStore {
  /** Oldest first. */
  waiting(): Promise<RoundAct[]>;
  save(act: RoundAct): Promise<void>;
  remove(requestId: string): Promise<void>;
}

/**
 * Sends what is kept, oldest first. The platform takes acts in any order, so a refused one holds nothing back; the first
 * failure that may heal ends it, since the others would fail too.
 */
export async function sendActs(
  store: ActStore,
  send: (act: RoundAct) => Promise<unknown>,
): Promise<{ sent: number; stoppedBy?: FailureCode }> {
  let sent = 0;
  for (const act of await store.waiting()) {
    if (act.state === 'refused') continue;
    try {
      await send(act);
      await store.remove(act.requestId);
      sent += 1;
    } catch (error) {
      const problem = asProblem(error);
      if (problem.mayHeal || problem.code === 'not-authenticated') return { sent, stoppedBy: problem.code };
      await store.save({ ...act, state: 'refused', problem: problem.code });
    }
  }
  return { sent };
}
