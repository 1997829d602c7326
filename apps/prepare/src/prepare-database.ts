import { existsSync } from 'node:fs';
import { seedDefaultCatalogue } from '@sc/features/catalogue';
import { demoFilePath } from '@sc/features/demo';
import { decideSiteKind, type StartedSite } from '@sc/features/setup';
import { systemClock, systemIds } from '@sc/platform/clock';
import type { Settings } from '@sc/platform/config';
import { migrate, openDatabase, UnitOfWork } from '@sc/platform/database';
import { migrateQueue, queueConnection } from '@sc/platform/jobs';

/**
 * Brings all tables to the newest version, the queue's too, adds the kinds of work that the program brings, and tells what this is the start of. Several at once wait for
 * one another.
 * @param empty no demo is asked for
 * @throws the first failing migration's error; an Error in one line when `empty` is asked of a place that holds the demo
 */
export async function prepareDatabase(url: string, settings: Settings, empty: boolean): Promise<StartedSite> {
  const database = openDatabase({ url, maxConnections: 2 });
  try {
    await migrate(database);
    const unitOfWork = new UnitOfWork(database, systemClock, systemIds);
    const hasDemoFile = existsSync(demoFilePath(settings.DATA_DIR));
    await unitOfWork.run((transaction) => seedDefaultCatalogue(transaction, new Date(systemClock.now())));
    const site = await decideSiteKind({ unitOfWork, clock: systemClock, empty, hasDemoFile });
    await migrateQueue(queueConnection(settings, url));
    return site;
  } finally {
    await database.destroy();
  }
}
