import { deadLetterSchema } from '@sc/contracts';
import type { PlatformClient } from './platform-client.js';

export interface RefusedReadings {
  total: number;
  byReason: Map<string, number>;
}

/** How many readings of these devices the platform keeps as dead letters, by reason. The list is bounded: very old ones are gone. */
export async function refusedReadings(client: PlatformClient, deviceIds: Iterable<string>): Promise<RefusedReadings> {
  const byReason = new Map<string, number>();
  for (const deviceId of deviceIds) {
    const letters = await client.all(deadLetterSchema, '/dead-letters', { kind: 'message', deviceId, limit: 200 });
    for (const { reason, detail } of letters) {
      // One dead letter is one message, which may hold many readings: `12 values: occupied@… value-out-of-range, …`
      const readings = Number(/^(\d+) values/.exec(detail)?.[1] ?? 1);
      byReason.set(reason, (byReason.get(reason) ?? 0) + readings);
    }
  }
  return { total: [...byReason.values()].reduce((sum, n) => sum + n, 0), byReason };
}
