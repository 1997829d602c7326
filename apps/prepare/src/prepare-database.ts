import { migrate, openDatabase } from '@sc/platform/database';
import { migrateQueue } from '@sc/platform/jobs';
import type { Settings } from '@sc/platform/config';

/** Brings all tables to the newest version, the queue's too. Does nothing when they are; several at once wait for one another. @throws the first failing migration's error */
export async function prepareDatabase(url: string, settings: Pick<Settings, 'REDIS_URL'>): Promise<void> {
  const database = openDatabase({ url, maxConnections: 2 });
  try {
    await migrate(database);
  } finally {
    await database.destroy();
  }
  if (!settings.REDIS_URL) await migrateQueue(url);
}
