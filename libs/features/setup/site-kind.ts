import { type Database, type UnitOfWork } from '@sc/platform/database';
import type { Clock } from '@sc/platform/clock';
import type { Kysely } from 'kysely';
import { hashSetupCode, newSetupCode } from './setup-code.js';

export interface StartedSite {
  /** A site of its own never gets the demo, whatever a later start asks for. */
  kind: 'demo' | 'own';
  /** Makes the first administrator; there is one as long as nobody did. Known to the terminal alone. */
  setupCode?: string;
}

export interface SiteKindOptions {
  unitOfWork: UnitOfWork;
  clock: Clock;
  /** `npm start -- --empty`. */
  empty: boolean;
  /** Whether this DATA_DIR holds the logins of a demo. */
  hasDemoFile: boolean;
}

/**
 * What this start is of: decided by the first start and kept in the database. Every start before the first administrator
 * makes a new code, and the one before it is worth nothing any more.
 * @throws Error in one line when `--empty` is asked of a place that holds the demo
 */
export function decideSiteKind({ unitOfWork, clock, empty, hasDemoFile }: SiteKindOptions): Promise<StartedSite> {
  return unitOfWork.run(async ({ db }) => {
    const row = await db.selectFrom('siteSetup').selectAll().forUpdate().executeTakeFirst();
    if (!row && !empty) return { kind: 'demo' };
    if (!row && (hasDemoFile || (await hasPeople(db))))
      throw new Error('DATA_DIR holds the demo community: for an empty site, start with another DATA_DIR');
    if (row?.finishedAt) return { kind: 'own' };
    const setupCode = newSetupCode();
    const codeHash = hashSetupCode(setupCode);
    await db
      .insertInto('siteSetup')
      .values({ codeHash, openedAt: new Date(clock.now()) })
      .onConflict((conflict) => conflict.column('onlyRow').doUpdateSet({ codeHash }))
      .execute();
    return { kind: 'own', setupCode };
  });
}

/** Whether the first start made the demo: for a program that did not decide it. */
export async function isDemoSite(db: Kysely<Database>): Promise<boolean> {
  return (await db.selectFrom('siteSetup').select('onlyRow').executeTakeFirst()) === undefined;
}

async function hasPeople(db: Kysely<Database>): Promise<boolean> {
  return (await db.selectFrom('people').select('id').limit(1).executeTakeFirst()) !== undefined;
}
