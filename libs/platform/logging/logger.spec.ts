import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createLogger } from './logger.js';

/** A file that can be opened, and is full. */
const full = '/dev/full';
const isThere = existsSync(full);
const title = 'a full disk costs lines, not the process';

describe('createLogger', () => {
  (isThere ? it : it.skip)(isThere ? title : `${title} (skipped: there is no ${full})`, async () => {
    const uncaught: unknown[] = [];
    const seen = (error: unknown) => void uncaught.push(error);
    process.on('uncaughtException', seen);
    try {
      const logger = createLogger('info', full);
      for (let line = 0; line < 20; line += 1) {
        logger.info({ line }, 'a line');
        // Behind ours: when this has failed, ours has.
        await expect(writeFile(full, 'x')).rejects.toThrow('ENOSPC');
      }
      expect(uncaught).toEqual([]);
    } finally {
      process.off('uncaughtException', seen);
    }
  });
});
