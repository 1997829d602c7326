import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Logs of the steps: beside the build, because DATA_DIR may not exist or be writable yet. */
export const LOGS = join(ROOT, 'dist', 'logs');
