import { setTimeout as wait } from 'node:timers/promises';
import { type BackTest, backTestSchema, type CreateBackTest } from '@sc/contracts';
import type { PlatformClient } from '../client/index.js';

const lookEveryMs = 500;

/** Asks, tells how far it is, and answers when it has ended; `undefined`: cancelled. */
export async function askBackTest(
  client: PlatformClient,
  asked: CreateBackTest,
  { tell, signal }: { tell: (line: string) => void; signal: AbortSignal },
): Promise<BackTest | undefined> {
  let latest = await client.post(backTestSchema, '/back-tests', asked);
  tell(`${latest.ruleId} on ${latest.devices} devices, ${latest.from} to ${latest.to}`);
  let told = '';
  while (latest.state === 'waiting' || latest.state === 'running') {
    await wait(lookEveryMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) {
      await client.send('DELETE', `/back-tests/${latest.id}`);
      tell('cancelled');
      return undefined;
    }
    latest = await client.get(backTestSchema, `/back-tests/${latest.id}`);
    const line = progressOf(latest);
    if (line !== told) tell((told = line));
  }
  return latest;
}

const progressOf = ({ state, progress, readings }: BackTest): string =>
  state === 'waiting'
    ? 'waits for its turn'
    : `${Math.floor(progress * 100)} %, ${readings.toLocaleString('en')} readings`;
